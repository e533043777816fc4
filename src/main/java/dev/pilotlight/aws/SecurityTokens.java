package dev.pilotlight.aws;

import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.identity.ExternalIds;
import dev.pilotlight.domain.identity.SessionNames;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** STS, called with the pod's credentials. */
final class SecurityTokens {

    static final String ASSUME_ROLE = "sts:AssumeRole";

    /** All that the poller's session may do, whatever the role allows. The same as deploy/iam/inventory-session.json. */
    static final String READ_ONLY = """
            {"Version":"2012-10-17","Statement":[{"Sid":"ReadHosting","Effect":"Allow","Action":[\
            "sagemaker:ListEndpoints","sagemaker:ListEndpointConfigs","sagemaker:ListModels","sagemaker:ListTags",\
            "sagemaker:DescribeEndpoint","sagemaker:DescribeEndpointConfig","sagemaker:DescribeModel"],"Resource":"*"}]}""";

    private final SessionCalls calls;

    SecurityTokens(SessionCalls calls) {
        this.calls = calls;
    }

    /** Session name, external id and tags come from the request alone; none of the tags is transitive. */
    RoleSession assume(SessionRequest request, String roleARN, Duration duration) {
        AssumeRoleRequest.Builder assume = AssumeRoleRequest.builder()
                .overrideConfiguration(calls.credentials())
                .roleArn(roleARN)
                .durationSeconds((int) duration.toSeconds());
        String namespace =
                switch (request.purpose()) {
                    case SessionRequest.Purpose.Tenant(String name) -> {
                        assume.roleSessionName(SessionNames.tenant(request.clusterID(), name));
                        yield name;
                    }
                    case SessionRequest.Purpose.Inventory() -> {
                        assume.roleSessionName(SessionNames.inventory(request.clusterID()))
                                .policy(READ_ONLY);
                        yield ExternalIds.INVENTORY;
                    }
                };
        assume.externalId(ExternalIds.tenant(request.clusterID(), request.identity(), namespace))
                .tags(List.of(
                        tag("cluster", request.clusterID()),
                        tag("namespace", namespace),
                        tag("identity", request.identity())));
        AssumeRoleResponse answer = calls.read(
                ASSUME_ROLE, Priority.DELETE, () -> calls.clients().sts().assumeRole(assume.build()));
        Credentials credentials = answer.credentials();
        return new RoleSession(
                List.of(answer.assumedRoleUser().arn().split(":", 6)).get(4),
                AwsSessionCredentials.create(
                        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()),
                credentials.expiration());
    }

    /** The account of the pod's own credentials. */
    String account() {
        return calls.read(
                        "sts:GetCallerIdentity",
                        Priority.DELETE,
                        () -> calls.clients()
                                .sts()
                                .getCallerIdentity(get -> get.overrideConfiguration(calls.credentials())))
                .account();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(Ownership.TAG_PREFIX + key).value(value).build();
    }
}
