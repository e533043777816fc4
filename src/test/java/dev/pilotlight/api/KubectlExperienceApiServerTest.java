package dev.pilotlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.AWSIdentityStatus;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.ExternalID;
import dev.pilotlight.api.v1alpha1.NextChange;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.api.v1alpha1.WarmSource;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees through kubectl, with statuses as the operator writes them. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KubectlExperienceApiServerTest {
    private static final String SINCE = "2026-11-24T15:04:05Z";

    private KubeApi api;
    private String namespace;

    @BeforeAll
    void writeObjectsOfEveryState(KubeApi shared) {
        api = shared;
        namespace = shared.newNamespace("ml-prod");
        create(Manifests.identity("kubectl"), AWSIdentity.class, identity -> {
            identity.setStatus(new AWSIdentityStatus(
                    identity.getMetadata().getGeneration(),
                    List.of(ready("True", Reasons.ROLE_ASSUMED, "AWS accepts the role")),
                    "111122223333",
                    "2f1c9a4e-5b0d-4c55-9d0a-3a1f5d1f0c11",
                    List.of(new ExternalID("ml-prod", "pilotlight:2f1c9a4e:kubectl:ml-prod")),
                    null));
        });
        createEndpoint("sentiment", ready("True", Reasons.SUCCEEDED, "revision 9f3c2a1b serves"));
        createEndpoint(
                "stuck",
                ready("False", Reasons.EXECUTION_ROLE_NOT_ALLOWED, "AWSIdentity ml-prod does not allow the role"));
        api.admin()
                .resource(typed(Manifests.endpoint(namespace, "fresh"), ServerlessEndpoint.class))
                .create();
        create(Manifests.warmPolicy(namespace, "office-hours"), WarmPolicy.class, policy -> {
            policy.setStatus(new WarmPolicyStatusBuilder()
                    .observedGeneration(policy.getMetadata().getGeneration())
                    .conditions(List.of(ready("True", Reasons.IN_FORCE, "4 are kept warm by window office")))
                    .demand(new WarmDemand(4, null, WarmSource.TARGET_TRACKING, null, null, null, SINCE))
                    .next(new NextChange("2026-11-25T18:00:00Z", 1, WarmSource.BASELINE, null))
                    .build());
        });
    }

    @Test
    void aPolicyShowsWhatIsWarmWhyAndWhatComesNext() {
        List<String> lines = lines("get", "warm", "-n", namespace);

        assertThat(words(lines.getFirst()))
                .containsExactly("NAME", "READY", "STATUS", "TARGET", "WARM", "SOURCE", "NEXT", "AGE");
        assertThat(words(row(lines, "office-hours")).subList(0, 7))
                .containsExactly(
                        "office-hours", "True", "InForce", "sentiment", "4", "TargetTracking", "2026-11-25T18:00:00Z");
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(words(lines("get", "warm", "-n", namespace, "-o", "wide").getFirst()))
                .endsWith("NEXT-WARM", "MIN", "MAX", "CLAMPED-BY", "USD", "LAST-TRANSITION", "MESSAGE");
    }

    @Test
    void getShowsReadyAndTheReason() {
        List<String> lines = lines("get", "sep", "-n", namespace);

        assertThat(words(lines.getFirst()))
                .containsExactly("NAME", "READY", "STATUS", "REVISION", "MEMORY", "CONCURRENCY", "AGE");
        assertThat(words(row(lines, "sentiment")).subList(0, 6))
                .containsExactly("sentiment", "True", "Succeeded", "9f3c2a1b", "2048", "20");
        assertThat(words(row(lines, "stuck"))).startsWith("stuck", "False", "ExecutionRoleNotAllowed");
        assertThat(words(row(lines, "fresh")))
                .as("an object nobody reported on yet")
                .hasSize(2);
    }

    @Test
    void getFitsIntoATerminal() {
        assertThat(lines("get", "sep", "-n", namespace))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(lines("get", "awsid")).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void wideShowsWhereItIsAndWhatToDo() {
        List<String> lines = lines("get", "sep", "-n", namespace, "-o", "wide");

        assertThat(words(lines.getFirst()).subList(7, 12))
                .containsExactly("ENDPOINT", "REGION", "IDENTITY", "LAST-TRANSITION", "MESSAGE");
        assertThat(row(lines, "stuck"))
                .contains("ml-prod-stuck", "us-east-1", "ml-prod", "AWSIdentity ml-prod does not allow the role");
    }

    @Test
    void theCategoriesListWhatBelongsTogether() {
        assertThat(lines("get", "pilotlight", "-n", namespace))
                .anyMatch(line -> line.startsWith("serverlessendpoint.pilotlight.dev/sentiment "))
                .anyMatch(line -> line.startsWith("warmpolicy.pilotlight.dev/office-hours "));
        assertThat(lines("get", "pilotlight-admin")).anyMatch(line -> line.startsWith("kubectl "));
    }

    @Test
    void anIdentityShowsItsAccount() {
        List<String> lines = lines("get", "awsid");

        assertThat(words(lines.getFirst())).containsExactly("NAME", "READY", "STATUS", "ACCOUNT", "AGE");
        assertThat(words(row(lines, "kubectl"))).startsWith("kubectl", "True", "RoleAssumed", "111122223333");
        assertThat(words(lines("get", "awsid", "-o", "wide").getFirst())).endsWith("LAST-TRANSITION", "MESSAGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sep|A model served by Amazon SageMaker Serverless Inference",
                "sep.spec.serverless.memorySizeInMB|1024, 2048, 3072, 4096, 5120 or 6144",
                "sep.spec.rollout.strategy|ENUM: InPlace Preview",
                "sep.spec.rollout.progressDeadlineSeconds|Default: 1800",
                "warm.spec.provisionedConcurrency.windows.start|as cron: minute, hour, day of the month",
                "warm.status.demand|absent while the policy is not in force",
                "sep.status.revision.deployed|AWS confirmed to be serving",
                "awsid.spec.allowedExecutionRoles|one trailing * directly after a /"
            })
    void explainAnswersWithASentence(String pathAndText) {
        String[] parts = pathAndText.split("\\|", 2);
        String explained = String.join(" ", lines("explain", parts[0])).replaceAll("\\s+", " ");

        assertThat(explained).contains(parts[1]);
    }

    @Test
    void describeShowsTheConditions() {
        assertThat(String.join("\n", lines("describe", "sep", "stuck", "-n", namespace)))
                .contains("Conditions:", "ExecutionRoleNotAllowed", "AWSIdentity ml-prod does not allow the role");
    }

    @Test
    void waitEndsWhenReadyAndNotBefore() {
        assertThat(lines("wait", "--for=condition=Ready", "sep/sentiment", "-n", namespace, "--timeout=10s"))
                .containsExactly("serverlessendpoint.pilotlight.dev/sentiment condition met");
        assertThat(api.kubectl("wait", "--for=condition=Ready", "sep/stuck", "-n", namespace, "--timeout=1s")
                        .exitCode())
                .isNotZero();
    }

    private void createEndpoint(String name, Condition ready) {
        create(
                Manifests.endpoint(namespace, name),
                ServerlessEndpoint.class,
                endpoint -> endpoint.setStatus(serving(endpoint, ready)));
    }

    /** Creates the object and writes its status the way the operator does: server-side apply, with our field manager. */
    private <T extends CustomResource<?, ?>> void create(ObjectNode manifest, Class<T> kind, Consumer<T> report) {
        T created = api.admin().resource(typed(manifest, kind)).create();
        report.accept(created);
        created.getMetadata().setManagedFields(null);
        HasMetadata reported = api.admin()
                .resource(created)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(Pilotlight.FIELD_MANAGER)
                        .withForce(true)
                        .build());
        assertThat(reported.getMetadata().getGeneration())
                .as("a status write is no new generation")
                .isEqualTo(1);
    }

    private <T> T typed(ObjectNode manifest, Class<T> kind) {
        return api.admin().getKubernetesSerialization().unmarshal(manifest.toString(), kind);
    }

    private static Condition ready(String status, String reason, String message) {
        return new Condition(ConditionTypes.READY, status, reason, message, SINCE, 1L);
    }

    private List<String> lines(String... arguments) {
        var result = api.kubectl(arguments);
        assertThat(result.exitCode())
                .as("kubectl %s: %s", String.join(" ", arguments), result.err())
                .isZero();
        return result.out().lines().toList();
    }

    private static String row(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+"));
    }

    private static ServerlessEndpointStatus serving(ServerlessEndpoint endpoint, Condition ready) {
        return new ServerlessEndpointStatusBuilder()
                .observedGeneration(endpoint.getMetadata().getGeneration())
                .conditions(List.of(ready))
                .endpointName("ml-prod-" + endpoint.getMetadata().getName())
                .accountID("111122223333")
                .revision(new RevisionStatus("9f3c2a1b", "9f3c2a1b"))
                .effective(new EffectiveCapacity(2048, 20, null, null, null))
                .build();
    }
}
