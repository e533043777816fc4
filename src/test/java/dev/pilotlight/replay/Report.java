package dev.pilotlight.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Figures by family, never pooled over families: a text for people, JSON for programs. */
final class Report {
    static final List<String> POLICIES = List.of(
            SeedRun.NONE,
            SeedRun.PING,
            SeedRun.STATIC,
            SeedRun.TRACKING,
            SeedRun.BY_HAND,
            SeedRun.COMMITTED,
            SeedRun.FORECAST,
            SeedRun.PINGS,
            SeedRun.ORACLE);

    static final double BILL_GOAL = 1.3;
    static final double PING_GOAL = 0.5;

    private final Map<String, List<SeedRun>> families;

    Report(Map<String, List<SeedRun>> families) {
        this.families = families;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        families.forEach((family, runs) -> {
            text.append(String.format(Locale.ROOT, "%n%s, %d seeds%n", family, runs.size()));
            text.append(String.format(
                    "  %-20s %-26s %-26s %9s %-28s %10s%n",
                    "policy", "spill-over %", "cold starts %", "p99 s", "USD a week", "slot-hours"));
            for (String policy : POLICIES) {
                text.append(String.format(
                        Locale.ROOT,
                        "  %-20s %-26s %-26s %9.2f %-28s %10.0f%n",
                        policy,
                        mean(runs, policy, outcome -> 100 * outcome.spillover()).text("%.2f"),
                        mean(runs, policy, outcome -> 100 * outcome.coldShare()).text("%.3f"),
                        mean(runs, policy, outcome -> outcome.cold().addedP99()).value(),
                        mean(runs, policy, Outcome::usd).text("%.1f"),
                        mean(runs, policy, Outcome::slotHours).value()));
            }
            text.append(
                    String.format(
                            "  cold starts %% by idle time of containers (1, 5, 10, 30 min), each with slots ready after 1 / 3 / 5 min%n"));
            for (String policy : POLICIES) {
                text.append(String.format("  %-20s %s%n", policy, String.join("   ", grid(runs, policy))));
            }
            goals(runs)
                    .forEach((goal, mean) -> text.append(String.format(
                            "  %-80s %s  (%d of %d seeds)%n", goal, mean.text("%.2f"), mean.count(), runs.size())));
        });
        return text.toString();
    }

