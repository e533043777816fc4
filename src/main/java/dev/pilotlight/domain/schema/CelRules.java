package dev.pilotlight.domain.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code x-kubernetes-validations} of a schema. A rule that names oldSelf is about a change, and only holds where there was a value
 * before; items of lists are new each time.
 */
final class CelRules {
    private static final Pattern ABOUT_A_CHANGE = Pattern.compile("\\boldSelf\\b");

    private final Map<String, CelRuntime.Program> programs = new HashMap<>();

    List<Violation> check(JsonNode object, Optional<? extends JsonNode> before, JsonNode root) {
        List<Violation> violations = new ArrayList<>();
        visit("", object, before.orElse(null), root, violations);
        return violations;
    }

    private void visit(String path, JsonNode value, JsonNode before, JsonNode schema, List<Violation> violations) {
        for (JsonNode rule : schema.path("x-kubernetes-validations")) {
            String text = rule.path("rule").asText();
            if ((before != null || !ABOUT_A_CHANGE.matcher(text).find()) && !holds(text, value, before)) {
                violations.add(
                        new Violation(without(path + rule.path("fieldPath").asText()), message(rule, value, before)));
            }
        }
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                JsonNode property = schema.path("properties").path(field.getKey());
                JsonNode old = before == null ? null : before.get(field.getKey());
                visit(path + "." + field.getKey(), field.getValue(), old, property, violations);
            }
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                visit(path + "[" + i + "]", value.get(i), null, schema.path("items"), violations);
            }
        }
    }

    private static String without(String leadingDot) {
        return leadingDot.startsWith(".") ? leadingDot.substring(1) : leadingDot;
    }

    private boolean holds(String rule, JsonNode value, JsonNode before) {
        return Boolean.TRUE.equals(evaluate(rule, value, before));
    }

    private String message(JsonNode rule, JsonNode value, JsonNode before) {
        String expression = rule.path("messageExpression").asText();
        if (!expression.isEmpty() && evaluate(expression, value, before) instanceof String text) {
            return text;
        }
        return rule.path("message")
                .asText("does not satisfy: " + rule.path("rule").asText());
    }

    /** An expression that cannot be evaluated has no value, and a rule without a value does not hold, as at the API server. */
    private Object evaluate(String expression, JsonNode value, JsonNode before) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("self", plain(value));
        variables.put("oldSelf", before == null ? Map.of() : plain(before));
        try {
            return program(expression).eval(variables);
        } catch (CelEvaluationException e) {
            return Optional.empty();
        }
    }

    private CelRuntime.Program program(String expression) throws CelEvaluationException {
        CelRuntime.Program known = programs.get(expression);
        if (known == null) {
            try {
                known = KubernetesCel.RUNTIME.createProgram(
                        KubernetesCel.COMPILER.compile(expression).getAst());
            } catch (CelValidationException e) {
                throw new IllegalStateException("a rule of our own definitions does not compile: " + expression, e);
            }
            programs.put(expression, known);
        }
        return known;
    }

    private static Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                node.forEach(item -> list.add(plain(item)));
                yield list;
            }
            case NUMBER -> node.isIntegralNumber() ? (Object) node.asLong() : (Object) node.asDouble();
            case BOOLEAN -> node.asBoolean();
            case STRING, BINARY, MISSING, NULL, POJO -> node.asText();
        };
    }
}
