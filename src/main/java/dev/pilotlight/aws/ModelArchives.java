package dev.pilotlight.aws;

import dev.pilotlight.domain.preflight.ArchiveFacts;
import java.util.Optional;

/** Amazon S3, as far as a model archive needs it. */
public interface ModelArchives {

    /**
     * Size, storage class and both ends of an archive: two ranged reads of a few bytes.
     *
     * @param url {@code s3://bucket/key}
     * @return empty when bucket or object does not exist
     */
    Optional<ArchiveFacts> look(String url);
}
