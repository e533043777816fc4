package dev.pilotlight.faults;

import dev.pilotlight.api.v1alpha1.FailedAttempt;
import dev.pilotlight.domain.endpoint.Safeguards;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.testing.KubeApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** An operator that lacks one rule, and the experiments that have to notice. */
enum Mutant {
    TAG_CHECK(
            new Safeguards() {
                @Override
                public boolean owns(Ownership ours, Optional<Ownership> found) {
                    return true;
                }
            },
            lab -> lab.experiment("F24", Kind.QUICK, Console.foreignEndpoint(Map.of("owner", "somebody")))),
    DIGEST_CHECK(
            new Safeguards() {
                @Override
                public boolean isSameContent(Ownership wanted, Ownership found) {
                    return true;
                }
            },
            lab -> lab.experiment("F24", Kind.QUICK, Console.collision())),
    GENERATION_CHECK(
            new Safeguards() {
                @Override
                public boolean isOvertaken(Version read, Optional<Version> now) {
                    return false;
                }
            },
            lab -> {
                for (int read = 1; read <= 5 && lab.tally().violations().isEmpty(); read++) {
                    Deletions.atRead(lab, Flow.CREATE, read);
                }
            }),
    PROVEN_LIVE(
            new Safeguards() {
                @Override
                public boolean serves(String revision, Optional<String> live) {
                    return true;
                }
            },
            lab -> lab.experiment("F11", Kind.QUICK, Flow.AWS_ROLLS_BACK)),
    LATCH(
            new Safeguards() {
                @Override
                public boolean holds(FailedAttempt attempt, String revision) {
                    return false;
                }

                @Override
                public boolean holds(FailedAttempt attempt, Concurrency pair) {
                    return false;
                }
            },
            lab -> lab.experiment("F11", Kind.SLOW, Outcomes.leftAlone())),
    RESOURCE_VERSION(
            new Safeguards() {
                @Override
                public Optional<String> precondition(String decidedOn) {
                    return Optional.empty();
                }
            },
            // Which write says Ready depends on how events of the watch fall together.
            lab -> IntStream.range(0, 15)
                    .map(attempt -> 3 + attempt % 5)
                    .takeWhile(write -> lab.tally().violations().isEmpty())
                    .forEach(write -> Deletions.atWrite(lab, Flow.CREATE, write))),
    CONFIRMED_ABSENCE(
            new Safeguards() {
                @Override
                public Optional<List<OwnedResource>> leftBehind(Optional<List<OwnedResource>> searched) {
                    return Optional.of(searched.orElse(List.of()));
                }
            },
            lab -> lab.experiment("F26", Kind.QUICK, References.deletedWithoutIdentity()));

    /** Keeps nothing. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Safeguards safeguards;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Consumer<Lab> experiments;

    Mutant(Safeguards safeguards, Consumer<Lab> experiments) {
        this.safeguards = safeguards;
        this.experiments = experiments;
    }

    /** What the experiments find of it; it is nothing only if they are worth nothing. */
    Tally run(KubeApi api, Extent extent) {
        Tally tally = new Tally(violation -> {});
        try (Lab lab = new Lab(api, safeguards, extent, tally)) {
            experiments.accept(lab);
        }
        return tally;
    }
}
