package dev.pilotlight.faults.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import dev.pilotlight.testing.gitops.SyncEngine;
import dev.pilotlight.testing.gitops.SyncEngine.Phase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sync engine applies, waits, compares, heals, prunes and recreates (F34), and never finds a reason to fight. */
@RealApiServer
class SyncEngineApiServerTest {
    private static final String NAME = Ask.NAME;

    @Test
    void aCommitIsSyncedWaveByWaveAndASecondSyncHasNothingToDo(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "gitops");
            SyncEngine engine = new SyncEngine(api, team.namespace());
            engine.commit(commit(team, 2048, 20));
            assertThat(team.exists(NAME)).as("before the identity is healthy").isFalse();
            assertThat(sync(world, engine)).isEqualTo(Phase.SUCCEEDED);
            assertThat(team.isReady(NAME)).isTrue();
            world.settle();
            assertThat(engine.differences()).isEmpty();

            world.forgetCalls();
            String version = version(team);
            engine.commit(commit(team, 2048, 20));
            assertThat(engine.step()).isEqualTo(Phase.RUNNING);
            assertThat(engine.step()).isEqualTo(Phase.SUCCEEDED);
            world.advanceBy(Duration.ofMinutes(10));
            assertThat(world.mutations()).isEmpty();
            assertThat(version(team)).isEqualTo(version);
            assertThat(engine.heal()).isZero();
            pruneAll(world, engine, team);
        }
    }

    @Test
    void anEditIsNeverHealthyBeforeItServesAndARevertIsHealthyAgain(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "gitops");
            SyncEngine engine = new SyncEngine(api, team.namespace());
            engine.commit(commit(team, 2048, 20));
            sync(world, engine);

            engine.commit(commit(team, 3072, 20));
            assertThat(sync(world, engine)).isEqualTo(Phase.SUCCEEDED);
            assertThat(team.status(NAME).orElseThrow().effective().memorySizeInMB())
                    .as("when the sync called it healthy")
                    .isEqualTo(3072);
            assertThat(engine.differences()).isEmpty();

            List<GenericKubernetesResource> bad = commit(team, 3072, 20);
            image(bad, "no-such-tag");
            engine.commit(bad);
            assertThat(sync(world, engine)).isEqualTo(Phase.FAILED);
            assertThat(team.isTrue(NAME, "Available"))
                    .as("the old revision serves")
                    .isTrue();
            assertThat(engine.differences()).isEmpty();

            engine.commit(commit(team, 3072, 20));
            assertThat(sync(world, engine)).isEqualTo(Phase.SUCCEEDED);
            assertThat(team.isReady(NAME)).isTrue();
            pruneAll(world, engine, team);
        }
    }

    @Test
    void throttlingIsNoReasonToFailASync(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "gitops");
            SyncEngine engine = new SyncEngine(api, team.namespace());
            world.simulator()
                    .faults()
                    .sometimes(
                            0.5,
                            FaultPlan.named("sagemaker.Create*"),
                            new Fault.Refuse(400, "ThrottlingException", "Rate exceeded"));
            engine.commit(commit(team, 2048, 20));
            assertThat(sync(world, engine)).isEqualTo(Phase.SUCCEEDED);
            world.simulator().faults().clear();
            pruneAll(world, engine, team);
        }
    }

    @Test
    void selfHealAndAPersonFightAndTheOperatorTakesNoSide(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "gitops");
            SyncEngine engine = new SyncEngine(api, team.namespace());
            engine.commit(commit(team, 2048, 20));
            sync(world, engine);
            for (int i = 1; i <= 5; i++) {
                team.editEndpoint(
                        NAME,
                        "{\"spec\":{\"serverless\":{\"memorySizeInMB\":%d}}}".formatted(2048 + 1024 * (i % 3 + 1)));
                world.settle();
                assertThat(engine.heal()).isEqualTo(1);
                world.settle();
            }
            world.advanceUntil("healed", () -> Ask.CREATE.done(team));
            assertThat(engine.differences()).isEmpty();
            assertThat(team.isReady(NAME)).isTrue();
            assertThat(team.status(NAME).orElseThrow().effective().memorySizeInMB())
                    .isEqualTo(2048);
            Ordeal.assertQuiet(world, team);
            pruneAll(world, engine, team);
        }
    }

    @Test
    void anObjectThatIsRecreatedAgainAndAgainServesEveryTime(KubeApi api) {
        try (World world = Ordeal.world(api)) {
            Tenant team = Tenant.in(world, "gitops");
            SyncEngine engine = new SyncEngine(api, team.namespace());
            engine.commit(commit(team, 2048, 20));
            sync(world, engine);
            GenericKubernetesResource hook = commit(team, 2048, 20).getLast();
            for (int i = 0; i < 3; i++) {
                world.advanceUntil("made anew", () -> engine.recreate(hook));
                world.advanceUntil("healthy", () -> engine.health(hook).equals("Healthy"));
            }
            assertThat(team.inAws()).hasSize(3);
            Ordeal.assertQuiet(world, team);
            pruneAll(world, engine, team);
        }
    }

    private static Phase sync(World world, SyncEngine engine) {
        List<Phase> phases = new ArrayList<>();
        world.advanceUntil("the sync has ended", () -> {
            phases.add(engine.step());
            return phases.getLast() != Phase.RUNNING;
        });
        return phases.getLast();
    }

    /** An empty commit: the endpoint has to be gone from AWS before it goes, and the identity goes after it. */
    private static void pruneAll(World world, SyncEngine engine, Tenant team) {
        engine.commit(List.of());
        world.advanceUntil("all is pruned", () -> !engine.prune());
        assertThat(team.inAws()).isEmpty();
        assertThat(world.identity(team.identity())).isNull();
    }

    private static String version(Tenant team) {
        return team.endpoint(NAME).getMetadata().getResourceVersion();
    }

    private static void image(List<GenericKubernetesResource> commit, String tag) {
        commit.getLast()
                .<java.util.Map<String, Object>>get("spec", "model")
                .put("image", Tenant.REGISTRY + "/sentiment:" + tag);
    }

    /** What a team has in Git. */
    private static List<GenericKubernetesResource> commit(Tenant team, int memorySizeInMB, int maxConcurrency) {
        String identity = """
                apiVersion: pilotlight.dev/v1alpha1
                kind: AWSIdentity
                metadata:
                  name: "%1$s"
                  annotations: {argocd.argoproj.io/sync-wave: "-1"}
                spec:
                  credentials: {source: AssumeRole, roleARN: "%2$s"}
                  allowedNamespaces: {names: ["%1$s"]}
                  allowedRegions: [us-east-1]
                  allowedExecutionRoles: ["arn:aws:iam::111122223333:role/sagemaker/*"]
                  allowedImageRegistries: ["%3$s"]
                  allowedModelDataPrefixes: ["s3://ml-prod-models/"]
                """.formatted(team.identity(), team.roleARN(), Tenant.REGISTRY);
        String endpoint = """
                apiVersion: pilotlight.dev/v1alpha1
                kind: ServerlessEndpoint
                metadata:
                  name: "%1$s"
                  namespace: "%2$s"
                  labels: {team: ml}
                spec:
                  identityRef: {name: "%2$s"}
                  region: us-east-1
                  model:
                    image: %3$s/sentiment:1.4.0
                    modelDataURL: s3://ml-prod-models/sentiment/1.4.0/model.tar.gz
                    executionRoleARN: arn:aws:iam::111122223333:role/sagemaker/sentiment
                    environment:
                      - {name: LOG_LEVEL, value: info}
                  serverless: {memorySizeInMB: %4$d, maxConcurrency: %5$d}
                  tags:
                    - {key: cost-centre, value: "42"}
                """.formatted(NAME, team.namespace(), Tenant.REGISTRY, memorySizeInMB, maxConcurrency);
        return List.of(
                Serialization.unmarshal(identity, GenericKubernetesResource.class),
                Serialization.unmarshal(endpoint, GenericKubernetesResource.class));
    }
}
