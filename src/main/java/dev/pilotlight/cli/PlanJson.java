package dev.pilotlight.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.domain.cost.MonthlyCost;
import dev.pilotlight.domain.plan.EndpointPlan;
import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.domain.plan.PolicyPlan;
import dev.pilotlight.domain.warm.schedule.Change;
import java.util.Locale;
import java.util.Optional;

/**
 * A plan for programs. The shape is stable within a {@code version}: fields are added, none is renamed, removed or given another
 * meaning. Amounts of money are strings, so that no reader rounds them; null stands for unknown.
 *
 * <pre>{@code
 * {version, comparedWith, exitCode,
 *  counts: {<action>: n}, cost: {hoursPerMonth, before, after},
 *  problems: [{file, document, object, field, message}], notes: [text],
 *  endpoints: [{namespace, name, origin, region, endpointName, action, failing, revision: {before, after},
 *    changes: [{path, before, after}], steps: [{call, target, purpose, detail}],
 *    obstacle: {reason, message} | null, refusals: [{reason, field, message}],
 *    findings: [{code, severity, message}], notes: [text], cost: {before, after}}],
 *  policies: [{namespace, name, origin, target, action, changing, failing, refusals: [text], now: {at, provisionedConcurrency, by} | null,
 *    week: [{at, provisionedConcurrency, by}], notes: [text], cost: {least, most}}]}
 * }</pre>
 *
 * where {@code before} and {@code after} of a cost are {@code {monthlyUSD, estimate}}.
 */
final class PlanJson {
    private static final int VERSION = 1;

    private final ObjectMapper json = new ObjectMapper();

    String of(Plan plan) {
        ObjectNode root = json.createObjectNode();
        root.put("version", VERSION);
        root.put("comparedWith", plan.comparedWith());
        root.put("exitCode", plan.exitCode());
        ObjectNode counts = root.putObject("counts");
        plan.counts().forEach((action, count) -> counts.put(action.word(), count));
        ObjectNode cost = root.putObject("cost");
        cost.put("hoursPerMonth", MonthlyCost.HOURS);
        cost.set("before", cost(plan.costBefore()));
        cost.set("after", cost(plan.costAfter()));
        ArrayNode problems = root.putArray("problems");
        plan.problems()
                .forEach(problem -> problems.addObject()
                        .put("file", problem.file())
                        .put("document", problem.document())
                        .put("object", problem.object())
                        .put("field", problem.field())
                        .put("message", problem.message()));
        texts(root.putArray("notes"), plan.notes());
        ArrayNode endpoints = root.putArray("endpoints");
        plan.endpoints().forEach(endpoint -> endpoint(endpoints.addObject(), endpoint));
        ArrayNode policies = root.putArray("policies");
        plan.policies().forEach(policy -> policy(policies.addObject(), policy));
        try {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            return json.writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(indenter)
                                    .withArrayIndenter(indenter))
                            .writeValueAsString(root)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void policy(ObjectNode node, PolicyPlan policy) {
        node.put("namespace", policy.namespace());
        node.put("name", policy.name());
        node.put("origin", policy.origin());
        node.put("target", policy.target());
        node.put("action", policy.action().word());
        node.put("changing", policy.changing());
        node.put("failing", policy.failing());
        texts(node.putArray("refusals"), policy.refusals());
        policy.now().ifPresentOrElse(now -> change(node.putObject("now"), now), () -> node.putNull("now"));
        ArrayNode week = node.putArray("week");
        policy.week().forEach(change -> change(week.addObject(), change));
        texts(node.putArray("notes"), policy.notes());
        ObjectNode cost = node.putObject("cost");
        cost.set("least", cost(policy.least()));
        cost.set("most", cost(policy.most()));
    }

    private static void change(ObjectNode node, Change change) {
        node.put("at", change.at().toString());
        node.put("provisionedConcurrency", change.asked().capacity());
        node.put("by", change.asked().describe());
    }

    private void endpoint(ObjectNode node, EndpointPlan endpoint) {
        node.put("namespace", endpoint.namespace());
        node.put("name", endpoint.name());
        node.put("origin", endpoint.origin());
        node.put("region", endpoint.region());
        node.put("endpointName", endpoint.endpointName());
        node.put("action", endpoint.action().word());
        node.put("failing", endpoint.failing());
        node.putObject("revision")
                .put("before", text(endpoint.revisionBefore()))
                .put("after", text(endpoint.revisionAfter()));
        ArrayNode changes = node.putArray("changes");
        endpoint.changes()
                .forEach(change -> changes.addObject()
                        .put("path", change.path())
                        .put("before", text(change.before()))
                        .put("after", text(change.after())));
        ArrayNode steps = node.putArray("steps");
        endpoint.steps()
                .forEach(step -> steps.addObject()
                        .put("call", step.call())
                        .put("target", step.target())
                        .put("purpose", word(step.purpose()))
                        .put("detail", step.detail()));
        endpoint.obstacle()
                .ifPresentOrElse(
                        obstacle -> node.putObject("obstacle")
                                .put("reason", obstacle.reason())
                                .put("message", obstacle.message()),
                        () -> node.putNull("obstacle"));
        ArrayNode refusals = node.putArray("refusals");
        endpoint.refusals()
                .forEach(refusal -> refusals.addObject()
                        .put("reason", refusal.reason())
                        .put("field", refusal.field())
                        .put("message", refusal.message()));
        ArrayNode findings = node.putArray("findings");
        endpoint.findings()
                .forEach(finding -> findings.addObject()
                        .put("code", finding.code())
                        .put("severity", word(finding.severity()))
                        .put("message", finding.message()));
        texts(node.putArray("notes"), endpoint.notes());
        ObjectNode cost = node.putObject("cost");
        cost.set("before", cost(endpoint.costBefore()));
        cost.set("after", cost(endpoint.costAfter()));
    }

    private ObjectNode cost(MonthlyCost cost) {
        return json.createObjectNode()
                .put(
                        "monthlyUSD",
                        cost.cents().map(cents -> cents.toPlainString()).orElse(null))
                .put("estimate", cost.estimate());
    }

    private static void texts(ArrayNode array, Iterable<String> texts) {
        texts.forEach(array::add);
    }

    private static String text(Optional<String> value) {
        return value.orElse(null);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
