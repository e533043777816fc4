package dev.pilotlight.aws;

import dev.pilotlight.domain.hosting.Location;
import java.time.Instant;

/** Sees every attempt of an AWS call, for metrics and logs. Called on the calling thread: be quick, throw nothing. */
@FunctionalInterface
public interface AwsCallListener {

    void called(AwsCall call);

    /** Our own limiter held a call back; no request was made. */
    default void held(Location location, String operation, Instant until) {}
}
