package dev.pilotlight.demo;

/** The demo cannot go on; the message is for the person who started it. */
public final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DemoFailure(String message) {
        super(message);
    }
}
