package dev.pilotlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.AWSIdentityStatus;
import dev.pilotlight.api.v1alpha1.AdoptionPolicy;
import dev.pilotlight.api.v1alpha1.CredentialsSource;
import dev.pilotlight.api.v1alpha1.DeletionPolicy;
import dev.pilotlight.api.v1alpha1.PreflightMode;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.RolloutSpec;
import dev.pilotlight.api.v1alpha1.RolloutStrategy;
import dev.pilotlight.api.v1alpha1.SelectorOperator;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointSpec;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object written by a newer version is read as far as it is understood, and never stops the informer. */
@EnableKubernetesMockClient(crud = true)
final class LenientReadingTest {
    private static final String FROM_THE_FUTURE = """
            apiVersion: pilotlight.dev/v1alpha1
            kind: ServerlessEndpoint
            metadata: {name: future, namespace: ml-prod}
            spec:
              identityRef: {name: ml-prod, namespace: new}
              region: us-east-1
              model: {image: a.example.com/b:1, executionRoleARN: 'arn:aws:iam::111122223333:role/a', snapshot: {on: true}}
              serverless: {memorySizeInMB: 2048, maxConcurrency: 20, burst: 3}
              rollout: {strategy: Canary, steps: [1, 10], validation: {requests: [{name: a, body: x, expect: y, retries: 2}]}}
              preflight: Paranoid
              deletionPolicy: Archive
              adoptionPolicy: Ask
              tags: [{key: a, value: b, scope: new}]
              mirrors: [{region: eu-west-1}]
            status:
              observedGeneration: 1
              phase: {name: new}
              conditions: [{type: New, status: Perhaps, reason: New, message: m, lastTransitionTime: t, severity: Info}]
              revisions: [{name: r, state: Baking, weight: 10}]
            """;

    private final KubernetesSerialization serialization = new KubernetesSerialization();
    private KubernetesClient client;

    @Test
    void unknownFieldsAreIgnoredAndUnknownValuesAreReadAsUnknown() {
        var endpoint = serialization.unmarshal(FROM_THE_FUTURE, ServerlessEndpoint.class);

        assertThat(endpoint.getSpec().serverless().memorySizeInMB()).isEqualTo(2048);
        assertThat(endpoint.getSpec().rollout().strategy()).isEqualTo(RolloutStrategy.UNKNOWN);
        assertThat(endpoint.getSpec().preflight()).isEqualTo(PreflightMode.UNKNOWN);
        assertThat(endpoint.getSpec().tags().getFirst().value()).isEqualTo("b");
        assertThat(endpoint.getStatus().conditions().getFirst().status()).isEqualTo("Perhaps");
        assertThat(endpoint.getStatus().revisions().getFirst().state()).isEqualTo(RevisionState.UNKNOWN);
    }

    @Test
    void anIdentityIsReadTheSameWay() {
        var identity = serialization.unmarshal("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: AWSIdentity
                metadata: {name: future}
                spec: {credentials: {source: Anywhere, trustAnchor: a}, allowedRegions: [us-east-1], allowedModels: [a]}
                """, AWSIdentity.class);

        assertThat(identity.getSpec().credentials().source()).isEqualTo(CredentialsSource.UNKNOWN);
        assertThat(identity.getSpec().allowedRegions()).containsExactly("us-east-1");
        assertThat(identity.getSpec().allowedExecutionRoles()).isEmpty();
        assertThat(identity.getSpec().endpointNamesOrDefault()).containsExactly("{namespace}-*");
    }

    @Test
    void theInformerGoesOn() throws Exception {
        create("future");
        try (var informer =
                client.resources(ServerlessEndpoint.class).inAnyNamespace().inform()) {
            create("later");
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> informer.getStore().list().size() == 2);
            assertThat(informer.getStore().list())
                    .allSatisfy(
                            endpoint -> assertThat(endpoint.getSpec().region()).isEqualTo("us-east-1"));
        }
    }

    private void create(String name) {
        var object = serialization.unmarshal(
                FROM_THE_FUTURE.replace("name: future", "name: " + name), GenericKubernetesResource.class);
        client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(ServerlessEndpoint.class))
                .inNamespace("ml-prod")
                .resource(object)
                .create();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AdoptionPolicy.class,
                CredentialsSource.class,
                DeletionPolicy.class,
                PreflightMode.class,
                RevisionState.class,
                RolloutStrategy.class,
                SelectorOperator.class
            })
    void everyValueIsReadAsItIsWrittenAndAnyOtherIsUnknown(Class<? extends Enum<?>> type) {
        for (Enum<?> value : type.getEnumConstants()) {
            assertThat((Object) serialization.unmarshal(serialization.asJson(value), type))
                    .isEqualTo(value);
        }
        assertThat(serialization.unmarshal("\"Newer\"", type).name()).isEqualTo("UNKNOWN");
    }

    /** Under server-side apply a list that is written is owned, so absence must stay absence. */
    @Test
    void whatIsAbsentIsNotWritten() {
        assertThat(serialization.asJson(serialization.unmarshal("{}", ServerlessEndpointStatus.class)))
                .isEqualTo("{}");
        assertThat(serialization.asJson(serialization.unmarshal("{}", AWSIdentityStatus.class)))
                .isEqualTo("{}");
    }

    @Test
    void whatIsReadIsWrittenBackTheSame() {
        var manifest = Manifests.endpoint("ml-prod", "same");
        var read = serialization.unmarshal(manifest.toString(), ServerlessEndpoint.class);
        assertThat(Manifests.yaml(serialization.asJson(read)).path("spec")).isEqualTo(manifest.path("spec"));
    }

    /** Manifests that no API server has seen, such as those given to {@code pilotlight plan}, mean the same. */
    @Test
    void whatASpecLeavesOutIsTheDefaultOfTheSchema() {
        var bare = serialization
                .unmarshal(
                        Manifests.patched(Manifests.endpoint("a", "b"), "spec: {rollout: null}")
                                .toString(),
                        ServerlessEndpoint.class)
                .getSpec();
        var schema = CrdExporter.definitions()
                .get("serverlessendpoints.pilotlight.dev-v1.yml")
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
        var defaults = serialization.unmarshal(
                "rollout: {strategy: %s, progressDeadlineSeconds: %s, revisionHistoryLimit: %s}\npreflight: %s\nadoptionPolicy: %s\nsuspend: %s"
                        .formatted(
                                schema.at("/rollout/properties/strategy/default"),
                                schema.at("/rollout/properties/progressDeadlineSeconds/default"),
                                schema.at("/rollout/properties/revisionHistoryLimit/default"),
                                schema.at("/preflight/default"),
                                schema.at("/adoptionPolicy/default"),
                                schema.at("/suspend/default")),
                ServerlessEndpointSpec.class);

        assertThat(bare.rolloutOrDefault()).isEqualTo(defaults.rollout());
        assertThat(new RolloutSpec(null, null, null, null).orDefaults()).isEqualTo(defaults.rollout());
        assertThat(bare.preflightOrDefault()).isEqualTo(defaults.preflight());
        assertThat(bare.adoptionPolicyOrDefault()).isEqualTo(defaults.adoptionPolicy());
        assertThat(bare.suspended()).isEqualTo(defaults.suspend());
    }
}
