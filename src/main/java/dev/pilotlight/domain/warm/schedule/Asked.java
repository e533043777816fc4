package dev.pilotlight.domain.warm.schedule;

import dev.pilotlight.api.v1alpha1.WarmSource;
import java.util.Optional;

/**
 * Provisioned concurrency that something asks for.
 *
 * @param capacity 0 or more; 0 is none
 * @param name window or exception, where one asks
 */
public record Asked(int capacity, WarmSource source, Optional<String> name) {

    /** From something that has no name. */
    public static Asked by(WarmSource source, int capacity) {
        return new Asked(capacity, source, Optional.empty());
    }

    /** The higher of the two; this one where they ask for the same. */
    public Asked or(Asked other) {
        return other.capacity > capacity ? other : this;
    }

    /** For people: {@code window office}, {@code baseline}. */
    public String describe() {
        String what =
                switch (source) {
                    case BASELINE -> "baseline";
                    case WINDOW -> "window";
                    case EXCEPTION -> "exception";
                    case TARGET_TRACKING -> "target tracking";
                    case FORECAST -> "forecast";
                    case UNKNOWN -> "something newer";
                };
        return name.map(n -> what + " " + n).orElse(what);
    }
}
