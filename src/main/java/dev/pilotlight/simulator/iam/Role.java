package dev.pilotlight.simulator.iam;

import java.time.Instant;
import java.util.Map;

/**
 * An IAM role.
 *
 * @param accountId 12 digits
 * @param path starts and ends with {@code /}
 * @param id {@code AROA...}
 * @param trustText trust policy as it was written
 * @param trust the same, read
 * @param policies inline policies by name, as they were written
 * @param description null when none was given
 * @param maxSessionSeconds 3600 to 43200
 */
public record Role(
        String accountId,
        String path,
        String name,
        String id,
        Instant created,
        String trustText,
        PolicyDocument trust,
        Map<String, InlinePolicy> policies,
        String description,
        int maxSessionSeconds,
        Map<String, String> tags) {

    /** Default of MaxSessionDuration, in seconds. */
    public static final int DEFAULT_MAX_SESSION_SECONDS = 3600;

    /** An inline policy, as written and read. */
    public record InlinePolicy(String text, PolicyDocument document) {

        /** @throws dev.pilotlight.simulator.wire.AwsError {@code MalformedPolicyDocument} */
        public static InlinePolicy of(String text) {
            return new InlinePolicy(text, PolicyDocument.identityPolicy(text));
        }
    }

    public String arn() {
        return "arn:aws:iam::" + accountId + ":role" + path + name;
    }

    Role withTrust(String text) {
        PolicyDocument read = PolicyDocument.trustPolicy(text);
        return new Role(accountId, path, name, id, created, text, read, policies, description, maxSessionSeconds, tags);
    }

    Role withPolicies(Map<String, InlinePolicy> changed) {
        return new Role(
                accountId,
                path,
                name,
                id,
                created,
                trustText,
                trust,
                Map.copyOf(changed),
                description,
                maxSessionSeconds,
                tags);
    }

    /** The same role with the identity of the one it replaces: sessions of a role that is seeded again stay good. */
    Role bornAs(Role predecessor) {
        if (predecessor == null || !predecessor.arn().equals(arn())) {
            return this;
        }
        return new Role(
                accountId,
                path,
                name,
                predecessor.id(),
                predecessor.created(),
                trustText,
                trust,
                policies,
                description,
                maxSessionSeconds,
                tags);
    }

    /** What the inline policies together say. */
    public Decision decide(String action, String resource, ConditionKeys keys) {
        Decision decision = Decision.NOT_MENTIONED;
        for (InlinePolicy policy : policies.values()) {
            decision = decision.or(policy.document().decide(action, resource, keys));
        }
        return decision;
    }
}
