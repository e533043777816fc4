package dev.pilotlight.domain.orphans;

import dev.pilotlight.domain.hosting.OwnedResource;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Who has the name of an {@link Owner} now, as an uncached read says. */
public sealed interface Holder {

    /** 404, with the CustomResourceDefinition standing before and after. */
    record Nobody() implements Holder {}

    /** An error, or no CustomResourceDefinition that stands: nothing may be concluded. */
    record Unknown() implements Holder {}

    /**
     * An object of that name.
     *
     * @param uid which may be another than that of the object whose tags led here
     * @param settled it is Ready for its present generation, so it has taken over whatever it takes over
     * @param uses names in AWS that its status mentions; compared without regard to case, as AWS does it
     */
    record Somebody(String uid, boolean settled, Set<String> uses) implements Holder {
        public Somebody {
            Set<String> lower = new TreeSet<>();
            uses.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
            uses = Set.copyOf(lower);
        }
    }

    /**
     * Whether the owner of a resource is there. An object of its name and another UID is its successor, which takes over what it needs: so
     * that one counts as the owner too, until it is settled and does not mention the resource.
     */
    default Answer about(OwnedResource resource) {
        return switch (this) {
            case Nobody nobody -> Answer.ABSENT;
            case Unknown unknown -> Answer.UNKNOWN;
            case Somebody(String uid, boolean settled, Set<String> uses) ->
                resource.owner().uid().equals(uid)
                                || !settled
                                || uses.contains(resource.name().toLowerCase(Locale.ROOT))
                        ? Answer.PRESENT
                        : Answer.ABSENT;
        };
    }
}
