package dev.pilotlight.operator.health;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps book of passes. A controller that stops working without an error is invisible in logs; the age of the oldest pass that began and
 * did not end well is not.
 */
public final class Passes {
    private final Clock clock;
    private final Map<String, String> lastVersions = new ConcurrentHashMap<>();
    private final Map<String, Instant> unfinished = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private final LongAdder total = new LongAdder();
    private final LongAdder failed = new LongAdder();

    public Passes(Clock clock) {
        this.clock = clock;
    }

    /** A pass over an object begins; close it in any case. */
    public Pass begin(String controller, HasMetadata object) {
        String uid = object.getMetadata().getUid();
        running.incrementAndGet();
        total.increment();
        unfinished.putIfAbsent(uid, clock.instant());
        return new Pass(controller, uid, object.getMetadata().getResourceVersion());
    }

    /** The object is gone; nobody waits for it any more. */
    public void forget(String uid) {
        lastVersions.remove(uid);
        unfinished.remove(uid);
    }

    /** The resourceVersion that the last pass over the object had read; for test harnesses that wait until all is seen. */
    public Optional<String> lastVersion(String uid) {
        return Optional.ofNullable(lastVersions.get(uid));
    }

    /** Passes under way now. */
    public int running() {
        return running.get();
    }

    public long total() {
        return total.sum();
    }

    /** Passes that ended in an error of ours. */
    public long failed() {
        return failed.sum();
    }

    /** How long the object that has waited longest has been without a pass that ended well; zero when there is none. */
    public Duration oldestUnreconciled() {
        return unfinished.values().stream()
                .min(Comparator.naturalOrder())
                .map(since -> Duration.between(since, clock.instant()))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    /** One pass. */
    public final class Pass implements AutoCloseable {
        private final String controller;
        private final String uid;
        private final String version;
        private boolean succeeded;
        private boolean overtaken;

        private Pass(String controller, String uid, String version) {
            this.controller = controller;
            this.uid = uid;
            this.version = version;
        }

        /** Which controller made it. */
        public String controller() {
            return controller;
        }

        /** It ended as it should, whatever AWS said. */
        public void succeeded() {
            succeeded = true;
        }

        /**
         * It was over a version that is known to be old, and did nothing. That is no failure; but unless a pass over the newer version was
         * made already, the object still waits for one.
         *
         * @param newer resourceVersion that is known to exist
         */
        public void overtaken(long newer) {
            overtaken = true;
            succeeded = lastVersion(uid)
                    .filter(last -> Long.parseLong(last) >= newer)
                    .isPresent();
        }

        @Override
        public void close() {
            // An object that was let go in this very pass is not remembered again. JOSDK may begin two passes over one
            // version, and the
            // second may get its turn after a pass over a newer one, which has to stay the last.
            if (unfinished.containsKey(uid)) {
                lastVersions.merge(
                        uid, version, (last, mine) -> Long.parseLong(last) > Long.parseLong(mine) ? last : mine);
            }
            if (succeeded) {
                unfinished.remove(uid);
            } else if (!overtaken) {
                failed.increment();
            }
            running.decrementAndGet();
        }
    }
}
