package dev.pilotlight.aws;

import dev.pilotlight.domain.preflight.Reading;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns a look at AWS into what came of it, so that a failure is an answer like any other. */
public final class Readings {
    private Readings() {}

    /**
     * @param look empty where AWS says that there is no such thing
     */
    public static <T> Reading<T> of(Supplier<Optional<T>> look) {
        try {
            return look.get().<Reading<T>>map(Reading.Seen::new).orElseGet(Reading.Absent::new);
        } catch (AwsException e) {
            return switch (e.kind()) {
                case NOT_FOUND -> new Reading.Absent<>();
                case DENIED, INVALID, CONFLICT, QUOTA_EXCEEDED -> new Reading.Refused<>(e.failure());
                case THROTTLED, RETRIABLE, IN_PROGRESS -> new Reading.Unavailable<>(e.failure());
            };
        }
    }
}
