package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.domain.endpoint.Scene.isTrue;
import static dev.pilotlight.domain.endpoint.Scene.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody changed in AWS while all was at rest: told with what it was, and repaired. */
class DriftTest {
    private final Scene scene = Scene.serving();

    @Test
    void aModelThatIsGoneIsMadeAgainFromTheDigestThatServes() {
        scene.models.put(scene.desired().modelName(), new Sighting.Absent<>());

        Decision decision = scene.pass();

        assertThat(decision.step())
                .isInstanceOfSatisfying(
                        Step.CreateModel.class,
                        create -> assertThat(create.request().image()).isEqualTo("repository@sha256:abc"));
        assertThat(told(decision)).contains("model").contains(scene.desired().modelName());
        assertThat(isTrue(decision, ConditionTypes.READY)).isTrue();
        assertThat(scene.settle().step()).isEqualTo(new Step.None());
    }

    @Test
    void aModelThatIsGoneIsMadeBeforeAConfigThatNeedsIt() {
        scene.livePathRefused = true;
        assertThat(scene.wants(b -> b.concurrency(20, 2)).pass().step())
                .as("the config's name is noted first")
                .isEqualTo(new Step.None());
        scene.models.put(scene.desired().modelName(), new Sighting.Absent<>());

        Decision decision = scene.pass();

        assertThat(decision.step()).isInstanceOf(Step.CreateModel.class);
        assertThat(told(decision)).contains("model").contains(scene.desired().modelName());
        assertThat(scene.pass().step()).isInstanceOf(Step.CreateEndpointConfig.class);
        assertThat(scene.pass().step()).isInstanceOf(Step.UpdateEndpoint.class);
    }

    @Test
    void anEndpointConfigThatIsGoneIsMadeAgainWithTheConcurrencyItsNameTells() {
        scene.wants(b -> b.concurrency(30, null)).settle();
        scene.awsFinishes().settle();
        String config = scene.live().configName();
        assertThat(config).isNotEqualTo(scene.desired().configName());
        scene.configs.put(config, new Sighting.Absent<>());

        Decision decision = scene.pass();

        assertThat(decision.step()).isInstanceOfSatisfying(Step.CreateEndpointConfig.class, create -> {
            assertThat(create.request().name()).isEqualTo(config);
            assertThat(create.owner().digest())
                    .isEqualTo(scene.desired()
                            .configOwner(scene.desired()
                                    .names()
                                    .concurrencyOfConfig(config)
                                    .orElseThrow())
                            .digest());
        });
        assertThat(told(decision)).contains(config);
        assertThat(scene.settle().step()).isEqualTo(new Step.None());
        assertThat(scene.status.revisions().getFirst().otherEndpointConfigNames())
                .isEmpty();
    }

    @Test
    void capacityThatWasChangedIsToldWithBothNumbersAndBroughtBack() {
        live(scene.live().configName(), new Concurrency(5, 0));

        Decision decision = scene.pass();

        assertThat(decision.step()).isInstanceOf(Step.UpdateConcurrency.class);
        assertThat(told(decision)).contains("concurrency").contains("5");
        assertThat(scene.pass().announcements()).as("once").isEmpty();
    }

    @Test
    void capacityThatTheSpecChangesIsNoDrift() {
        assertThat(scene.wants(b -> b.concurrency(30, null)).pass().announcements())
                .isEmpty();
        scene.awsRollsBack("Capacity is short.").settle();
        scene.retry = "1";

        assertThat(scene.pass().announcements()).as("nor is a second try").isEmpty();
    }

    @Test
    void anotherConfigThanOursIsToldAndRolledBack() {
        live("somebody-elses", new Concurrency(5, 0));

        Decision decision = scene.pass();

        assertThat(told(decision)).contains("endpointConfigName").contains("somebody-elses");
        assertThat(scene.settle().announcements()).isEmpty();
        assertThat(scene.live().status().isMoving()).isTrue();
        assertThat(said(scene.awsFinishes().settle(), ConditionTypes.READY)).isEqualTo("True/Succeeded");
    }

    @Test
    void anotherEndpointUnderTheSameNameIsToldAndNotTouched() {
        EndpointSnapshot was = scene.live();
        scene.put(
                new EndpointSnapshot(
                        was.name(),
                        was.arn(),
                        was.status(),
                        was.creationTime().plusSeconds(60),
                        was.lastModifiedTime().plusSeconds(60),
                        was.configName(),
                        Optional.empty(),
                        was.variants()),
                Map.of());

        Decision decision = scene.pass();

        assertThat(told(decision)).contains("another one");
        assertThat(said(decision, ConditionTypes.STALLED)).isEqualTo("True/NameTaken");
        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(scene.pass().announcements()).isEmpty();
    }

    @Test
    void aTagThatIsGoneIsToldByItsKey() {
        Map<String, String> tags = new HashMap<>(scene.tags());
        String key = Ownership.fromTags(tags).orElseThrow().toTags().keySet().stream()
                .filter(k -> k.endsWith("role"))
                .findFirst()
                .orElseThrow();
        tags.remove(key);
        scene.retagged(tags);

        Decision decision = scene.pass();

        if (decision.step() instanceof Step.AddTags) {
            assertThat(told(decision)).contains(key);
        } else {
            assertThat(said(decision, ConditionTypes.STALLED)).isNotEmpty();
        }
    }

    @Test
    void aTagOfAnImageThatMovedIsToldOnceAndNotRolledOut() {
        scene.imageTag = Optional.of(new Observed.ImageTag(Optional.of("sha256:def"), scene.now.plusSeconds(3600)));
        Decision decision = scene.pass();

        assertThat(decision.step()).isEqualTo(new Step.None());
        assertThat(said(decision, ConditionTypes.IMAGE_DRIFTED)).isEqualTo("True/ImageTagMoved");
        assertThat(said(decision, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(told(decision)).contains("sha256:abc").contains("sha256:def");
        assertThat(decision.nextLook()).contains(scene.now.plusSeconds(3600));

        assertThat(scene.pass().announcements()).isEmpty();
        scene.imageTag = Optional.empty();
        assertThat(said(scene.after(Duration.ofMinutes(5)).pass(), ConditionTypes.IMAGE_DRIFTED))
                .as("a restart forgets nothing")
                .isEqualTo("True/ImageTagMoved");

        scene.imageTag = Optional.of(new Observed.ImageTag(Optional.of("sha256:abc"), scene.now.plusSeconds(3600)));
        assertThat(said(scene.pass(), ConditionTypes.IMAGE_DRIFTED)).isEmpty();
    }

    private static String told(Decision decision) {
        assertThat(decision.announcements()).hasSize(1);
        assertThat(decision.announcements().getFirst().warning()).isTrue();
        return decision.announcements().getFirst().note();
    }

    private void live(String config, Concurrency concurrency) {
        EndpointSnapshot was = scene.live();
        scene.put(
                new EndpointSnapshot(
                        was.name(),
                        was.arn(),
                        was.status(),
                        was.creationTime(),
                        was.lastModifiedTime().plusSeconds(5),
                        config,
                        Optional.empty(),
                        List.of(new EndpointSnapshot.Variant(
                                Desired.VARIANT,
                                Optional.of(new ServerlessCapacity(2048, concurrency)),
                                Optional.of("repository@sha256:abc")))),
                scene.tags());
    }
}
