package dev.pilotlight.domain.orphans;

import dev.pilotlight.domain.hosting.Digests;
import java.util.Comparator;
import java.util.List;

/** What was found, in the order in which it can be deleted: endpoints, then their configs, then the models. */
public record OrphanList(List<Orphan> orphans) {
    private static final int HASH_DIGITS = 12;
    private static final Comparator<Orphan> ORDER = Comparator.comparing(
                    (Orphan orphan) -> orphan.location().toString())
            .thenComparing(orphan -> orphan.resource().kind())
            .thenComparing(orphan -> orphan.resource().name());

    public OrphanList {
        orphans = orphans.stream().sorted(ORDER).toList();
    }

    /** Stands for exactly this list: whoever confirms it has seen every line. 12 hexadecimal digits. */
    public String hash() {
        StringBuilder text = new StringBuilder();
        for (Orphan orphan : orphans) {
            text.append(orphan.resource().arn())
                    .append(' ')
                    .append(orphan.resource().owner().uid())
                    .append('\n');
        }
        return Digests.sha256(text.toString()).substring(0, HASH_DIGITS);
    }
}