    /** Cold starts in percent, for every idle time those by readiness. */
    static List<String> grid(List<SeedRun> runs, String policy) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < ColdModel.IDLE_GRID.length; i++) {
            List<String> byReadiness = new ArrayList<>();
            for (int j = 0; j < SeedRun.READINESS_GRID.length; j++) {
                int idle = i;
                int readiness = j;
                double share = mean(
                                runs, policy, outcome -> 100 * outcome.cold().share(idle, readiness))
                        .value();
                byReadiness.add(String.format(Locale.ROOT, share < 1 ? "%.3f" : "%.2f", share));
            }
            boolean same = byReadiness.stream().distinct().count() == 1;
            cells.add(same ? byReadiness.getFirst() : String.join(" / ", byReadiness));
        }
        return cells;
    }

    static Mean mean(List<SeedRun> runs, String policy, ToDoubleFunction<Outcome> figure) {
        return Mean.of(runs.stream()
                .map(run -> figure.applyAsDouble(run.outcomes().get(policy)))
                .toList());
    }

    static Mean some(List<SeedRun> runs, Function<SeedRun, Optional<Double>> figure) {
        return Mean.of(runs.stream().map(figure).flatMap(Optional::stream).toList());
    }

    /** Paired by seed. */
    static Map<String, Mean> goals(List<SeedRun> runs) {
        Map<String, Mean> goals = new LinkedHashMap<>();
        goals.put("bill at 1 % spill-over, by the oracle's (goal: 1.3)", some(runs, SeedRun::billByOracle));
        goals.put("slot-hours at 1 % spill-over, by the oracle's", some(runs, SeedRun::slotsByOracle));
        goals.put(
                "bill as configured, by the oracle's",
                some(runs, run -> ratio(run, SeedRun.FORECAST, SeedRun.ORACLE, Outcome::usd)));
        goals.put(
                "fewer cold starts than a ping for the same money, share (goal: 0.5)",
                some(runs, SeedRun::fewerColdStartsThanPing));
        goals.put(
                "fewer cold starts than a ping as configured, share",
                some(
                        runs,
                        run -> ratio(run, SeedRun.FORECAST, SeedRun.PING, Outcome::coldShare)
                                .map(ratio -> 1 - ratio)));
        goals.put(
                "bill as configured, by the ping's",
                some(runs, run -> ratio(run, SeedRun.FORECAST, SeedRun.PING, Outcome::usd)));
        for (int i = 0; i < ColdModel.IDLE_GRID.length; i++) {
            int idle = i;
            goals.put(
                    String.format(
                            Locale.ROOT,
                            "fewer cold starts than up to 200 pings for its bill, idle %.0f min, share (goal: 0.5)",
                            ColdModel.IDLE_GRID[i] / 60),
                    some(runs, run -> run.fewerColdStartsThanPings(idle)));
        }
        goals.put(
                "bill of those pings, by the forecast's",
                some(runs, run -> ratio(run, SeedRun.PINGS, SeedRun.FORECAST, Outcome::usd)));
        goals.put(
                "bill as configured, by that of the windows by hand",
                some(runs, run -> ratio(run, SeedRun.FORECAST, SeedRun.BY_HAND, Outcome::usd)));
        goals.put(
                "allowed to act by its own back-test, share", some(runs, run -> Optional.of(run.accepted() ? 1.0 : 0)));
        return goals;
    }

    private static Optional<Double> ratio(SeedRun run, String one, String other, ToDoubleFunction<Outcome> figure) {
        double by = figure.applyAsDouble(run.outcomes().get(other));
        return by == 0
                ? Optional.empty()
                : Optional.of(figure.applyAsDouble(run.outcomes().get(one)) / by);
    }

    ObjectNode json(Provenance provenance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        provenance.write(json);
        families.forEach((family, runs) -> {
            ObjectNode node = json.putObject(family);
            node.put("seeds", runs.size());
            ObjectNode policies = node.putObject("policies");
            for (String policy : POLICIES) {
                ObjectNode figures = policies.putObject(policy);
                put(figures, "spillover", mean(runs, policy, Outcome::spillover));
                for (int i = 0; i < ColdModel.IDLE_GRID.length; i++) {
                    for (int j = 0; j < SeedRun.READINESS_GRID.length; j++) {
                        int idle = i;
                        int readiness = j;
                        put(
                                figures,
                                "coldShareIdle" + (int) ColdModel.IDLE_GRID[i] + "Readiness"
                                        + (int) SeedRun.READINESS_GRID[j],
                                mean(runs, policy, outcome -> outcome.cold().share(idle, readiness)));
                    }
                }
                boolean byTime = runs.getFirst().outcomes().get(policy).cold().sharesByTime().length > 0;
                for (int i = 0; byTime && i < ColdModel.COLD_GRID.length; i++) {
                    int time = i;
                    put(
                            figures,
                            "coldShareByStartOf" + (int) ColdModel.COLD_GRID[i] + "s",
                            mean(runs, policy, outcome -> outcome.cold().sharesByTime()[time]));
                }
                put(
                        figures,
                        "addedSecondsP50",
                        mean(runs, policy, outcome -> outcome.cold().addedP50()));
                put(
                        figures,
                        "addedSecondsP95",
                        mean(runs, policy, outcome -> outcome.cold().addedP95()));
                put(
                        figures,
                        "addedSecondsP99",
                        mean(runs, policy, outcome -> outcome.cold().addedP99()));
                put(figures, "usd", mean(runs, policy, Outcome::usd));
                put(
                        figures,
                        "usdSlots",
                        mean(runs, policy, outcome -> outcome.bill().slots()));
                put(
                        figures,
                        "usdProvisionedRequests",
                        mean(runs, policy, outcome -> outcome.bill().provisionedRequests()));
                put(
                        figures,
                        "usdOnDemandRequests",
                        mean(runs, policy, outcome -> outcome.bill().onDemandRequests()));
                put(
                        figures,
                        "usdPings",
                        mean(runs, policy, outcome -> outcome.bill().pings()));
                put(figures, "slotHours", mean(runs, policy, Outcome::slotHours));
                put(figures, "changes", mean(runs, policy, Outcome::changes));
            }
            ObjectNode goals = node.putObject("goals");
            goals(runs).forEach((goal, mean) -> put(goals, goal, mean));
        });
        return json;
    }

    private static void put(ObjectNode node, String name, Mean mean) {
        ObjectNode figures = node.putObject(name);
        figures.put("mean", mean.value()).put("low95", mean.low()).put("high95", mean.high());
        figures.put("seeds", mean.count());
    }
}
