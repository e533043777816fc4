package dev.pilotlight.operator.kube;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.domain.endpoint.Verdict;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;

/** Objects and statuses for tests of what is written to Kubernetes. */
final class Endpoints {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Endpoints() {}

    static ServerlessEndpoint endpoint(String namespace, String name) {
        return Serialization.unmarshal("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: ServerlessEndpoint
                metadata:
                  name: %s
                  namespace: %s
                spec:
                  identityRef:
                    name: ml-prod
                  region: us-east-1
                  model:
                    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0
                    executionRoleARN: arn:aws:iam::111122223333:role/sagemaker/sentiment
                  serverless:
                    memorySizeInMB: 1024
                    maxConcurrency: 1
                """.formatted(name, namespace), ServerlessEndpoint.class);
    }

    static AWSIdentity identity(String name) {
        return Serialization.unmarshal("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: AWSIdentity
                metadata:
                  name: %s
                spec:
                  credentials:
                    source: Pod
                """.formatted(name), AWSIdentity.class);
    }

    static ServerlessEndpointStatus status(long generation, String endpointName, List<Condition> conditions) {
        return new ServerlessEndpointStatusBuilder()
                .observedGeneration(generation)
                .conditions(conditions)
                .endpointName(endpointName)
                .build();
    }

    static ServerlessEndpointStatus creating(long generation) {
        return status(
                generation,
                "ml-prod-sentiment",
                Conditions.of(
                        List.of(),
                        List.of(
                                isFalse(ConditionTypes.READY, Reasons.CREATING_ENDPOINT, "creating"),
                                isTrue(ConditionTypes.RECONCILING, Reasons.CREATING_ENDPOINT, "creating")),
                        generation,
                        NOW));
    }

    static ServerlessEndpointStatus ready(long generation) {
        return status(
                generation,
                "ml-prod-sentiment",
                Conditions.of(
                        List.of(),
                        List.of(isTrue(ConditionTypes.READY, Reasons.SUCCEEDED, "serves")),
                        generation,
                        NOW));
    }

    static Verdict isTrue(String type, String reason, String message) {
        return new Verdict(type, Verdict.Status.TRUE, reason, message);
    }

    static Verdict isFalse(String type, String reason, String message) {
        return new Verdict(type, Verdict.Status.FALSE, reason, message);
    }

    static Verdict unknown(String type, String reason, String message) {
        return new Verdict(type, Verdict.Status.UNKNOWN, reason, message);
    }
}
