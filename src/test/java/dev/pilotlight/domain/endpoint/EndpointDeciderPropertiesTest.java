package dev.pilotlight.domain.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.FailedAttempt;
import dev.pilotlight.api.v1alpha1.Progress;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalableTarget.Suspended;
import dev.pilotlight.domain.scaling.ScalingCall;
import dev.pilotlight.domain.scaling.ScalingRules;
import dev.pilotlight.domain.scaling.ScalingSight;
import dev.pilotlight.domain.scaling.TargetTracking;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What holds whatever was observed and whatever the status remembers, sensible or not. */
class EndpointDeciderPropertiesTest {
    private static final List<String> PROGRESS = List.of(
            Reasons.CREATING_ENDPOINT,
            Reasons.UPDATING_ENDPOINT,
            Reasons.UPDATING_CAPACITY,
            Reasons.RECREATING_ENDPOINT,
            Reasons.ROLLING_BACK,
            Reasons.VALIDATING,
            Reasons.WAITING_FOR_ENDPOINT,
            Reasons.UPDATE_FAILED);

    private static final ScalingRules RULES = new ScalingRules(
            Optional.of(new TargetTracking(0.7, OptionalInt.of(60), OptionalInt.of(300), false)),
            new Range(1, 10),
            List.of(new ScalingRules.Window("office", "Europe/Berlin", "0 8 * * MON-FRI", "0 19 * * MON-FRI")),
            Map.of("sale-begins", Scene.START.plusSeconds(3600)),
            ScalingRules.Calendar.NOTHING);

    @Provide
    Arbitrary<Scene> scenes() {
        return Arbitraries.randomValue(EndpointDeciderPropertiesTest::anyScene);
    }

    /** A scene that was quiet once, and then everything that can be different is, by chance. */
    private static Scene anyScene(Random random) {
        boolean validated = random.nextInt(3) == 0;
        Scene scene = Scene.serving(b -> {
            DesiredBuilder built = random.nextBoolean() ? b.preview() : b;
            return (validated ? built.validatedBy("response.status == 200") : built).historyLimit(random.nextInt(2));
        });
        int rolls = random.nextInt(3);
        for (int roll = 0; roll < rolls; roll++) {
            String image = (roll + 2) + ".0";
            scene.wants(b -> b.image(image));
            int passes = random.nextInt(8);
            for (int pass = 0; pass < passes; pass++) {
                scene.pass();
                shake(scene, random);
            }
        }
        if (random.nextInt(3) == 0) {
            scene.wants(b -> b.concurrency(1 + random.nextInt(20), random.nextBoolean() ? null : 1));
        }
        warm(scene, random);
        if (random.nextInt(6) == 0) {
            scene.wants(b -> b.suspend(true));
        }
        if (random.nextInt(4) == 0) {
            scene.wants(b -> b.tags(Map.of("team", "ml")));
        }
        if (random.nextInt(8) == 0) {
            scene.retry = "retry";
        }
        scene.livePathRefused = random.nextBoolean();
        distortStatus(scene, random);
        distortOwners(scene, random);
        if (random.nextInt(10) == 0) {
            scene.endpoints.remove(Scene.NAME);
        }
        scene.after(Duration.ofSeconds(random.nextInt(4000)));
        return scene;
    }

