package dev.pilotlight.operator.endpoint;

import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.scaling.ScalingView;
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
        private final AtomicInteger conflicts = new AtomicInteger();
        private volatile boolean livePathRefused;
        private volatile boolean verified;
        private volatile boolean letGo;
        private volatile long writtenVersion;
        private volatile Instant writtenAt = Instant.EPOCH;
        private volatile boolean heard;
        private volatile Instant retryAt = Instant.EPOCH;
        private volatile Optional<List<OwnedResource>> owned = Optional.empty();
        private volatile Optional<ScalingView> scaling = Optional.empty();

        /** Failed passes in a row. */
        int failures() {
            return failures.get();
        }

        void failed() {
            failures.incrementAndGet();
        }

        /** Passes in a row whose status was refused because the object is not the one they had read; one more with this. */
        int conflicted() {
            return conflicts.incrementAndGet();
        }

        void agreed() {
            conflicts.set(0);
        }

        void retryAt(Instant at) {
            retryAt = at;
        }

        void succeeded() {
            failures.set(0);
            retryAt = Instant.EPOCH;
        }

        /** Whether this is only the watch telling us of our own report of a failure, before the time to try again has come. */
        boolean isEchoOfFailure(long version, Instant now) {
            if (version != writtenVersion || heard) {
                return false;
            }
            heard = true;
            return now.isBefore(retryAt);
        }

        /** AWS refused to add provisioned concurrency on the live path; a config is the way for this endpoint. */
        boolean livePathRefused() {
            return livePathRefused;
        }

        void refuseLivePath() {
            livePathRefused = true;
        }

        /** AWS is clean and our finalizer is off; the watch may show the object for a moment more. */
        boolean hasLetGo() {
            return letGo;
        }

        void letGo() {
            letGo = true;
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
            heard = false;
            writtenAt = at;
        }

        /** What Application Auto Scaling holds, as last read or changed by us; empty where that is in doubt. */
        Optional<ScalingView> scaling() {
            return scaling;
        }

        void scaling(Optional<ScalingView> view) {
            scaling = view;
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
