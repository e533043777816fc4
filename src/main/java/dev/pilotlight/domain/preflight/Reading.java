package dev.pilotlight.domain.preflight;

import dev.pilotlight.domain.failure.AwsFailure;
import java.util.Optional;

/** What came of reading a fact in AWS. */
public sealed interface Reading<T> {

    /** It is there, and this is what it is like. */
    record Seen<T>(T facts) implements Reading<T> {}

    /** AWS says that there is no such thing. */
    record Absent<T>() implements Reading<T> {}

    /** AWS does not let us read it, or cannot understand the question; asking again soon will not help. */
    record Refused<T>(AwsFailure failure) implements Reading<T> {}

    /** AWS is away or asks us to slow down; asking again will help. */
    record Unavailable<T>(AwsFailure failure) implements Reading<T> {}

    /** The facts, where they were seen. */
    default Optional<T> seen() {
        return this instanceof Seen<T>(T facts) ? Optional.of(facts) : Optional.empty();
    }

    /** The failure that passes by itself, where there was one. */
    default Optional<AwsFailure> unavailable() {
        return this instanceof Unavailable<T>(AwsFailure failure) ? Optional.of(failure) : Optional.empty();
    }
}
