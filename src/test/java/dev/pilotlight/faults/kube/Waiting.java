package dev.pilotlight.faults.kube;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Waits on the wall for what has no due time. */
final class Waiting {
    private static final int LIMIT_SECONDS = 90;

    private Waiting() {}

    static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS).until(condition);
    }
}
