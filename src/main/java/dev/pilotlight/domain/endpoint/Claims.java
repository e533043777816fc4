package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.Sighting;
import java.util.Optional;

/** Whether a model or endpoint config of a name we want to use or remove is ours at all. */
record Claims(Safeguards safeguards) {

    /** Why something of that name cannot be used. */
    record Dispute(String reason, String message) {}

    /** A model or config of the wanted name is good only if our tags and the full digest say so: eight digits can collide. */
    Optional<Dispute> dispute(String what, String name, Optional<Ownership> found, Ownership wanted) {
        if (!safeguards.owns(wanted, found)) {
            return Optional.of(new Dispute(
                    Reasons.NAME_TAKEN,
                    what + " " + name + " exists already and "
                            + found.map(owner -> "belongs to " + owner.describe())
                                    .orElse("carries no Pilotlight tags") + ": delete it, or change the spec"));
        }
        if (found.filter(owner -> safeguards.isSameContent(wanted, owner)).isEmpty()) {
            return Optional.of(new Dispute(
                    Reasons.NAME_COLLISION,
                    what + " " + name + " was made from other content (digest "
                            + found.map(Ownership::digest).orElse("none")
                            + "): change any field of spec.model to get another revision name"));
        }
        return Optional.empty();
    }

    /** Seen, and tagged as this object's, in whichever life of it. What was not seen is nobody's to remove. */
    boolean isOurs(Sighting<?> sighting, Ownership wanted) {
        return sighting instanceof Sighting.Present<?> present && safeguards.owns(wanted, present.owner());
    }
}
