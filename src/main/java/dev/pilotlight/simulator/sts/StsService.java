package dev.pilotlight.simulator.sts;

import dev.pilotlight.simulator.iam.ConditionKeys;
import dev.pilotlight.simulator.iam.Decision;
import dev.pilotlight.simulator.iam.PolicyDocument;
import dev.pilotlight.simulator.iam.Role;
import dev.pilotlight.simulator.iam.RoleStore;
import dev.pilotlight.simulator.iam.UniqueIds;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.Caller;
import dev.pilotlight.simulator.wire.QueryForm;
import dev.pilotlight.simulator.wire.QueryProtocol;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Security Token Service: AssumeRole and GetCallerIdentity (query protocol, version 2011-06-15).
 *
 * <p>AssumeRole is granted as AWS does it. A trust policy that names the caller itself is enough inside one account. One
 * that names the caller's account leaves the decision to the caller's own policies, and across accounts both must allow.
 * A role that does not exist gets the same answer as one that is not to be assumed.
 */
public final class StsService implements AwsService {
    private static final QueryProtocol QUERY = new QueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/");

    private final RoleStore roles;
    private final SessionStore sessions;
    private final PolicyPermissions permissions;
    private final UniqueIds ids;

    public StsService(RoleStore roles, SessionStore sessions, PolicyPermissions permissions, UniqueIds ids) {
        this.roles = roles;
        this.sessions = sessions;
        this.permissions = permissions;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "sts";
    }

    @Override
    public AwsResponse errorAnswer(AwsRequest request, AwsError error) {
        return QUERY.error(request, error);
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        QueryForm form = QueryForm.of(request);
        return switch (form.action()) {
            case "AssumeRole" -> assumeRole(request, AssumeRoleCall.of(form));
            case "GetCallerIdentity" -> getCallerIdentity(request);
            default ->
                throw new AwsError(
                        400, "InvalidAction", "Could not find operation " + form.action() + " for version 2011-06-15");
        };
    }

    private AwsResponse getCallerIdentity(AwsRequest request) {
        Caller caller = request.caller();
        String userId = sessions.find(caller.accessKeyId())
                .map(session -> session.roleId() + ":" + session.name())
                .orElse(caller.arn().endsWith(":root") ? caller.accountId() : "AIDA" + caller.accountId() + "SIMUL");
        return QUERY.answer(
                request,
                "GetCallerIdentity",
                xml -> xml.element("Arn", caller.arn())
                        .element("UserId", userId)
                        .element("Account", caller.accountId()));
    }

    private AwsResponse assumeRole(AwsRequest request, AssumeRoleCall call) {
        Caller caller = request.caller();
        if (caller.arn().endsWith(":root")) {
            throw new AwsError(403, "AccessDenied", "Roles may not be assumed by root accounts.");
        }
        Optional<Session> parent = sessions.find(caller.accessKeyId());
        Role role = roles.find(call.roleArn())
                .orElseThrow(() ->
                        PolicyPermissions.denied(caller, "sts:AssumeRole", call.roleArn(), Decision.NOT_MENTIONED));
        for (String action : call.actions()) {
            Decision decision = decide(caller, parent, role, action, call);
            if (decision != Decision.ALLOW) {
                throw PolicyPermissions.denied(caller, action, role.arn(), decision);
            }
        }
        call.checkDuration(role, parent.isPresent());
        PolicyDocument policy = call.sessionPolicy().orElse(null);

        Map<String, String> tags = new LinkedHashMap<>(call.tags());
        Set<String> transitive = new LinkedHashSet<>(call.transitiveTagKeys());
        parent.ifPresent(session -> inherit(session, tags, transitive));
        Instant expires = sessions.now().plusSeconds(call.durationSeconds()).truncatedTo(ChronoUnit.SECONDS);
        Session session = new Session(
                role.accountId(),
                role.arn(),
                role.id(),
                call.sessionName(),
                Map.copyOf(tags),
                Set.copyOf(transitive),
                policy,
                expires);
        String accessKeyId = ids.temporaryAccessKey();
        sessions.add(accessKeyId, session);
        return QUERY.answer(
                request,
                "AssumeRole",
                xml -> xml.open("AssumedRoleUser")
                        .element("AssumedRoleId", session.roleId() + ":" + session.name())
                        .element("Arn", session.arn())
                        .close()
                        .open("Credentials")
                        .element("AccessKeyId", accessKeyId)
                        .element("SecretAccessKey", ids.secret(40))
                        .element("SessionToken", ids.secret(356))
                        .element("Expiration", expires)
                        .close()
                        .element("PackedPolicySize", call.packedPolicySize().orElse(null)));
    }

    private Decision decide(Caller caller, Optional<Session> parent, Role role, String action, AssumeRoleCall call) {
        ConditionKeys keys = call.conditionKeys();
        // Asked first: it also adds the principal's condition keys, which the trust policy may look at.
        Decision own = permissions.decide(caller, action, role.arn(), keys);
        List<String> principals = new ArrayList<>(List.of(caller.arn()));
        parent.ifPresent(session -> principals.add(session.roleArn()));
        PolicyDocument.Trust trust = role.trust().trust(caller.accountId(), principals, action, keys);
        boolean ownPoliciesCount =
                trust.delegatedToAccount() || !caller.accountId().equals(role.accountId());
        if (ownPoliciesCount || own == Decision.EXPLICIT_DENY) {
            return trust.decision().and(own);
        }
        return trust.decision();
    }

    private static void inherit(Session parent, Map<String, String> tags, Set<String> transitive) {
        for (String key : parent.transitiveTagKeys()) {
            boolean changed = tags.keySet().stream()
                    .anyMatch(own -> own.toLowerCase(Locale.ROOT).equals(key.toLowerCase(Locale.ROOT)));
            if (changed) {
                throw new AwsError(
                        400,
                        "InvalidParameterValue",
                        "One of the specified transitive tag keys can't be set because it conflicts with a transitive "
                                + "tag key from the calling session.");
            }
            tags.put(key, parent.tags().get(key));
            transitive.add(key);
        }
    }
}
