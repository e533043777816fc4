package dev.pilotlight.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/** All figures as a page in Markdown, docs/warm-replay-figures.md. */
final class Figures {
    private final Map<String, List<SeedRun>> families;
    private final Provenance provenance;

    Figures(Map<String, List<SeedRun>> families, Provenance provenance) {
        this.families = families;
        this.provenance = provenance;
    }

    String markdown() {
        StringBuilder page = new StringBuilder("# Figures of `make replay`\n\n");
        page.append(
                        "Made by `make replay`, which leaves this page as `target/replay/figures.md`; [warm-replay.md](warm-replay.md) says what they")
                .append(
                        " mean. Means over seeds with 95 %\nintervals in brackets, by bootstrap, ratios paired by seed. Prices: ")
                .append(Prices.NAME)
                .append(".\n");
        if (!provenance.seeds().isEmpty()) {
            page.append("Seeds ")
                    .append(provenance.seeds().getFirst())
                    .append(" to ")
                    .append(provenance.seeds().getLast())
                    .append(". ");
        }
        page.append("Made from ").append(String.join(", ", provenance.inputs())).append(".\n\n");
        goals(page);
        families.forEach((family, runs) -> family(page, family, runs));
        return page.toString();
    }

    private void goals(StringBuilder page) {
        page.append(
                        "## Goals\n\n`p` is the chance of the contrary by bootstrap, by Holm's rule for all families at once: below 0.05 the goal is")
                .append(
                        " reached.\n\n| family | seeds | bill at 1 % spill-over, by the oracle's (goal: at most 1.3) | p | fewer cold starts")
                .append(
                        " than a ping for the ping's money (goal: 50 %) | p | fewer than 200 pings at most for the forecast's money, idle 1 / 5 /")
                .append(" 10 / 30 min |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        List<Double> bills = chances(SeedRun::billByOracle, value -> value > Report.BILL_GOAL);
        List<Double> pings = chances(SeedRun::fewerColdStartsThanPing, value -> value < Report.PING_GOAL);
        int row = 0;
        for (Map.Entry<String, List<SeedRun>> family : families.entrySet()) {
            List<SeedRun> runs = family.getValue();
            List<String> byIdle = new ArrayList<>();
            for (int i = 0; i < ColdModel.IDLE_GRID.length; i++) {
                int idle = i;
                byIdle.add(percent(Report.some(runs, run -> run.fewerColdStartsThanPings(idle))));
            }
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %s | %.4f | %s | %.4f | %s |%n",
                    family.getKey(),
                    runs.size(),
                    Report.some(runs, SeedRun::billByOracle).text("%.2f"),
                    bills.get(row),
                    percent(Report.some(runs, SeedRun::fewerColdStartsThanPing)),
                    pings.get(row),
                    String.join(" / ", byIdle)));
            row++;
        }
        page.append('\n');
    }

    private List<Double> chances(Function<SeedRun, Optional<Double>> figure, DoublePredicate wrong) {
        return Mean.holm(families.values().stream()
                .map(runs -> runs.stream().map(figure).flatMap(Optional::stream).toList())
                .map(values -> values.isEmpty() ? 1.0 : Mean.chanceOf(values, wrong))
                .toList());
    }

    private static String percent(Mean mean) {
        return mean.count() == 0
                ? "-"
                : String.format(
                        Locale.ROOT, "%.0f %% [%.0f, %.0f]", 100 * mean.value(), 100 * mean.low(), 100 * mean.high());
    }

    private static void family(StringBuilder page, String family, List<SeedRun> runs) {
        page.append("## ").append(family).append(", ").append(runs.size());
        page.append(runs.size() == 1 ? " seed" : " seeds");
        page.append("\n\nIdle containers kept for 10 minutes, slots ready after 3.\n\n");
        page.append(
                        "| policy | spill-over, % | cold starts, % | added latency p50 / p95 / p99, s | USD a week | of which slots / requests / pings | slot-hours")
                .append(" | changes a day |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (String policy : Report.POLICIES) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f / %.2f / %.2f | %s | %.1f / %.1f / %.1f | %.0f | %.1f |%n",
                    policy,
                    Report.mean(runs, policy, outcome -> 100 * outcome.spillover())
                            .text("%.2f"),
                    Report.mean(runs, policy, outcome -> 100 * outcome.coldShare())
                            .text("%.3f"),
                    Report.mean(runs, policy, outcome -> outcome.cold().addedP50())
                            .value(),
                    Report.mean(runs, policy, outcome -> outcome.cold().addedP95())
                            .value(),
                    Report.mean(runs, policy, outcome -> outcome.cold().addedP99())
                            .value(),
                    Report.mean(runs, policy, Outcome::usd).text("%.1f"),
                    Report.mean(runs, policy, outcome -> outcome.bill().slots()).value(),
                    Report.mean(
                                    runs,
                                    policy,
                                    outcome -> outcome.bill().provisionedRequests()
                                            + outcome.bill().onDemandRequests())
                            .value(),
                    Report.mean(runs, policy, outcome -> outcome.bill().pings()).value(),
                    Report.mean(runs, policy, Outcome::slotHours).value(),
                    Report.mean(runs, policy, outcome -> outcome.changes() / 7.0)
                            .value()));
        }
        page.append(
                        "\nCold starts in percent, with slots ready after 1 / 3 / 5 minutes, by how long idle containers are kept; one number where")
                .append(
                        " readiness makes no difference.\n\n| policy | 1 min | 5 min | 10 min | 30 min |\n| --- | --- | --- | --- | --- |\n");
        for (String policy : Report.POLICIES) {
            page.append("| ")
                    .append(policy)
                    .append(" | ")
                    .append(String.join(" | ", Report.grid(runs, policy)))
                    .append(" |\n");
        }
        page.append("\n| | mean [95 %] | seeds |\n| --- | --- | --- |\n");
        Report.goals(runs)
                .forEach((goal, mean) ->
                        page.append(String.format("| %s | %s | %d |%n", goal, mean.text("%.2f"), mean.count())));
        page.append('\n');
    }
}
