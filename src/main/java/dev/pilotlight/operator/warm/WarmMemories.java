package dev.pilotlight.operator.warm;

import dev.pilotlight.domain.warm.budget.Ledger;
import dev.pilotlight.domain.warm.budget.SpentByDay;
import dev.pilotlight.domain.warm.decision.Rise;
import dev.pilotlight.domain.warm.decision.WarmDecision;
import dev.pilotlight.domain.warm.tracking.Tracked;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the operator keeps of a policy between passes, by UID. All of it can be lost: the status has what a restart needs. */
final class WarmMemories {
    private final Map<String, Memory> byUid = new ConcurrentHashMap<>();

    Memory of(String uid) {
        return byUid.computeIfAbsent(uid, key -> new Memory());
    }

    void forget(String uid) {
        byUid.remove(uid);
    }

    /** One policy's memory; only its own pass touches it, and JOSDK runs one pass of an object at a time. */
    static final class Memory {
        private volatile Optional<Tracked> tracked = Optional.empty();
        private volatile Optional<Ledger> ledger = Optional.empty();
        private volatile Optional<Rise> rise = Optional.empty();
        private volatile Optional<Duration> lead = Optional.empty();
        private volatile Optional<SpentByDay> spent = Optional.empty();
        private volatile String target = "";
        private boolean closed;
        private int conflicts;

        Optional<Tracked> tracked() {
            return tracked;
        }

        Optional<Ledger> ledger() {
            return ledger;
        }

        /** Pings took so much more of on-demand time; before the first pass there is no ledger, and no ping either. */
        void pinged(long seconds) {
            ledger = ledger.map(known -> known.pinged(seconds));
        }

        Optional<SpentByDay> spent() {
            return spent;
        }

        void spent(SpentByDay value) {
            spent = Optional.of(value);
        }

        void concluded(WarmDecision decision) {
            tracked = decision.tracked();
            ledger = decision.ledger();
        }

        Optional<Rise> rise() {
            return rise;
        }

        void rise(Optional<Rise> value) {
            rise = value;
        }

        Optional<Duration> lead() {
            return lead;
        }

        void lead(Duration value) {
            lead = Optional.of(value);
        }

        /** It is about another endpoint from now on: what was learned of the one before does not hold. */
        void moved() {
            tracked = Optional.empty();
            rise = Optional.empty();
            lead = Optional.empty();
        }

        /** The endpoint it was about last. */
        String target() {
            return target;
        }

        void target(String name) {
            target = name;
        }

        /** The last ledger of a policy that goes is in its status. */
        boolean closed() {
            return closed;
        }

        void close() {
            closed = true;
        }

        /** Passes in a row whose status was refused because the object is not the one they had read; one more with this. */
        int conflicted() {
            return ++conflicts;
        }

        void agreed() {
            conflicts = 0;
        }
    }
}
