package dev.pilotlight.cli;

/** The cluster did not answer, or refused; the message says which cluster, and why. */
final class UnreadableClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
