package dev.pilotlight.simulator.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * An S3 object.
 *
 * @param metadata user metadata, names without {@code x-amz-meta-}
 */
record StoredObject(
        String key,
        ObjectContent content,
        String contentType,
        String storageClass,
        Instant lastModified,
        Map<String, String> metadata) {
    static final String STANDARD = "STANDARD";
    static final Set<String> STORAGE_CLASSES = Set.of(
            STANDARD,
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER",
            "DEEP_ARCHIVE",
            "GLACIER_IR",
            "EXPRESS_ONEZONE");

    /** Whether the object must be restored before it can be read. */
    boolean isArchived() {
        return storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE");
    }

    String quotedEtag() {
        return '"' + content.etag() + '"';
    }
}
