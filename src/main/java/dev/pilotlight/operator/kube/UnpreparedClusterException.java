package dev.pilotlight.operator.kube;

/** The cluster lacks something the operator cannot start without; the message says what to do. */
public final class UnpreparedClusterException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnpreparedClusterException(String message) {
        super(message);
    }

    UnpreparedClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
