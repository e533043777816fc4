package dev.pilotlight.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A wait for something outside this process, with a limit, and with a sign of life when it takes longer than two seconds. */
final class Waiting {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration SAY_SOMETHING_EVERY = Duration.ofSeconds(5);

    private final String what;
    private final Duration atMost;
    private final long begun = System.nanoTime();
    private long nextWord = Duration.ofSeconds(2).toNanos();

    Waiting(String what, Duration atMost) {
        this.what = what;
        this.atMost = atMost;
    }

    /** Waits until the condition holds and says how long that took. */
    static Duration until(String what, Duration atMost, BooleanSupplier condition, Supplier<String> whatIsThere) {
        Waiting waiting = new Waiting(what, atMost);
        while (!condition.getAsBoolean()) {
            waiting.pause(whatIsThere);
        }
        return Duration.ofNanos(System.nanoTime() - waiting.begun);
    }

    void pause(Supplier<String> whatIsThere) {
        long waited = System.nanoTime() - begun;
        if (waited > atMost.toNanos()) {
            throw new DemoFailure("not within " + atMost.toSeconds() + " s: " + what + "\n" + whatIsThere.get());
        }
        if (waited > nextWord) {
            System.out.println("    ... waiting for " + what + " ("
                    + Duration.ofNanos(waited).toSeconds() + " s)");
            nextWord = waited + SAY_SOMETHING_EVERY.toNanos();
        }
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        }
    }
}
