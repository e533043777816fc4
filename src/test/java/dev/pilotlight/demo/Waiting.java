package dev.pilotlight.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A wait for something outside this process, with a limit, and with a sign of life when it takes longer than two seconds. */
public final class Waiting {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration SAY_SOMETHING_AFTER = Duration.ofSeconds(2);
    private static final Duration SAY_SOMETHING_EVERY = Duration.ofSeconds(5);

    private final String what;
    private final Duration atMost;
    private final long begun = System.nanoTime();
    private long nextWord = SAY_SOMETHING_AFTER.toNanos();

    Waiting(String what, Duration atMost) {
        this.what = what;
        this.atMost = atMost;
    }

    /** Waits until the condition holds and says how long that took. */
    public static Duration until(
            String what, Duration atMost, BooleanSupplier condition, Supplier<String> whatIsThere) {
        Waiting waiting = new Waiting(what, atMost);
        while (!condition.getAsBoolean()) {
            waiting.pause(whatIsThere);
        }
        return Duration.ofNanos(System.nanoTime() - waiting.begun);
    }

    /** Something that is done for us and tells nothing of itself. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does something that blocks, with the same signs of life. */
    static <T> T during(String what, Work<T> work) throws IOException {
        Thread voice = Thread.ofPlatform().daemon().name("signs-of-life").start(() -> {
            long begun = System.nanoTime();
            try {
                Thread.sleep(SAY_SOMETHING_AFTER);
                while (true) {
                    say(what, System.nanoTime() - begun);
                    Thread.sleep(SAY_SOMETHING_EVERY);
                }
            } catch (InterruptedException e) {
                // It is done.
            }
        });
        try {
            return work.run();
        } finally {
            voice.interrupt();
        }
    }

    private static void say(String what, long waitedNanos) {
        System.out.println("    ... waiting for " + what + " ("
                + Duration.ofNanos(waitedNanos).toSeconds() + " s)");
    }

    void pause(Supplier<String> whatIsThere) {
        long waited = System.nanoTime() - begun;
        if (waited > atMost.toNanos()) {
            throw new DemoFailure("not within " + atMost.toSeconds() + " s: " + what + "\n" + whatIsThere.get());
        }
        if (waited > nextWord) {
            say(what, waited);
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
