package dev.pilotlight.simulator.sts;

import dev.pilotlight.simulator.iam.ConditionKeys;
import dev.pilotlight.simulator.iam.PolicyDocument;
import dev.pilotlight.simulator.iam.Role;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.QueryForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of AssumeRole, checked for themselves. Lengths, patterns and ranges are those of the STS API reference.
 *
 * @param durationSeconds 900 to 43200
 * @param policy inline session policy, at most 2048 characters
 */
record AssumeRoleCall(
        String roleArn,
        String sessionName,
        int durationSeconds,
        Optional<String> externalId,
        Optional<String> policy,
        Map<String, String> tags,
        Set<String> transitiveTagKeys) {
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]*");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]*");
    private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final int DEFAULT_DURATION = 3600;
    private static final int MOST_TAGS = 50;

    /** @throws AwsError {@code ValidationError}, {@code InvalidParameterValue} */
    static AssumeRoleCall of(QueryForm form) {
        String roleArn = form.require("RoleArn");
        if (roleArn.length() < 20) {
            throw constraint(roleArn, "roleArn", "Member must have length greater than or equal to 20");
        }
        if (!roleArn.matches("arn:aws[a-z-]*:iam::\\d{12}:role/\\S+")) {
            throw invalid("Request ARN is invalid");
        }
        String sessionName = form.require("RoleSessionName");
        text(sessionName, "roleSessionName", 2, 64, SESSION_NAME);
        Optional<String> externalId = form.get("ExternalId");
        externalId.ifPresent(id -> text(id, "externalId", 2, 1224, EXTERNAL_ID));
        if (!form.members("PolicyArns").isEmpty()) {
            throw invalid("The simulator has no managed policies; pass an inline session policy");
        }
        Optional<String> policy = form.get("Policy");
        policy.filter(text -> text.length() > 2048).ifPresent(text -> {
            throw constraint("...", "policy", "Member must have length less than or equal to 2048");
        });
        Map<String, String> tags = tags(form);
        Set<String> transitive = new LinkedHashSet<>(form.values("TransitiveTagKeys"));
        if (!tags.keySet().containsAll(transitive)) {
            throw new AwsError(
                    400, "InvalidParameterValue", "Transitive tag keys must be the keys of tags in the request");
        }
        return new AssumeRoleCall(
                roleArn, sessionName, duration(form), externalId, policy, tags, Set.copyOf(transitive));
    }

    /** The longest session the caller may ask for, by the role's own setting and AWS's limit on role chaining. */
    void checkDuration(Role role, boolean chained) {
        if (chained && durationSeconds > DEFAULT_DURATION) {
            throw invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role "
                    + "chaining.");
        }
        if (durationSeconds > role.maxSessionSeconds()) {
            throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
    }

    Optional<PolicyDocument> sessionPolicy() {
        return policy.map(PolicyDocument::identityPolicy);
    }

    /** The condition keys that a trust policy may look at, without those of the principal. */
    ConditionKeys conditionKeys() {
        ConditionKeys keys = new ConditionKeys();
        keys.put("sts:RoleSessionName", sessionName);
        keys.put("sts:DurationSeconds", Integer.toString(durationSeconds));
        externalId.ifPresent(id -> keys.put("sts:ExternalId", id));
        tags.forEach((key, value) -> keys.put("aws:RequestTag/" + key, value));
        transitiveTagKeys.forEach(key -> keys.put("sts:TransitiveTagKeys", key));
        return keys;
    }

    /** The actions that this call needs. */
    List<String> actions() {
        return tags.isEmpty() ? List.of("sts:AssumeRole") : List.of("sts:AssumeRole", "sts:TagSession");
    }

    /** How much of the space for session policy and tags is used, in percent; the formula is not AWS's own. */
    Optional<Integer> packedPolicySize() {
        if (policy.isEmpty() && tags.isEmpty()) {
            return Optional.empty();
        }
        int characters = policy.map(String::length).orElse(0)
                + tags.entrySet().stream()
                        .mapToInt(tag -> tag.getKey().length() + tag.getValue().length())
                        .sum();
        return Optional.of(Math.clamp(characters * 100L / 4096, 1, 100));
    }

    private static Map<String, String> tags(QueryForm form) {
        List<Map.Entry<String, String>> given = form.tags("Tags");
        if (given.size() > MOST_TAGS) {
            throw constraint("[...]", "tags", "Member must have length less than or equal to 50");
        }
        Map<String, String> tags = new LinkedHashMap<>();
        List<String> seen = new ArrayList<>();
        for (Map.Entry<String, String> tag : given) {
            text(tag.getKey(), "tags.member.key", 1, 128, TAG_TEXT);
            text(tag.getValue(), "tags.member.value", 0, 256, TAG_TEXT);
            if (tag.getKey().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw new AwsError(
                        400, "InvalidParameterValue", "Tag keys that start with aws: are reserved for system use");
            }
            if (seen.contains(tag.getKey().toLowerCase(Locale.ROOT))) {
                throw new AwsError(
                        400,
                        "InvalidParameterValue",
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            seen.add(tag.getKey().toLowerCase(Locale.ROOT));
            tags.put(tag.getKey(), tag.getValue());
        }
        return tags;
    }

    private static int duration(QueryForm form) {
        String given = form.get("DurationSeconds").orElse(Integer.toString(DEFAULT_DURATION));
        int seconds;
        try {
            seconds = Integer.parseInt(given);
        } catch (NumberFormatException notANumber) {
            throw new AwsError(400, "MalformedInput", "DurationSeconds is not a number");
        }
        if (seconds < 900) {
            throw constraint(given, "durationSeconds", "Member must have value greater than or equal to 900");
        }
        if (seconds > 43200) {
            throw constraint(given, "durationSeconds", "Member must have value less than or equal to 43200");
        }
        return seconds;
    }

    private static void text(String value, String member, int least, int most, Pattern pattern) {
        List<String> broken = new ArrayList<>();
        if (!pattern.matcher(value).matches()) {
            broken.add("Member must satisfy regular expression pattern: " + pattern);
        }
        if (value.length() < least) {
            broken.add("Member must have length greater than or equal to " + least);
        }
        if (value.length() > most) {
            broken.add("Member must have length less than or equal to " + most);
        }
        if (!broken.isEmpty()) {
            throw constraint(value, member, broken.toArray(String[]::new));
        }
    }

    private static AwsError constraint(String value, String member, String... broken) {
        List<String> texts = Arrays.stream(broken)
                .map(one -> "Value '" + value + "' at '" + member + "' failed to satisfy constraint: " + one)
                .toList();
        return invalid(texts.size() + " validation error" + (texts.size() == 1 ? "" : "s") + " detected: "
                + String.join("; ", texts));
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "ValidationError", message);
    }
}
