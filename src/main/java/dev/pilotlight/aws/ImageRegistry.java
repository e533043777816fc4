package dev.pilotlight.aws;

import dev.pilotlight.domain.preflight.ImageFacts;
import java.util.Optional;

/** Amazon ECR, as far as a model's image needs it. */
public interface ImageRegistry {

    /**
     * The digest that a reference means now, with status and size: one call. Platforms are not looked for.
     *
     * @param reference as for {@link #look}
     * @return empty when repository or image does not exist
     */
    Optional<ImageFacts> resolve(String reference);

    /**
     * What a reference means now, and for which platforms that is: three calls.
     *
     * @param reference {@code <account>.dkr.ecr.<region>.<suffix>/<repository>:<tag>}, or with {@code @sha256:...}
     * @return empty when repository or image does not exist
     */
    Optional<ImageFacts> look(String reference);
}
