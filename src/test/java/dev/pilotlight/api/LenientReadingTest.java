package dev.pilotlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.AWSIdentityStatus;
import dev.pilotlight.api.v1alpha1.AdoptionPolicy;
import dev.pilotlight.api.v1alpha1.BudgetAction;
import dev.pilotlight.api.v1alpha1.CredentialsSource;
import dev.pilotlight.api.v1alpha1.DeletionPolicy;
import dev.pilotlight.api.v1alpha1.ExceptionMode;
import dev.pilotlight.api.v1alpha1.ForecastMode;
import dev.pilotlight.api.v1alpha1.ForecastVerdict;
import dev.pilotlight.api.v1alpha1.IntervalMode;
import dev.pilotlight.api.v1alpha1.PreflightMode;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.RolloutSpec;
import dev.pilotlight.api.v1alpha1.RolloutStrategy;
import dev.pilotlight.api.v1alpha1.SelectorOperator;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointSpec;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.WarmCapacitySpec;
import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.api.v1alpha1.WarmExecutor;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicySpec;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import dev.pilotlight.api.v1alpha1.WarmSource;
import dev.pilotlight.domain.schema.ObjectSchema;
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
    void aPolicyIsReadTheSameWay() {
        var policy = serialization.unmarshal("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: WarmPolicy
                metadata: {name: future, namespace: ml-prod}
                spec:
                  targetRef: {name: sentiment, kind: New}
                  provisionedConcurrency:
                    exceptions: [{name: a, mode: Half, timeZone: UTC, from: '2026-12-25', share: 3}]
                    forecast: {mode: Guess}
                  budget: {monthlyUSD: 3, onExceeded: Page}
                  executor: Kueue
                  fallback: {}
                status:
                  demand: {provisionedConcurrency: 2, source: Moon, clampedBy: Mood}
                  forecast: {verdict: Lucky}
                """, WarmPolicy.class);

        WarmCapacitySpec capacity = policy.getSpec().provisionedConcurrency();
        assertThat(capacity.exceptions().getFirst().mode()).isEqualTo(ExceptionMode.UNKNOWN);
        assertThat(capacity.forecast().mode()).isEqualTo(ForecastMode.UNKNOWN);
        assertThat(capacity.windows()).isEmpty();
        assertThat(policy.getSpec().budget().onExceeded()).isEqualTo(BudgetAction.UNKNOWN);
        assertThat(policy.getSpec().executor()).isEqualTo(WarmExecutor.UNKNOWN);
        assertThat(policy.getStatus().demand().provisionedConcurrency()).isEqualTo(2);
        assertThat(policy.getStatus().demand().source()).isEqualTo(WarmSource.UNKNOWN);
        assertThat(policy.getStatus().forecast().verdict()).isEqualTo(ForecastVerdict.UNKNOWN);
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
                BudgetAction.class,
                CredentialsSource.class,
                DeletionPolicy.class,
                ExceptionMode.class,
                ForecastMode.class,
                ForecastVerdict.class,
                IntervalMode.class,
                PreflightMode.class,
                RevisionState.class,
                RolloutStrategy.class,
                SelectorOperator.class,
                WarmClamp.class,
                WarmExecutor.class,
                WarmSource.class
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
        assertThat(serialization.asJson(serialization.unmarshal("{}", WarmPolicyStatus.class)))
                .isEqualTo("{}");
    }

    @Test
    void whatIsReadIsWrittenBackTheSame() {
        var manifest = Manifests.endpoint("ml-prod", "same");
        var read = serialization.unmarshal(manifest.toString(), ServerlessEndpoint.class);
        assertThat(Manifests.yaml(serialization.asJson(read)).path("spec")).isEqualTo(manifest.path("spec"));

        var policy = Manifests.warmPolicy("ml-prod", "same");
        assertThat(Manifests.yaml(serialization.asJson(serialization.unmarshal(policy.toString(), WarmPolicy.class)))
                        .path("spec"))
                .isEqualTo(policy.path("spec"));
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

    @Test
    void whatAPolicyLeavesOutIsTheDefaultOfTheSchema() {
        var bare = """
                targetRef: {name: sentiment}
                provisionedConcurrency: {targetTracking: {min: 1, max: 3}, forecast: {}}
                keepWarm: {interval: {}, request: {contentType: application/json, body: '{}'}}
                budget: {monthlyUSD: 3}
                """;
        var schema = ObjectSchema.of(CrdExporter.definitions().get("warmpolicies.pilotlight.dev-v1.yml"), "v1alpha1");
        var object = Manifests.warmPolicy("a", "b");
        object.set("spec", Manifests.yaml(bare));
        var read = serialization.unmarshal(bare, WarmPolicySpec.class);
        var defaulted =
                serialization.unmarshal(schema.withDefaults(object).path("spec").toString(), WarmPolicySpec.class);

        var capacity = read.provisionedConcurrency();
        assertThat(capacity.baselineOrDefault())
                .isEqualTo(defaulted.provisionedConcurrency().baseline());
        assertThat(capacity.targetTracking().orDefaults())
                .isEqualTo(defaulted.provisionedConcurrency().targetTracking());
        assertThat(capacity.forecast().orDefaults())
                .isEqualTo(defaulted.provisionedConcurrency().forecast());
        assertThat(read.keepWarm().intervalOrDefault())
                .isEqualTo(defaulted.keepWarm().interval());
        assertThat(read.keepWarm().concurrencyOrDefault())
                .isEqualTo(defaulted.keepWarm().concurrency());
        assertThat(read.keepWarm().inWindowsOnly())
                .isEqualTo(defaulted.keepWarm().onlyInWindows());
        assertThat(read.budget().onExceededOrDefault())
                .isEqualTo(defaulted.budget().onExceeded());
        assertThat(read.executorOrDefault()).isEqualTo(defaulted.executor());
        assertThat(read.suspended()).isEqualTo(defaulted.suspend());
    }
}
