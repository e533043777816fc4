package dev.pilotlight.simulator.sts;

import dev.pilotlight.simulator.iam.PolicyDocument;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * An assumed-role session.
 *
 * @param accountId account of the role
 * @param roleArn ARN of the role, path included
 * @param roleId {@code AROA...}; a role that is deleted and made again has another, which ends its sessions' rights
 * @param name RoleSessionName
 * @param tags session tags, those inherited by role chaining included
 * @param transitiveTagKeys keys of the tags that a further AssumeRole inherits
 * @param policy inline session policy, null when none was passed
 * @param expires on the wall clock, as AWS SDKs compare it
 */
record Session(
        String accountId,
        String roleArn,
        String roleId,
        String name,
        Map<String, String> tags,
        Set<String> transitiveTagKeys,
        PolicyDocument policy,
        Instant expires) {

    /** {@code arn:aws:sts::111122223333:assumed-role/role/session}; the role's path is not part of it. */
    String arn() {
        String roleName = roleArn.substring(roleArn.lastIndexOf('/') + 1);
        return "arn:aws:sts::" + accountId + ":assumed-role/" + roleName + "/" + name;
    }
}
