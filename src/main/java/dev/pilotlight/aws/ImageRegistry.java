package dev.pilotlight.aws;

import java.util.Optional;

/** Amazon ECR, as far as a model's image needs it. */
public interface ImageRegistry {

    /**
     * The digest that a tag means now.
     *
     * @param reference {@code <account>.dkr.ecr.<region>.<suffix>/<repository>:<tag>}
     * @return {@code sha256:...}; empty when repository or tag does not exist
     */
    Optional<String> resolve(String reference);
}
