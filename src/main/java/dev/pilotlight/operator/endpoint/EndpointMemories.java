package dev.pilotlight.operator.endpoint;

import dev.pilotlight.domain.hosting.OwnedResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the operator keeps of an object between passes, by UID. All of it can be lost: a restart costs a few calls and no mistake.
 */
final class EndpointMemories {
    private final Map<String, Memory> byUid = new ConcurrentHashMap<>();

    Memory of(String uid) {
        return byUid.computeIfAbsent(uid, key -> new Memory());
    }

    void forget(String uid) {
        byUid.remove(uid);
    }

    /** One object's memory; only its own pass touches it, and JOSDK runs one pass of an object at a time. */
    static final class Memory {
        private final AtomicInteger failures = new AtomicInteger();
        private volatile boolean livePathRefused;
        private volatile boolean verified;
        private volatile long writtenVersion;
        private volatile Instant writtenAt = Instant.EPOCH;
        private volatile Optional<List<OwnedResource>> owned = Optional.empty();
        private volatile Optional<Held> held = Optional.empty();

        private record Held(Object attempt, Instant until) {}

        /** Failed passes in a row. */
        int failures() {
            return failures.get();
        }

        void failed() {
            failures.incrementAndGet();
        }

        void succeeded() {
            failures.set(0);
            held = Optional.empty();
        }

        /** An attempt failed and waits for its turn; reporting the failure brings the next pass at once, and that must not repeat it. */
        void hold(Object attempt, Instant until) {
            held = Optional.of(new Held(attempt, until));
        }

        /** Until when this very attempt has to wait; empty where it may be made now. */
        Optional<Instant> heldUntil(Object attempt, Instant now) {
            return held.filter(failed -> failed.attempt().equals(attempt) && now.isBefore(failed.until()))
                    .map(Held::until);
        }

        /** AWS refused to add provisioned concurrency on the live path; a config is the way for this endpoint. */
        boolean livePathRefused() {
            return livePathRefused;
        }

        void refuseLivePath() {
            livePathRefused = true;
        }

        /** The inventory was told what the status remembers of the endpoint. */
        boolean verified() {
            return verified;
        }

        void verify() {
            verified = true;
        }

        /** The resourceVersion of our last status write; an older object in the cache is not worth a pass. */
        long writtenVersion() {
            return writtenVersion;
        }

        Instant writtenAt() {
            return writtenAt;
        }

        void wrote(long version, Instant at) {
            writtenVersion = version;
            writtenAt = at;
        }

        /** What a deletion still has to remove; empty before it has searched. */
        Optional<List<OwnedResource>> owned() {
            return owned;
        }

        void owned(Optional<List<OwnedResource>> found) {
            owned = found;
        }
    }
}
