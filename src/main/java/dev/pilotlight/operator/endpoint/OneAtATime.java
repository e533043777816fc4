package dev.pilotlight.operator.endpoint;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One pass at a time for each key. JOSDK sees to that as long as an object lives, but forgets a pass that is under way when the object goes:
 * a namesake's first pass would then run beside the last one of its predecessor, which may be about to delete what the namesake uses.
 */
final class OneAtATime<K> {
    private final ConcurrentMap<K, Turn> turns = new ConcurrentHashMap<>();

    private static final class Turn {
        // Fair, so that passes come in the order of what they have read.
        private final ReentrantLock lock = new ReentrantLock(true);
        private int users;
    }

    /** Waits for the key's turn and does the work in it. */
    void inTurn(K key, Runnable work) {
        Turn turn = turns.compute(key, (k, present) -> {
            Turn taken = present == null ? new Turn() : present;
            taken.users++;
            return taken;
        });
        turn.lock.lock();
        try {
            work.run();
        } finally {
            turn.lock.unlock();
            turns.computeIfPresent(key, (k, present) -> --present.users == 0 ? null : present);
        }
    }
}
