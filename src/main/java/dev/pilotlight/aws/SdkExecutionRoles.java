package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.preflight.RoleFacts;
import dev.pilotlight.domain.preflight.TrustPolicy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;

/** AWS IAM on the AWS SDK. */
final class SdkExecutionRoles implements ExecutionRoles {

    private static final String OPERATION = "iam:GetRole";

    private final SessionCalls calls;

    SdkExecutionRoles(SessionCalls calls) {
        this.calls = calls;
    }

    @Override
    public Optional<RoleFacts> look(String roleARN) {
        GetRoleRequest request = GetRoleRequest.builder()
                .overrideConfiguration(calls.credentials())
                .roleName(roleARN.substring(roleARN.lastIndexOf('/') + 1))
                .build();
        try {
            String policy = calls.read(
                            OPERATION,
                            Priority.CHANGE,
                            () -> calls.clients().iam().getRole(request))
                    .role()
                    .assumeRolePolicyDocument();
            // AWS docs: the document comes URL-encoded, as RFC 3986 does it, where a plus sign is itself.
            String decoded = URLDecoder.decode(policy.replace("+", "%2B"), StandardCharsets.UTF_8);
            return Optional.of(new RoleFacts(TrustPolicy.trustsSageMaker(decoded)));
        } catch (AwsException e) {
            if (e.kind() == FailureKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
