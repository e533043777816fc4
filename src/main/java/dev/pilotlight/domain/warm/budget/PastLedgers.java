package dev.pilotlight.domain.warm.budget;

import dev.pilotlight.api.v1alpha1.WarmLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What policies that are gone used for an endpoint, so that deleting a policy and making it again buys no second budget. The endpoint's
 * status keeps it: a policy goes only when its ledger is noted there, and one that is made later goes on from the note.
 */
public final class PastLedgers {
    /** A policy's age is by the API server's clock, and a ledger by ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private PastLedgers() {}

    /** A policy that is being deleted, with its last ledger. */
    public record Leaving(Instant createdAt, WarmLedger ledger) {}

    /**
     * The note with what is not in it yet.
     *
     * @param noted so far; null for nothing
     */
    public static WarmLedger note(WarmLedger noted, List<Leaving> leaving) {
        WarmLedger note = noted;
        // The newest comes last, so that the note is as of then and holds all of them.
        List<Leaving> missing = leaving.stream()
                .filter(policy -> !isNoted(noted, policy.ledger()))
                .sorted(Comparator.comparing(
                        policy -> Ledger.read(policy.ledger()).orElseThrow().asOf()))
                .toList();
        for (Leaving policy : missing) {
            // Where two went on from what was noted before, it counts twice rather than not at all.
            boolean replaces = Objects.equals(note, noted) && goesOnFrom(noted, policy.createdAt());
            note = replaces ? policy.ledger() : sum(note, policy.ledger());
        }
        return note;
    }

    private static WarmLedger sum(WarmLedger note, WarmLedger more) {
        Optional<Ledger> before = Ledger.read(note);
        Ledger ledger = Ledger.read(more).orElseThrow();
        if (before.isEmpty() || before.get().month().isBefore(ledger.month())) {
            return more;
        }
        return before.get().month().equals(ledger.month())
                ? ledger.plus(before.get()).write(null)
                : note;
    }

    /** Whether the note holds that ledger, so that its policy may go. */
    public static boolean isNoted(WarmLedger noted, WarmLedger ledger) {
        Optional<Ledger> used = Ledger.read(ledger).filter(some -> !some.isNothing());
        return used.isEmpty()
                || Ledger.read(noted)
                        .filter(note -> !note.asOf().isBefore(used.get().asOf()))
                        .isPresent();
    }

    /** Whether a policy that was made then is charged with what the note says. */
    public static boolean goesOnFrom(WarmLedger noted, Instant createdAt) {
        return Ledger.read(noted)
                .filter(note -> !createdAt.isBefore(note.asOf().minus(CLOCKS_DIFFER)))
                .isPresent();
    }

    /**
     * What a policy begins with that was made after the note.
     *
     * @param noted null for nothing
     * @param held how long capacity stayed after its policy had gone
     */
    public static Optional<Ledger> inherited(WarmLedger noted, Instant createdAt, Duration held, Instant now) {
        return Ledger.read(noted).filter(note -> goesOnFrom(noted, createdAt)).map(note -> {
            Instant made = createdAt.isAfter(now) ? now : createdAt;
            Instant fellBack = note.asOf().plus(held);
            return note.at(fellBack.isBefore(made) ? fellBack : made)
                    .running(0, note.memorySizeInMB())
                    .at(now);
        });
    }
}
