package dev.pilotlight.testing;

import dev.pilotlight.aws.CallBoundary;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Keeps a thread of the operator at one call: after everything was checked, and before the call leaves. */
public final class HeldCall implements CallBoundary {
    private final Pattern operations;
    private final int number;
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean holding;

    /**
     * @param operations a regular expression, as {@code sagemaker:Create.*}
     * @param number which of these calls it is, from 1
     */
    public HeldCall(String operations, int number) {
        this.operations = Pattern.compile(operations);
        this.number = number;
    }

    /** The first call of this name. */
    public static HeldCall first(String operation) {
        return new HeldCall(Pattern.quote(operation), 1);
    }

    /** Whether the call has come. */
    public boolean isHolding() {
        return holding;
    }

    /** Lets it go. */
    public void release() {
        released.countDown();
    }

    @Override
    public void before(String operation) {
        if (operations.matcher(operation).matches() && seen.incrementAndGet() == number) {
            holding = true;
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
