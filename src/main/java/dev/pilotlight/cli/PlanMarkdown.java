package dev.pilotlight.cli;

import dev.pilotlight.domain.identity.Refusal;
import dev.pilotlight.domain.plan.Action;
import dev.pilotlight.domain.plan.EndpointPlan;
import dev.pilotlight.domain.plan.FieldChange;
import dev.pilotlight.domain.plan.Finding;
import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.domain.plan.PlannedStep;
import dev.pilotlight.domain.plan.PolicyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A plan as the comment on a pull request: a table to glance at, and the details folded. */
final class PlanMarkdown {
    private final StringBuilder text = new StringBuilder();

    String of(Plan plan) {
        line("### Pilotlight plan");
        line("");
        line(escaped(PlanText.summary(plan)) + " Compared with " + escaped(plan.comparedWith()) + ".");
        if (!plan.problems().isEmpty()) {
            line("");
            plan.problems().forEach(problem -> line("- :x: " + escaped(PlanText.describe(problem))));
        }
        if (!plan.endpoints().isEmpty()) {
            table(plan);
            plan.endpoints().stream().filter(PlanMarkdown::worthDetails).forEach(this::details);
        }
        plan.policies().forEach(this::policy);
        if (!plan.notes().isEmpty()) {
            line("");
            plan.notes().forEach(note -> line("- " + escaped(note)));
        }
        if (!plan.endpoints().isEmpty()) {
            line("");
            line("<sub>" + PlanCommand.footnote() + "</sub>");
        }
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void policy(PolicyPlan policy) {
        line("");
        String price = policy.action() == Action.DELETE ? "" : ": " + escaped(PlanText.range(policy)) + " a month";
        line((policy.failing() ? ":x: " : sign(policy.action()) + " ") + "WarmPolicy "
                + code(policy.namespace() + "/" + policy.name()) + " (" + PlanText.word(policy.action()) + ") "
                + escaped(PlanText.purpose(policy)) + price
                + policy.now()
                        .map(now -> ", now " + escaped(PlanText.describe(now)))
                        .orElse("") + ".");
        List<String> remarks = Stream.concat(
                        policy.refusals().stream().map(refusal -> ":x: refused: " + escaped(refusal)),
                        policy.notes().stream().map(PlanMarkdown::escaped))
                .toList();
        if (!remarks.isEmpty()) {
            line("");
            remarks.forEach(remark -> line("- " + remark));
        }
        if (!policy.week().isEmpty()) {
            line("");
            line("<details><summary>the next seven days</summary>");
            line("");
            line("| from | provisioned concurrency |");
            line("| --- | --- |");
            policy.week()
                    .forEach(change -> line("| " + change.at() + " | " + escaped(PlanText.describe(change)) + " |"));
            line("");
            line("</details>");
        }
    }

    private void table(Plan plan) {
        line("");
        line("| | endpoint | action | revision | provisioned concurrency, a month |");
        line("| --- | --- | --- | --- | --- |");
        for (EndpointPlan endpoint : plan.endpoints()) {
            String revision = endpoint.revisionBefore().equals(endpoint.revisionAfter())
                    ? code(endpoint.revisionAfter().orElse("none"))
                    : code(endpoint.revisionBefore().orElse("none")) + " → "
                            + code(endpoint.revisionAfter().orElse("none"));
            String cost = PlanText.cost(endpoint).replace("->", "→");
            line("| " + sign(endpoint) + " | " + code(endpoint.namespace() + "/" + endpoint.name()) + " | "
                    + PlanText.word(endpoint.action()) + " | " + revision + " | " + (cost.isEmpty() ? "–" : cost)
                    + " |");
        }
        line("| | **all** | | | " + PlanText.total(plan).replace("->", "→") + PlanText.besides(plan) + " |");
    }

    private static String sign(EndpointPlan endpoint) {
        return endpoint.failing() ? ":x:" : sign(endpoint.action());
    }

    private static String sign(Action action) {
        return switch (action) {
            case CREATE -> ":sparkles:";
            case DELETE, LET_GO -> ":wastebasket:";
            case NONE, BLOCKED -> "";
            case RECREATE, ROLL_OUT, REDEPLOY, CHANGE_LIVE, TAG, CLEAN_UP, SETTINGS -> ":arrows_counterclockwise:";
        };
    }

    private static boolean worthDetails(EndpointPlan endpoint) {
        return endpoint.changing()
                || endpoint.failing()
                || !endpoint.findings().isEmpty()
                || !endpoint.notes().isEmpty();
    }

    private void details(EndpointPlan endpoint) {
        line("");
        line("<details" + (endpoint.failing() ? " open" : "") + "><summary><code>" + endpoint.namespace() + "/"
                + endpoint.name() + "</code>: " + PlanText.word(endpoint.action()) + "</summary>");
        line("");
        line("Endpoint " + code(endpoint.endpointName()) + " in " + endpoint.region() + " ("
                + escaped(endpoint.origin()) + ").");
        List<String> items = items(endpoint);
        if (!items.isEmpty()) {
            line("");
            items.forEach(item -> line("- " + item));
        }
        if (!endpoint.steps().isEmpty()) {
            line("");
            line("```text");
            for (PlannedStep step : endpoint.steps()) {
                line(step.call() + " " + step.target() + PlanText.suffix(step));
            }
            line("```");
        }
        line("");
        line("</details>");
    }

    private static List<String> items(EndpointPlan endpoint) {
        List<String> items = new ArrayList<>();
        for (Refusal refusal : endpoint.refusals()) {
            items.add(":x: refused, " + code(refusal.reason()) + ": " + escaped(refusal.message()));
        }
        endpoint.obstacle()
                .ifPresent(obstacle ->
                        items.add(":x: stops, " + code(obstacle.reason()) + ": " + escaped(obstacle.message())));
        for (Finding finding : endpoint.findings()) {
            items.add((finding.severity() == Finding.Severity.FAILS ? ":x: " : ":warning: ")
                    + escaped(PlanText.describe(finding)));
        }
        for (FieldChange change : endpoint.changes()) {
            items.add(code("spec." + change.path()) + ": "
                    + change.before().map(PlanMarkdown::code).orElse("not set") + " → "
                    + change.after().map(PlanMarkdown::code).orElse("not set"));
        }
        endpoint.notes().forEach(note -> items.add(escaped(note)));
        return items;
    }

    /** Inline code; what users wrote cannot end it, nor the line or the cell it is in. */
    private static String code(String value) {
        return "`" + value.replaceAll("[`\\r\\n]", " ").replace("|", "\\|") + "`";
    }

    private static String escaped(String value) {
        return value.replaceAll("[\\r\\n]+", " ").replaceAll("([\\\\`*_<>\\[\\]|#@])", "\\\\$1");
    }
}
