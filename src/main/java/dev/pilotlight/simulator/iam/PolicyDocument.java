package dev.pilotlight.simulator.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.simulator.wire.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A policy of the IAM policy language, read once and asked often.
 *
 * <p>Known: Allow and Deny, Action, NotAction, Resource, NotResource with wildcards and policy variables, Principal in
 * trust policies, the string, ARN, numeric, Bool and Null conditions with their set operators and {@code IfExists}.
 * What is not known is refused when the policy is written, so that no policy seems to hold that is not evaluated.
 *
 * @param statements in the order written
 */
public record PolicyDocument(List<Statement> statements) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ELEMENTS =
            Set.of("Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition");

    /**
     * @param actions empty when {@code notActions} stands instead
     * @param resources empty when {@code notResources} stands instead, or in a trust policy
     * @param principal null in an identity policy
     */
    record Statement(
            boolean allow,
            List<String> actions,
            List<String> notActions,
            List<String> resources,
            List<String> notResources,
            PrincipalPattern principal,
            List<PolicyCondition> conditions) {

        boolean coversAction(String action, ConditionKeys keys) {
            Predicate<String> matches = pattern -> new PolicyPattern(pattern).like(action, keys, true);
            return notActions.isEmpty()
                    ? actions.stream().anyMatch(matches)
                    : notActions.stream().noneMatch(matches);
        }

        boolean coversResource(String resource, ConditionKeys keys) {
            Predicate<String> matches = pattern -> new PolicyPattern(pattern).like(resource, keys, false);
            return notResources.isEmpty()
                    ? resources.stream().anyMatch(matches)
                    : notResources.stream().noneMatch(matches);
        }
    }

    /** What a trust policy says: the decision, and whether the caller's own policies must allow it too. */
    public record Trust(Decision decision, boolean delegatedToAccount) {}

    /**
     * Reads a policy for a role or a session.
     *
     * @throws AwsError {@code MalformedPolicyDocument}
     */
    public static PolicyDocument identityPolicy(String text) {
        PolicyDocument policy = parse(text);
        for (Statement statement : policy.statements()) {
            if (statement.principal() != null) {
                throw malformed("Policy document should not specify a principal.");
            }
            if (statement.resources().isEmpty() && statement.notResources().isEmpty()) {
                throw malformed("Policy statement must contain resources.");
            }
        }
        return policy;
    }

    /**
     * Reads the policy that says who may assume a role.
     *
     * @throws AwsError {@code MalformedPolicyDocument}
     */
    public static PolicyDocument trustPolicy(String text) {
        PolicyDocument policy = parse(text);
        for (Statement statement : policy.statements()) {
            if (!statement.resources().isEmpty() || !statement.notResources().isEmpty()) {
                throw malformed("Has prohibited field Resource");
            }
            if (statement.principal() == null) {
                throw malformed("Missing required field Principal");
            }
        }
        return policy;
    }

    /** What this identity policy says to an action on a resource. */
    public Decision decide(String action, String resource, ConditionKeys keys) {
        Decision decision = Decision.NOT_MENTIONED;
        for (Statement statement : statements) {
            if (statement.coversAction(action, keys)
                    && statement.coversResource(resource, keys)
                    && PolicyCondition.allHold(statement.conditions(), keys)) {
                decision = decision.or(statement.allow() ? Decision.ALLOW : Decision.EXPLICIT_DENY);
            }
        }
        return decision;
    }

    /**
     * What this trust policy says to a caller.
     *
     * @param arns ARN of the caller; of an assumed-role session also the ARN of its role
     */
    public Trust trust(String accountId, List<String> arns, String action, ConditionKeys keys) {
        Decision decision = Decision.NOT_MENTIONED;
        boolean directly = false;
        for (Statement statement : statements) {
            PrincipalPattern.Match match = statement.principal().ofCaller(accountId, arns);
            if (match != PrincipalPattern.Match.NOT_NAMED
                    && statement.coversAction(action, keys)
                    && PolicyCondition.allHold(statement.conditions(), keys)) {
                decision = decision.or(statement.allow() ? Decision.ALLOW : Decision.EXPLICIT_DENY);
                directly |= statement.allow() && match == PrincipalPattern.Match.DIRECTLY;
            }
        }
        return new Trust(decision, !directly);
    }

    /** Whether this trust policy lets a service principal assume the role. */
    public boolean trustsService(String servicePrincipal, ConditionKeys keys) {
        Decision decision = Decision.NOT_MENTIONED;
        for (Statement statement : statements) {
            if (statement.principal().namesService(servicePrincipal)
                    && statement.coversAction("sts:AssumeRole", keys)
                    && PolicyCondition.allHold(statement.conditions(), keys)) {
                decision = decision.or(statement.allow() ? Decision.ALLOW : Decision.EXPLICIT_DENY);
            }
        }
        return decision == Decision.ALLOW;
    }

    private static PolicyDocument parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw malformed("This policy contains invalid Json");
        }
        if (root == null || !root.isObject()) {
            throw malformed("This policy contains invalid Json");
        }
        List<Statement> statements = new ArrayList<>();
        JsonNode statement = root.path("Statement");
        if (statement.isObject()) {
            statements.add(statement(statement));
        } else {
            statement.forEach(one -> statements.add(statement(one)));
        }
        if (statements.isEmpty()) {
            throw malformed("Syntax errors in policy.");
        }
        return new PolicyDocument(List.copyOf(statements));
    }

    private static Statement statement(JsonNode node) {
        node.fieldNames().forEachRemaining(name -> {
            if (!ELEMENTS.contains(name)) {
                throw malformed("Has prohibited field " + name);
            }
        });
        String effect = node.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw malformed("Invalid effect: " + effect);
        }
        List<String> actions = texts(node.path("Action"));
        List<String> notActions = texts(node.path("NotAction"));
        if (actions.isEmpty() == notActions.isEmpty()) {
            throw malformed("Policy statement must contain actions.");
        }
        for (String action : actions.isEmpty() ? notActions : actions) {
            if (!action.equals("*") && !action.contains(":")) {
                throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
            }
        }
        return new Statement(
                effect.equals("Allow"),
                actions,
                notActions,
                texts(node.path("Resource")),
                texts(node.path("NotResource")),
                principal(node.path("Principal")),
                conditions(node.path("Condition")));
    }

    private static PrincipalPattern principal(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        if (node.isTextual()) {
            if (!node.asText().equals("*")) {
                throw malformed("Invalid principal in policy: " + node.asText());
            }
            return new PrincipalPattern(true, Map.of());
        }
        Map<String, List<String>> byType = new LinkedHashMap<>();
        node.properties().forEach(type -> byType.put(type.getKey(), texts(type.getValue())));
        return new PrincipalPattern(false, byType);
    }

    private static List<PolicyCondition> conditions(JsonNode node) {
        List<PolicyCondition> conditions = new ArrayList<>();
        node.properties().forEach(block -> {
            Map<String, List<String>> lines = new LinkedHashMap<>();
            block.getValue().properties().forEach(line -> lines.put(line.getKey(), texts(line.getValue())));
            try {
                conditions.addAll(PolicyCondition.block(block.getKey(), lines));
            } catch (IllegalArgumentException unknown) {
                throw malformed(unknown.getMessage());
            }
        });
        return List.copyOf(conditions);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(one -> texts.add(one.asText()));
        } else if (!node.isMissingNode()) {
            texts.add(node.asText());
        }
        return List.copyOf(texts);
    }

    private static AwsError malformed(String text) {
        return new AwsError(400, "MalformedPolicyDocument", text);
    }
}
