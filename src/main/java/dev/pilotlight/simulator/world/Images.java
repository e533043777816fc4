package dev.pilotlight.simulator.world;

import java.util.List;
import java.util.Optional;

/** The container images that exist, as the hosting side asks for them. */
public interface Images {

    /**
     * Looks an image up by the reference of a model ({@code host/repo:tag}, {@code host/repo@sha256:...}).
     *
     * @return empty when registry, repository, tag or digest do not exist
     */
    Optional<Image> find(String reference);

    /**
     * The tags that name an image now. A model may name its image by digest; a failure scenario chosen by a tag must
     * still be found then.
     */
    default List<String> tags(Image image) {
        return List.of();
    }

    /**
     * @param repositoryUri host and repository without tag, for example {@code 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment}
     * @param digest {@code sha256:...}
     * @param sizeInBytes what the image occupies for the 10 GiB rule
     */
    record Image(String repositoryUri, String digest, long sizeInBytes) {}
}
