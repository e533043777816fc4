package dev.pilotlight.simulator.autoscaling;

import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Permissions;
import java.util.Map;

/**
 * What a caller must be allowed to do: the operation itself, and what AWS does with the caller's own rights (AWS docs, "Endpoint auto
 * scaling prerequisites": the alarms, the look at the endpoint and its config, the update of its capacities).
 */
record Rights(Permissions permissions, AwsRequest request) {

    void operation(String resource) {
        permissions.require(request.caller(), "application-autoscaling:" + request.operation(), resource, Map.of());
    }

    /** On a target; IAM knows one that does not exist yet as {@code scalable-target/*}. */
    void operationOnTarget(Targets targets, String resourceId) {
        operation(targets.find(request.scope(), resourceId)
                .map(Target::arn)
                .orElseGet(() -> targetArn(request.scope(), "*")));
    }

    void hosting(String endpointName) {
        Scope scope = request.scope();
        String arn = "arn:aws:sagemaker:" + scope.region() + ":" + scope.accountId() + ":";
        require("sagemaker:DescribeEndpoint", arn + "endpoint/" + endpointName);
        require("sagemaker:DescribeEndpointConfig", arn + "endpoint-config/*");
        require("sagemaker:UpdateEndpointWeightsAndCapacities", arn + "endpoint/" + endpointName);
    }

    void alarms(String resourceId, String... operations) {
        Scope scope = request.scope();
        for (String operation : operations) {
            require(
                    "cloudwatch:" + operation,
                    "arn:aws:cloudwatch:" + scope.region() + ":" + scope.accountId() + ":alarm:TargetTracking-"
                            + resourceId + "-*");
        }
    }

    /** Needed by the first who registers a target in an account. */
    void serviceLinkedRole(String roleArn) {
        permissions.require(
                request.caller(),
                "iam:CreateServiceLinkedRole",
                roleArn,
                Map.of("iam:AWSServiceName", "sagemaker.application-autoscaling.amazonaws.com"));
    }

    private void require(String action, String resource) {
        permissions.require(request.caller(), action, resource, Map.of());
    }

    static String targetArn(Scope scope, String id) {
        return "arn:aws:application-autoscaling:" + scope.region() + ":" + scope.accountId() + ":scalable-target/" + id;
    }
}
