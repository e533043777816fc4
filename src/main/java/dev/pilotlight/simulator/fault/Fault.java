package dev.pilotlight.simulator.fault;

import java.time.Duration;

/** What goes wrong with one call. */
public sealed interface Fault {

    /** Nothing goes wrong. */
    record None() implements Fault {}

    /** The service answers an error and does nothing. */
    record Refuse(int status, String code, String message) implements Fault {
        public static Refuse throttled() {
            return new Refuse(400, "ThrottlingException", "Rate exceeded");
        }
    }

    /** The connection breaks before the service sees the call. */
    record DropBefore() implements Fault {}

    /** The service does what was asked, then the connection breaks: the client cannot know. */
    record LoseAnswer() implements Fault {}

    /** The call is handled late. The delay is wall time, because the time-outs of clients are. */
    record Delay(Duration duration) implements Fault {}

    /** The network delivers the call twice; the client sees the second answer. */
    record Duplicate() implements Fault {}
}
