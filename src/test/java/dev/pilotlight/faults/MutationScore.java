package dev.pilotlight.faults;

import dev.pilotlight.testing.KubeApi;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many operators that lack a rule the experiments tell from a whole one. */
final class MutationScore {
    private final Map<Mutant, Tally> tallies = new EnumMap<>(Mutant.class);

    private MutationScore() {}

    static MutationScore of(KubeApi api, Extent extent, List<Mutant> mutants) {
        MutationScore score = new MutationScore();
        for (Mutant mutant : mutants) {
            score.tallies.put(mutant, mutant.run(api, extent));
        }
        return score;
    }

    long noticed() {
        return tallies.values().stream()
                .filter(tally -> !tally.violations().isEmpty())
                .count();
    }

    int mutants() {
        return tallies.size();
    }

    boolean isWhole() {
        return noticed() == mutants();
    }

    String table() {
        StringBuilder text = new StringBuilder("without              experiments  violations  of which\n");
        tallies.forEach((mutant, tally) -> text.append("%-20s %11d %11d  %s%n"
                .formatted(
                        mutant.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        tally.experiments(),
                        tally.violations().size(),
                        String.join(", ", tally.invariants()))));
        return text.append("noticed: ")
                .append(noticed())
                .append(" of ")
                .append(mutants())
                .append('\n')
                .toString();
    }
}
