package dev.pilotlight.operator.leader;

/** This process may not change AWS now; the pass ends without a word, the leader makes its own. */
public final class NotLeading extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotLeading(String message) {
        super(message);
    }

    public NotLeading(String message, Throwable cause) {
        super(message, cause);
    }
}
