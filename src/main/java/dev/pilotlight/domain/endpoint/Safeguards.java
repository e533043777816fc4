package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.FailedAttempt;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.util.List;
import java.util.Optional;

/**
 * The rules without which an operator does harm: each says no where a plausible program would go on. They are one object, handed to
 * whoever decides, so that it can be proven of each that the fault experiments notice when it is missing. The program has only
 * {@link #ALL}; a subclass is a broken operator, and an architecture test keeps them out of it.
 */
public class Safeguards {

    /** Every rule in force. */
    public static final Safeguards ALL = new Safeguards();

    /** For experiments that leave a rule out. */
    protected Safeguards() {}

    /** What an object was when it was read, or is now. */
    public record Version(String uid, long generation) {}

    /** The tag check: what has a name we want is ours only if its tags name this object, in whichever life of it. */
    public boolean owns(Ownership ours, Optional<Ownership> found) {
        return found.filter(owner -> owner.sameObject(ours)).isPresent();
    }

    /** The digest check: eight digits in a name can collide, the full digest among the tags cannot. */
    public boolean isSameContent(Ownership wanted, Ownership found) {
        return found.digest().equals(wanted.digest());
    }

    /**
     * A revision serves when the live endpoint config belongs to it: neither having asked for it nor a state that looks like success
     * says so.
     *
     * @param live the revision that the live config belongs to
     */
    public boolean serves(String revision, Optional<String> live) {
        return live.filter(revision::equals).isPresent();
    }

    /** The latch of a rollout: what failed is not tried again by itself. */
    public boolean holds(FailedAttempt attempt, String revision) {
        return Latch.holds(attempt, revision);
    }

    /** The latch of a change of capacity. */
    public boolean holds(FailedAttempt attempt, Concurrency pair) {
        return Latch.holds(attempt, pair);
    }

    /**
     * Absence has to be confirmed: what nobody could look for is not gone.
     *
     * @param searched what was found of an object; empty where nobody could search
     */
    public Optional<List<OwnedResource>> leftBehind(Optional<List<OwnedResource>> searched) {
        return searched;
    }

    /**
     * The generation check: nothing is done for an object that is gone, is another one by now, or asks for something else.
     *
     * @param now empty when it is gone
     */
    public boolean isOvertaken(Version read, Optional<Version> now) {
        return now.filter(read::equals).isEmpty();
    }

    /** The resourceVersion that a write insists on, so that it cannot land on what came after. */
    public Optional<String> precondition(String decidedOn) {
        return Optional.of(decidedOn);
    }
}
