package dev.pilotlight.domain.scaling;

import dev.pilotlight.domain.failure.AwsFailure;
import java.time.Instant;
import java.util.Optional;

/** What a pass knows of Application Auto Scaling. */
public sealed interface ScalingSight {

    /** Nothing depends on it. */
    record NotAsked() implements ScalingSight {}

    /**
     * @param due when it is read again
     * @param before what it was taken for until it was read again just now; empty where nothing was known
     */
    record Seen(ScalingView view, Instant due, Optional<ScalingView> before) implements ScalingSight {}

    /** AWS did not tell. */
    record Failed(AwsFailure failure) implements ScalingSight {}
}
