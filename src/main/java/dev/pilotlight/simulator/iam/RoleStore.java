package dev.pilotlight.simulator.iam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.simulator.iam.Role.InlinePolicy;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Inspectable;
import dev.pilotlight.simulator.world.Roles;
import dev.pilotlight.simulator.world.Seedable;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The roles of all accounts. IAM is global: a role has no Region. Names are unique in an account whatever the path, and
 * without regard to case. Thread safe.
 */
public final class RoleStore implements Roles, Seedable, Inspectable {
    private static final Pattern ARN = Pattern.compile("arn:aws:iam::(\\d{12}):role(/(?:[!-~]+/)?)([\\w+=,.@-]{1,64})");
    private static final String TRUSTS_SAGEMAKER = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sagemaker.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private final SimulatorClock clock;
    private final UniqueIds ids;
    private final Map<String, Map<String, Role>> accounts = new TreeMap<>();

    public RoleStore(SimulatorClock clock, UniqueIds ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /** A role as CreateRole asks for it. */
    public record NewRole(
            String accountId,
            String path,
            String name,
            String trustPolicy,
            String description,
            int maxSessionSeconds,
            Map<String, String> tags) {}

    /** @throws AwsError {@code EntityAlreadyExists}, {@code MalformedPolicyDocument} */
    public synchronized Role create(NewRole wanted) {
        PolicyDocument trust = PolicyDocument.trustPolicy(wanted.trustPolicy());
        Map<String, Role> roles = ofAccount(wanted.accountId());
        if (roles.containsKey(wanted.name())) {
            throw new AwsError(409, "EntityAlreadyExists", "Role with name " + wanted.name() + " already exists.");
        }
        Role role = new Role(
                wanted.accountId(),
                wanted.path(),
                wanted.name(),
                ids.role(),
                clock.now(),
                wanted.trustPolicy(),
                trust,
                Map.of(),
                wanted.description(),
                wanted.maxSessionSeconds(),
                wanted.tags());
        roles.put(role.name(), role);
        return role;
    }

    /** @throws AwsError {@code NoSuchEntity} */
    public synchronized Role get(String accountId, String name) {
        Role role = ofAccount(accountId).get(name);
        if (role == null) {
            throw new AwsError(404, "NoSuchEntity", "The role with name " + name + " cannot be found.");
        }
        return role;
    }

    /** The role of exactly this ARN, path included. */
    public synchronized Optional<Role> find(String arn) {
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(ofAccount(matcher.group(1)).get(matcher.group(3)))
                .filter(role -> role.arn().equals(arn));
    }

    /** The roles of an account, by name. */
    public synchronized List<Role> list(String accountId) {
        return List.copyOf(ofAccount(accountId).values());
    }

    /** @throws AwsError {@code NoSuchEntity}, and what the change itself throws */
    synchronized void change(String accountId, String name, UnaryOperator<Role> change) {
        ofAccount(accountId).put(name, change.apply(get(accountId, name)));
    }

    /** @throws AwsError {@code NoSuchEntity}, {@code DeleteConflict} while inline policies exist */
    public synchronized void delete(String accountId, String name) {
        if (!get(accountId, name).policies().isEmpty()) {
            throw new AwsError(409, "DeleteConflict", "Cannot delete entity, must delete policies first.");
        }
        ofAccount(accountId).remove(name);
    }

    @Override
    public boolean trusts(String roleArn, String servicePrincipal) {
        return find(roleArn)
                .map(role -> role.trust()
                        .trustsService(
                                servicePrincipal, new ConditionKeys().put("aws:SourceAccount", role.accountId())))
                .orElse(false);
    }

    @Override
    public String section() {
        return "roles";
    }

    /**
     * Reads {@code arn}, {@code trust} (default: SageMaker may assume it), {@code policies} by name,
     * {@code maxSessionDuration} in seconds.
     */
    @Override
    public synchronized void seed(Scope scope, JsonNode content) {
        for (JsonNode entry : content) {
            String arn = entry.path("arn").asText();
            Matcher matcher = ARN.matcher(arn);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("roles: \"" + arn + "\" is not the ARN of a role");
            }
            String trust = entry.has("trust") ? entry.get("trust").toString() : TRUSTS_SAGEMAKER;
            Map<String, InlinePolicy> policies = new LinkedHashMap<>();
            try {
                entry.path("policies")
                        .properties()
                        .forEach(policy -> policies.put(
                                policy.getKey(),
                                InlinePolicy.of(policy.getValue().toString())));
                Role existing = ofAccount(matcher.group(1)).remove(matcher.group(3));
                Role role = create(new NewRole(
                        matcher.group(1),
                        matcher.group(2),
                        matcher.group(3),
                        trust,
                        null,
                        entry.path("maxSessionDuration").asInt(Role.DEFAULT_MAX_SESSION_SECONDS),
                        Map.of()));
                ofAccount(role.accountId())
                        .put(role.name(), role.withPolicies(policies).bornAs(existing));
            } catch (AwsError malformed) {
                throw new IllegalArgumentException("roles: " + arn + ": " + malformed.getMessage(), malformed);
            }
        }
    }

    @Override
    public synchronized Map<Scope, Object> inspect() {
        Map<Scope, Object> shown = new LinkedHashMap<>();
        accounts.forEach((account, roles) -> {
            if (!roles.isEmpty()) {
                shown.put(
                        new Scope(account, "global"),
                        roles.values().stream()
                                .map(role -> Map.of(
                                        "arn",
                                        role.arn(),
                                        "policies",
                                        List.copyOf(role.policies().keySet())))
                                .toList());
            }
        });
        return shown;
    }

    private Map<String, Role> ofAccount(String accountId) {
        return accounts.computeIfAbsent(accountId, id -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
    }
}