    /** A policy came, and perhaps went again. */
    private static void warm(Scene scene, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> scene.demands(random.nextInt(12));
            case 1, 2 -> {
                scene.lets(1 + random.nextInt(3), 4 + random.nextInt(9), RULES);
                int passes = random.nextInt(8);
                for (int pass = 0; pass < passes; pass++) {
                    scene.pass();
                    shake(scene, random);
                }
                if (random.nextInt(4) == 0) {
                    scene.demands(random.nextInt(12));
                }
            }
            default -> {
                return;
            }
        }
        if (random.nextInt(3) == 0) {
            scene.pass();
            scene.demandsNothing();
        }
    }

    /** AWS and validations go on, or stumble. */
    private static void shake(Scene scene, Random random) {
        if (scene.status.validation() != null && random.nextBoolean()) {
            scene.validationEnds(random.nextBoolean());
        }
        List<String> names = List.copyOf(scene.endpoints.keySet());
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(3)) {
            case 0 -> scene.awsFinishes(name);
            case 1 -> {
                EndpointStatus[] all = EndpointStatus.values();
                scene.move(name, all[random.nextInt(all.length)], Optional.of("by chance"));
            }
            default -> {}
        }
        if (scene.endpoints.containsKey(Scene.NAME) && random.nextInt(5) == 0) {
            EndpointSnapshot live = scene.live();
            scene.put(
                    new EndpointSnapshot(
                            live.name(),
                            live.arn(),
                            live.status(),
                            live.creationTime(),
                            live.lastModifiedTime(),
                            random.nextBoolean() ? "made-by-hand" : live.configName(),
                            live.failureReason(),
                            random.nextBoolean()
                                    ? List.of()
                                    : List.of(new EndpointSnapshot.Variant(
                                            "v",
                                            Optional.of(new ServerlessCapacity(
                                                    2048, new Concurrency(1 + random.nextInt(9), 0))),
                                            Optional.empty()))),
                    scene.tags());
            scene.config("made-by-hand", new ServerlessCapacity(2048, new Concurrency(3, 0)), Map.of());
        }
    }

    private static void distortStatus(Scene scene, Random random) {
        ServerlessEndpointStatusBuilder status = new ServerlessEndpointStatusBuilder(scene.status);
        if (random.nextInt(3) == 0) {
            status.progress(Progress.of(
                    PROGRESS.get(random.nextInt(PROGRESS.size())),
                    scene.now.minusSeconds(random.nextInt(4000)).toString()));
        }
        if (random.nextInt(4) == 0) {
            status.attempt(new FailedAttempt(
                    scene.wanted(), null, null, Reasons.UPDATE_FAILED, "it failed", 1L, scene.now.toString()));
        }
        if (random.nextInt(6) == 0) {
            status.revisions(List.of());
        }
        scene.status = status.build();
    }

    private static void distortOwners(Scene scene, Random random) {
        if (scene.endpoints.containsKey(Scene.NAME)) {
            switch (random.nextInt(6)) {
                case 0 -> scene.retagged(Scene.stranger().toTags());
                case 1 -> scene.retagged(Map.of());
                default -> {}
            }
        }
        scene.configs.replaceAll((name, seen) -> otherOwner(seen, random));
        scene.models.replaceAll((name, seen) -> otherOwner(seen, random));
    }

    private static <T> Sighting<T> otherOwner(Sighting<T> seen, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> new Sighting.Absent<>();
            case 1 -> new Sighting.Unseen<>();
            case 2 ->
                seen.found()
                        .<Sighting<T>>map(resource -> new Sighting.Present<>(
                                resource, Scene.stranger().toTags()))
                        .orElse(seen);
            default -> seen;
        };
    }

    @Test
    void theScenesReachEveryStepThereIs() {
        Random random = new Random(1);
        Set<Class<?>> reached = new HashSet<>();
        for (int scene = 0; scene < 2000; scene++) {
            reached.add(anyScene(random).decide().step().getClass());
        }

        assertThat(reached)
                .contains(
                        Step.CreateModel.class,
                        Step.CreateEndpointConfig.class,
                        Step.CreateEndpoint.class,
                        Step.UpdateEndpoint.class,
                        Step.UpdateConcurrency.class,
                        Step.Delete.class,
                        Step.AddTags.class,
                        Step.Validate.class,
                        Step.Scale.class,
                        Step.None.class);
    }

    // ---- what is touched

    @Property(tries = 600)
    void nothingOfOthersIsTouched(@ForAll("scenes") Scene scene) {
        Step step = scene.decide().step();
        Ownership ours = scene.desired().owner();

        switch (step) {
            case Step.UpdateEndpoint update -> {
                assertThat(isOurs(scene, Kind.ENDPOINT, update.name(), ours)).isTrue();
                assertThat(isForeign(scene.configs.get(update.configName()), ours))
                        .isFalse();
            }
            case Step.UpdateConcurrency update ->
                assertThat(isOurs(scene, Kind.ENDPOINT, update.name(), ours)).isTrue();
            case Step.Delete delete ->
                assertThat(isOurs(scene, delete.kind(), delete.name(), ours)).isTrue();
            case Step.AddTags add ->
                assertThat(isOurs(scene, add.kind(), add.name(), ours)).isTrue();
            case Step.DeleteTags remove ->
                assertThat(isOurs(scene, remove.kind(), remove.name(), ours)).isTrue();
            case Step.CreateEndpoint create ->
                assertThat(isForeign(scene.configs.get(create.configName()), ours))
                        .isFalse();
            case Step.CreateModel create -> {}
            case Step.CreateEndpointConfig create -> {}
            case Step.Validate validate ->
                assertThat(isOurs(scene, Kind.ENDPOINT, validate.endpointName(), ours))
                        .isTrue();
            case Step.Inspect inspect -> {}
            case Step.Scale scale ->
                assertThat(isOurs(scene, Kind.ENDPOINT, Scene.NAME, ours)).isTrue();
            case Step.None none -> {}
            case Step.LetGo letGo -> throw new AssertionError("only a deletion lets go");
        }
    }

    private static boolean isForeign(Sighting<?> seen, Ownership ours) {
        return seen instanceof Sighting.Present<?> present
                && present.owner().filter(owner -> owner.sameObject(ours)).isEmpty();
    }

    /** By tags; the endpoint also by what the status remembers, where it has no tags. */
    private static boolean isOurs(Scene scene, Kind kind, String name, Ownership ours) {
        Sighting<?> seen =
                switch (kind) {
                    case ENDPOINT -> scene.endpoints.get(name);
                    case ENDPOINT_CONFIG -> scene.configs.get(name);
                    case MODEL -> scene.models.get(name);
                };
        if (!(seen instanceof Sighting.Present<?> present)) {
            return false;
        }
        boolean stripped = present.resource() instanceof EndpointSnapshot live
                && present.owner().isEmpty()
                && live.arn().equals(scene.status.endpointARN());
        return stripped
                || present.owner().filter(owner -> owner.sameObject(ours)).isPresent();
    }

    @Property(tries = 600)
    void anEndpointThatMovesIsNotTold(@ForAll("scenes") Scene scene) {
        Step step = scene.decide().step();
        Optional<String> told =
                switch (step) {
                    case Step.UpdateEndpoint update -> Optional.of(update.name());
                    case Step.UpdateConcurrency update -> Optional.of(update.name());
                    case Step.Delete delete ->
                        delete.kind() == Kind.ENDPOINT ? Optional.of(delete.name()) : Optional.empty();
                    default -> Optional.empty();
                };

        told.flatMap(name -> scene.endpoints.get(name).found())
                .ifPresent(live -> assertThat(live.status().isMoving()).isFalse());
    }

    @Property(tries = 600)
    void theConfigThatServesIsNotDeleted(@ForAll("scenes") Scene scene) {
        if (scene.decide().step() instanceof Step.Delete delete && scene.endpoints.containsKey(Scene.NAME)) {
            assertThat(delete.kind() == Kind.ENDPOINT_CONFIG
                            && delete.name().equals(scene.live().configName()))
                    .isFalse();
        }
    }

    @Property(tries = 600)
    void theModelThatServesIsNotDeleted(@ForAll("scenes") Scene scene) {
        if (scene.decide().step() instanceof Step.Delete delete && scene.endpoints.containsKey(Scene.NAME)) {
            Sighting<EndpointConfigSnapshot> serving =
                    scene.configs.getOrDefault(scene.live().configName(), new Sighting.Absent<>());
            assertThat(delete.kind() == Kind.MODEL
                            && serving.found().stream()
                                    .flatMap(config -> config.variants().stream())
                                    .anyMatch(variant -> variant.modelName().equals(delete.name())))
                    .isFalse();
        }
    }

    @Property(tries = 600)
    void aDeletionTouchesNothingOfOthersEither(@ForAll("scenes") Scene scene, @ForAll boolean abandoned) {
        Ownership ours = scene.desired().owner();
        Decision decision = new DeletionDecider(Policy.DEFAULT)
                .decide(
                        scene.desired(),
                        scene.observed(),
                        Optional.of(scene.ownedBy(ours.uid())),
                        abandoned,
                        scene.status,
                        scene.now);

        switch (decision.step()) {
            case Step.Delete delete ->
                assertThat(isOurs(scene, delete.kind(), delete.name(), ours)).isTrue();
            case Step.None none -> {}
            case Step.LetGo letGo -> {}
            case Step.Scale scale -> assertThat(scale.call()).isInstanceOf(ScalingCall.Deregister.class);
            default -> throw new AssertionError("a deletion makes nothing: " + decision.step());
        }
    }

    @Property(tries = 600)
    void concurrencyAloneNeverMakesAModel(@ForAll("scenes") Scene scene) {
        String wanted = scene.wanted();
        String model = scene.desired().modelName();
        scene.wants(b -> b.concurrency(77, 7));

        assertThat(scene.wanted()).isEqualTo(wanted);
        if (scene.decide().step() instanceof Step.CreateModel create) {
            assertThat(create.request().name()).isEqualTo(model);
            assertThat(scene.observed().model(model)).isNotInstanceOf(Sighting.Present.class);
        }
    }

    @Property(tries = 600)
    void aDemandIsNoRevision(@ForAll("scenes") Scene scene) {
        String wanted = scene.wanted();
        String model = scene.desired().modelName();
        int revisions = scene.status.revisions().size();
        boolean ready = isReady(scene);
        scene.demands(7);
        Decision decision = scene.decide();

        assertThat(scene.wanted()).isEqualTo(wanted);
        assertThat(scene.desired().modelName()).isEqualTo(model);
        if (ready && scene.live().status() == EndpointStatus.IN_SERVICE) {
            assertThat(decision.step())
                    .isNotInstanceOf(Step.CreateEndpoint.class)
                    .isNotInstanceOf(Step.Validate.class);
            assertThat(Scene.isTrue(decision, ConditionTypes.READY)).isTrue();
            assertThat(decision.facts().revisions().size()).isLessThanOrEqualTo(revisions + 1);
        }
    }

    private static boolean isReady(Scene scene) {
        return Scene.isTrue(scene.decide(), ConditionTypes.READY);
    }

    @Property(tries = 600)
    void weNeverChangeWhatAwsScales(@ForAll("scenes") Scene scene) {
        Step step = scene.decide().step();
        boolean changes = step instanceof Step.UpdateConcurrency
                || (step instanceof Step.UpdateEndpoint)
                || (step instanceof Step.Delete delete
                        && delete.kind() == Kind.ENDPOINT
                        && delete.name().equals(Scene.NAME));

        if (changes && scene.status.scalableTarget() != null && scene.scaling instanceof ScalingSight.Seen seen) {
            assertThat(seen.view().target())
                    .satisfiesAnyOf(
                            target -> assertThat(target).isEmpty(),
                            target ->
                                    assertThat(target.orElseThrow().suspended()).isEqualTo(Suspended.EVERYTHING));
        }
    }

    @Property(tries = 600)
    void awsIsOnlyGivenARangeOfAnEndpointThatHasCapacity(@ForAll("scenes") Scene scene) {
        if (scene.decide().step() instanceof Step.Scale scale
                && scale.call() instanceof ScalingCall.Register register) {
            assertThat(scene.live().capacity().map(ServerlessCapacity::concurrency))
                    .hasValueSatisfying(has -> assertThat(has.provisioned()).isPositive());
            assertThat(register.range().max())
                    .isLessThanOrEqualTo(scene.desired().own().max());
            assertThat(scene.live().status().isMoving()).isFalse();
        }
    }

    @Property(tries = 600)
    void suspensionHoldsEverythingBackAndAwsScalingToo(@ForAll("scenes") Scene scene) {
        scene.wants(b -> b.suspend(true));

        Step step = scene.decide().step();
        if (step instanceof Step.Scale scale) {
            assertThat(scale.call()).isInstanceOf(ScalingCall.Suspend.class);
        } else {
            assertThat(step).isEqualTo(new Step.None());
        }
    }

    // ---- what is said

    @Property(tries = 600)
    void readyIsOnlySaidOfTheWantedRevisionWhileItServes(@ForAll("scenes") Scene scene) {
        Decision decision = scene.decide();
        if (Scene.isTrue(decision, ConditionTypes.READY)) {
            assertThat(scene.desired().names().revisionOfConfig(scene.live().configName()))
                    .contains(scene.wanted());
            assertThat(scene.live().status().serves()).isTrue();
            assertThat(decision.facts().revision().deployed()).isEqualTo(scene.wanted());
        }
    }

    @Property(tries = 600)
    void oneAndOnlyOneOfReadyReconcilingAndStalledHolds(@ForAll("scenes") Scene scene) {
        Decision decision = scene.decide();
        long holding = List.of(ConditionTypes.READY, ConditionTypes.RECONCILING, ConditionTypes.STALLED).stream()
                .filter(type -> Scene.isTrue(decision, type))
                .count();
        boolean held = Scene.isTrue(decision, ConditionTypes.SUSPENDED);

        assertThat(holding).isLessThanOrEqualTo(1);
        assertThat(holding == 1 || held).isTrue();
        assertThat(Scene.verdict(decision, ConditionTypes.READY)).isPresent();
        assertThat(Scene.verdict(decision, ConditionTypes.AVAILABLE)).isPresent();
    }

    @Property(tries = 600)
    void aChangeOfCapacityAloneIsNotSeenInReady(@ForAll("scenes") Scene scene) {
        scene.decide();
        List<Condition> before = conditions(scene);
        // What somebody deleted is made again, whatever else is wanted.
        boolean repairs = scene.decide().step() instanceof Step.CreateModel;
        scene.wants(b -> b.concurrency(77, null));
        Step step = scene.decide().step();
        boolean atRest = before.stream()
                .anyMatch(
                        c -> c.type().equals(ConditionTypes.READY) && c.status().equals("True"));

        if (atRest) {
            scene.report(scene.decide());
            assertThat(scene.status.conditions())
                    .filteredOn(c -> c.type().equals(ConditionTypes.READY))
                    .allMatch(c -> c.status().equals("True"));
            assertThat(step).isNotInstanceOf(Step.CreateEndpoint.class);
            assertThat(step instanceof Step.CreateModel && !repairs).isFalse();
            assertThat(scene.status.revision().desired())
                    .isEqualTo(scene.status.revision().deployed());
        }
    }

    private static List<Condition> conditions(Scene scene) {
        scene.report(scene.decide());
        return scene.status.conditions();
    }

    @Property(tries = 600)
    void theSameArgumentsGiveTheSameDecision(@ForAll("scenes") Scene scene) {
        assertThat(scene.decide()).isEqualTo(scene.decide());
    }

    @Property(tries = 600)
    void decidingAgainOnWhatWasReportedIsNoNews(@ForAll("scenes") Scene scene) {
        // The first report may be a step (a latch, an acknowledgement); from the second on, waiting must be quiet.
        for (int pass = 0; pass < 6; pass++) {
            scene.report(scene.decide());
        }
        var before = scene.status;
        Decision decision = scene.decide();
        scene.report(decision);

        assertThat(scene.status).isEqualTo(before);
    }
}
