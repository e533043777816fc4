package dev.pilotlight.cli;

import dev.pilotlight.domain.cost.MonthlyCost;
import dev.pilotlight.domain.identity.Refusal;
import dev.pilotlight.domain.plan.Action;
import dev.pilotlight.domain.plan.EndpointPlan;
import dev.pilotlight.domain.plan.FieldChange;
import dev.pilotlight.domain.plan.Finding;
import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.domain.plan.PlannedStep;
import dev.pilotlight.domain.plan.PolicyPlan;
import dev.pilotlight.domain.warm.schedule.Change;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan for a terminal. */
final class PlanText {
    private final StringBuilder text = new StringBuilder();

    String of(Plan plan) {
        line("Compared with " + plan.comparedWith() + ".");
        plan.problems().forEach(problem -> line("! " + describe(problem)));
        for (EndpointPlan endpoint : plan.endpoints()) {
            endpoint(endpoint);
        }
        plan.policies().forEach(this::policy);
        plan.notes().forEach(note -> line("note: " + note));
        line("");
        line(summary(plan));
        if (!plan.endpoints().isEmpty()) {
            line("Provisioned concurrency: " + total(plan) + " a month" + besides(plan) + ".");
            line("");
            line(PlanCommand.footnote());
        }
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void endpoint(EndpointPlan endpoint) {
        line("");
        line(sign(endpoint) + " " + endpoint.namespace() + "/" + endpoint.name() + ": " + word(endpoint.action())
                + (endpoint.failing() && endpoint.action() != Action.BLOCKED ? ", which would not succeed" : ""));
        line("    endpoint  " + endpoint.endpointName() + " in " + endpoint.region() + "  (" + endpoint.origin() + ")");
        revision(endpoint);
        for (FieldChange change : endpoint.changes()) {
            line("    " + describe(change));
        }
        for (PlannedStep step : endpoint.steps()) {
            line("    " + step.call() + " " + step.target() + suffix(step));
        }
        for (Refusal refusal : endpoint.refusals()) {
            line("    refused: " + refusal.reason() + ": " + refusal.message());
        }
        endpoint.obstacle().ifPresent(obstacle -> line("    stops: " + obstacle.reason() + ": " + obstacle.message()));
        for (Finding finding : endpoint.findings()) {
            line("    " + describe(finding));
        }
        endpoint.notes().forEach(note -> line("    note: " + note));
        if (!cost(endpoint).isEmpty()) {
            line("    cost      " + cost(endpoint) + " a month for provisioned concurrency");
        }
    }

    private void policy(PolicyPlan policy) {
        line("");
        line((policy.failing() ? "!" : sign(policy.action())) + " " + policy.namespace() + "/" + policy.name() + ": "
                + word(policy.action()) + ", " + purpose(policy)
                + (policy.failing() ? ", and it would not come into force" : ""));
        line("    policy    " + policy.origin());
        policy.refusals().forEach(refusal -> line("    refused: " + refusal));
        policy.now().ifPresent(now -> line("    now       " + describe(now)));
        policy.week().forEach(change -> line("    " + change.at() + "  " + describe(change)));
        policy.notes().forEach(note -> line("    note: " + note));
        if (policy.action() != Action.DELETE) {
            line("    cost      " + range(policy) + " a month for provisioned concurrency");
        }
    }

    static String purpose(PolicyPlan policy) {
        return policy.action() == Action.DELETE
                ? "no longer keeps " + policy.target() + " warm"
                : "keeps " + policy.target() + " warm";
    }

    static String total(Plan plan) {
        return cost(plan.costBefore(), plan.costAfter());
    }

    /** What the sum leaves out. */
    static String besides(Plan plan) {
        return plan.policies().isEmpty() ? "" : ", without what WarmPolicies ask for";
    }

    static String describe(Change change) {
        return change.asked().capacity() + " by " + change.asked().describe();
    }

    static String range(PolicyPlan policy) {
        return policy.least().equals(policy.most())
                ? policy.least().describe()
                : policy.least().describe() + " to " + policy.most().describe();
    }

    private void revision(EndpointPlan endpoint) {
        String before = endpoint.revisionBefore().orElse("none");
        String after = endpoint.revisionAfter().orElse("none");
        line("    revision  " + (before.equals(after) ? before : before + " -> " + after));
    }

    private static String sign(EndpointPlan endpoint) {
        return endpoint.failing() ? "!" : sign(endpoint.action());
    }

    private static String sign(Action action) {
        return switch (action) {
            case CREATE -> "+";
            case DELETE, LET_GO -> "-";
            case NONE, BLOCKED -> "=";
            case RECREATE, ROLL_OUT, REDEPLOY, CHANGE_LIVE, TAG, CLEAN_UP, SETTINGS -> "~";
        };
    }

    static String suffix(PlannedStep step) {
        String purpose =
                switch (step.purpose()) {
                    case PRIMARY -> "";
                    case PREVIEW -> "preview";
                    case CLEAN_UP -> "clean-up";
                };
        String inside = List.of(purpose, step.detail()).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        return inside.isEmpty() ? "" : "  (" + inside + ")";
    }

    static String describe(FieldChange change) {
        return "spec." + change.path() + ": " + change.before().orElse("(not set)") + " -> "
                + change.after().orElse("(not set)");
    }

    static String describe(Finding finding) {
        String severity =
                switch (finding.severity()) {
                    case FAILS -> "fails";
                    case WARNS -> "warning";
                    case NOT_CHECKED -> "not checked";
                };
        return severity + ": " + finding.code() + ": " + finding.message();
    }

    static String describe(Plan.Problem problem) {
        return problem.file()
                + (problem.document() == 0 ? "" : ", document " + problem.document())
                + (problem.object().isEmpty() ? "" : ", " + problem.object())
                + (problem.field().isEmpty() ? ": " : ": " + problem.field() + ": ")
                + problem.message();
    }

    /** Empty where nothing is paid for before and after. */
    static String cost(EndpointPlan endpoint) {
        boolean free = endpoint.costBefore().equals(MonthlyCost.NOTHING)
                && endpoint.costAfter().equals(MonthlyCost.NOTHING);
        return free ? "" : cost(endpoint.costBefore(), endpoint.costAfter());
    }

    static String cost(MonthlyCost before, MonthlyCost after) {
        return before.equals(after) ? after.describe() : before.describe() + " -> " + after.describe();
    }

    static String summary(Plan plan) {
        String actions = phrases(plan.counts());
        String failures = plan.failures() == 0 ? "" : " " + plan.failures() + " would not succeed.";
        String problems = plan.problems().isEmpty()
                ? ""
                : " " + plan.problems().size() + (plan.problems().size() == 1 ? " error" : " errors")
                        + " in the files.";
        String policies = plan.policies().isEmpty()
                ? ""
                : " WarmPolicies: " + phrases(plan.policyCounts()) + "."
                        + (plan.policyFailures() == 0
                                ? ""
                                : " " + plan.policyFailures() + " would not come into force.");
        return "Plan: " + (actions.isEmpty() ? "no ServerlessEndpoints" : actions) + "." + policies + failures
                + problems;
    }

    private static String phrases(Map<Action, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + phrase(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String phrase(Action action) {
        return switch (action) {
            case NONE, BLOCKED -> word(action);
            case CREATE, RECREATE, ROLL_OUT, REDEPLOY, CHANGE_LIVE, TAG, CLEAN_UP, SETTINGS, DELETE, LET_GO ->
                "to " + word(action);
        };
    }

    /** For people, who do not ask whether there is an action. */
    static String word(Action action) {
        return action == Action.NONE ? "unchanged" : action.word();
    }
}
