package dev.pilotlight.operator.kube;

import java.util.Objects;

/**
 * What a pass concluded about one condition.
 *
 * @param type one of {@link dev.pilotlight.api.v1alpha1.ConditionTypes}
 * @param reason one of {@link dev.pilotlight.api.v1alpha1.Reasons}
 * @param message for people; may be empty
 */
public record Verdict(String type, Status status, String reason, String message) {
    public Verdict {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(status, "status");
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("condition " + type + " needs a reason");
        }
        Objects.requireNonNull(message, "message");
    }

    /** Status of a condition, with the spelling of the API. */
    public enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    public static Verdict isTrue(String type, String reason, String message) {
        return new Verdict(type, Status.TRUE, reason, message);
    }

    public static Verdict isFalse(String type, String reason, String message) {
        return new Verdict(type, Status.FALSE, reason, message);
    }

    public static Verdict unknown(String type, String reason, String message) {
        return new Verdict(type, Status.UNKNOWN, reason, message);
    }
}
