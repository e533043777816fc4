package dev.pilotlight.domain.endpoint;

/**
 * What one condition says after this pass. Transition times and generations are added when it is written.
 *
 * @param type one of {@link dev.pilotlight.api.v1alpha1.ConditionTypes}
 * @param reason one of {@link dev.pilotlight.api.v1alpha1.Reasons}
 */
public record Verdict(String type, Status status, String reason, String message) {

    /** Status of a condition, in Kubernetes' words. */
    public enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Reads a status word back; anything unknown is {@link #UNKNOWN}. */
        public static Status ofWord(String word) {
            return "True".equals(word) ? TRUE : "False".equals(word) ? FALSE : UNKNOWN;
        }

        public static Status of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }
}
