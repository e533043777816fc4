package dev.pilotlight.cli;

/** Something the command needs is not there; the message says what to install or to set. */
final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
