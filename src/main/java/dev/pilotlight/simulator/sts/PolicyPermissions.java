package dev.pilotlight.simulator.sts;

import dev.pilotlight.simulator.iam.ConditionKeys;
import dev.pilotlight.simulator.iam.Decision;
import dev.pilotlight.simulator.iam.Role;
import dev.pilotlight.simulator.iam.RoleStore;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.Caller;
import dev.pilotlight.simulator.world.Permissions;
import java.util.Map;
import java.util.Optional;

/**
 * Permissions from the policies of the caller's role and session. Users and the account root may do everything; a
 * session may do what its role's inline policies and its session policy both allow.
 */
public final class PolicyPermissions implements Permissions {
    private final RoleStore roles;
    private final SessionStore sessions;
    private final boolean enforcePolicies;

    /**
     * @param enforcePolicies true as AWS has it; false lets a role that has no policy at all do everything, so that a
     *     newcomer need not write policies first
     */
    public PolicyPermissions(RoleStore roles, SessionStore sessions, boolean enforcePolicies) {
        this.roles = roles;
        this.sessions = sessions;
        this.enforcePolicies = enforcePolicies;
    }

    @Override
    public void require(Caller caller, String action, String resource, Map<String, String> context) {
        Decision decision = decide(caller, action, resource, ConditionKeys.of(context));
        if (decision != Decision.ALLOW) {
            throw denied(caller, action, resource, decision);
        }
    }

    /** What the caller's own policies say; condition keys of the principal are added to {@code keys}. */
    Decision decide(Caller caller, String action, String resource, ConditionKeys keys) {
        Optional<Session> session = sessions.find(caller.accessKeyId());
        addPrincipalKeys(caller, session, keys);
        if (session.isEmpty()) {
            return Decision.ALLOW;
        }
        Optional<Role> role = roles.find(session.get().roleArn())
                .filter(found -> found.id().equals(session.get().roleId()));
        if (role.isEmpty()) {
            return Decision.NOT_MENTIONED;
        }
        Decision decision = role.get().policies().isEmpty() && !enforcePolicies
                ? Decision.ALLOW
                : role.get().decide(action, resource, keys);
        return session.get().policy() == null
                ? decision
                : decision.and(session.get().policy().decide(action, resource, keys));
    }

    private static void addPrincipalKeys(Caller caller, Optional<Session> session, ConditionKeys keys) {
        // Of a session, aws:PrincipalArn is the ARN of its role, not of the session.
        keys.put("aws:PrincipalArn", session.map(Session::roleArn).orElse(caller.arn()));
        keys.put("aws:PrincipalAccount", caller.accountId());
        keys.put("aws:PrincipalType", session.isPresent() ? "AssumedRole" : "User");
        keys.put("aws:RequestedRegion", caller.region());
        session.ifPresent(known -> {
            keys.put("aws:userid", known.roleId() + ":" + known.name());
            known.tags().forEach((key, value) -> keys.put("aws:PrincipalTag/" + key, value));
        });
    }

    static AwsError denied(Caller caller, String action, String resource, Decision decision) {
        String why = decision == Decision.EXPLICIT_DENY ? " with an explicit deny in an identity-based policy" : "";
        return new AwsError(
                400,
                "AccessDeniedException",
                "User: " + caller.arn() + " is not authorized to perform: " + action + " on resource: " + resource
                        + why);
    }
}
