package dev.pilotlight.faults.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.Annotations;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Namespaces, finalizers, definitions and the operator itself go (F22). */
@RealApiServer
class EndsApiServerTest {
    private static final String NAME = Ask.NAME;

    @Test
    void aNamespaceThatIsDeletedLeavesNothingInAws(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "leaving").serving(NAME);
            team.applyEndpoint("other");
            world.advanceUntil("both are ready", () -> team.isReady("other"));
            api.admin().namespaces().withName(team.namespace()).delete();
            // What the namespace controller does; there is none here.
            api.admin()
                    .resources(ServerlessEndpoint.class)
                    .inNamespace(team.namespace())
                    .delete();
            world.advanceUntil("all is gone", () -> !team.exists(NAME) && !team.exists("other"));
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void aFinalizerThatAPersonTookOffLeavesWhatCarriesOurTagsAndTheNextOneTakesItOver(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "torn").serving(NAME);
            List<String> inAws = team.inAws();
            team.editEndpoint(NAME, "{\"metadata\":{\"finalizers\":[]}}");
            team.deleteEndpoint(NAME);
            team.editIfThere(NAME, "{\"metadata\":{\"finalizers\":[]}}");
            world.forgetCalls();
            world.advanceBy(Duration.ofHours(1));
            assertThat(world.mutations()).as("for nobody").isEmpty();
            assertThat(team.inAws()).isEqualTo(inAws);

            team.applyEndpoint(NAME);
            world.advanceUntil("taken over", () -> team.isReady(NAME));
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(world.mutations()).doesNotContain("sagemaker:CreateEndpoint");
            Ordeal.assertQuiet(world, team);
            Ordeal.leave(world, team);
        }
    }

    @Test
    void anOperatorThatWasAbsentForADayDoesWhatWasAskedMeanwhile(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "absent").serving(NAME);
            team.applyEndpoint("other");
            world.advanceUntil("both are ready", () -> team.isReady("other"));
            world.stopOperator();
            Ask.CHANGE.ask(team);
            team.deleteEndpoint("other");
            world.advanceBy(Duration.ofDays(1));
            assertThat(team.inAws()).hasSize(6);
            world.startOperator();
            world.advanceUntil("done", () -> Ask.CHANGE.done(team) && !team.exists("other"));
            Ordeal.assertQuiet(world, team);
            Ordeal.leave(world, team);
        }
    }

    @Test
    void aDefinitionThatIsDeletedTakesNoEndpointAlong() throws IOException {
        try (KubeApi api = KubeApi.startIfPresent().orElseThrow();
                World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "uninstalled").serving(NAME);
            List<String> inAws = team.inAws();
            world.forgetCalls();
            definition(api, "delete", "--wait=false");
            world.advanceUntil("it says so", () -> team.isTrue(NAME, "Terminating", "DefinitionDeleted"));
            world.advanceBy(Duration.ofHours(1));
            assertThat(world.mutations()).isEmpty();
            assertThat(team.inAws()).isEqualTo(inAws);
            String uid = team.endpoint(NAME).getMetadata().getUid();
            assertThat(team.condition(NAME, "Terminating").orElseThrow().message())
                    .contains(Annotations.ABANDON + " to " + uid);

            team.editEndpoint(
                    NAME, "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(Annotations.ABANDON, uid));
            Waiting.until(() -> api.admin()
                            .apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .withName(HasMetadata.getFullResourceName(ServerlessEndpoint.class))
                            .get()
                    == null);
            assertThat(team.inAws()).isEqualTo(inAws);
            world.stopOperator();

            KubeApi.Kubectl again = api.kubectl("create", "-f", "crds/serverlessendpoints.pilotlight.dev-v1.yml");
            assertThat(again.exitCode()).as(again.err()).isZero();
            Waiting.until(() -> api.kubectl("get", "serverlessendpoints", "-A").exitCode() == 0);
            world.startOperator();
            team.applyEndpoint(NAME);
            world.advanceUntil("taken over", () -> team.isReady(NAME));
            assertThat(world.mutations()).doesNotContain("sagemaker:CreateEndpoint", "sagemaker:DeleteEndpoint");
            Ordeal.leave(world, team);
        }
    }

    private static void definition(KubeApi api, String verb, String option) {
        assertThat(api.kubectl(verb, "crd", HasMetadata.getFullResourceName(ServerlessEndpoint.class), option)
                        .exitCode())
                .isZero();
    }
}
