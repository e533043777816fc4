package dev.pilotlight.simulator.world;

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
     * @param repositoryUri host and repository without tag, for example {@code 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment}
     * @param digest {@code sha256:...}
     * @param sizeInBytes what the image occupies for the 10 GiB rule
     */
    record Image(String repositoryUri, String digest, long sizeInBytes) {}
}
