package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.api.v1alpha1.ValidationRequestResult;
import dev.pilotlight.api.v1alpha1.ValidationStatus;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.preflight.ArchiveFacts;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.preflight.ImageFacts;
import dev.pilotlight.domain.preflight.Inspection;
import dev.pilotlight.domain.preflight.Quotas;
import dev.pilotlight.domain.preflight.Reading;
import dev.pilotlight.domain.preflight.RoleFacts;
import dev.pilotlight.domain.preflight.Surroundings;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalingCall;
import dev.pilotlight.domain.scaling.ScalingRules;
import dev.pilotlight.domain.scaling.ScalingSight;
import dev.pilotlight.domain.scaling.ScalingView;
import dev.pilotlight.operator.kube.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * One object, its status, and just enough of AWS to decide about it: what a step creates is seen in the next pass, and the endpoint moves
 * when the test says so. No thread, no clock but {@link #after}.
 */
final class Scene {
    static final String ACCOUNT = "111122223333";
    static final String NAME = "ml-sentiment";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private DesiredBuilder builder = new DesiredBuilder();
    private Optional<Demand> asked = Optional.empty();
    Instant now = START;
    ServerlessEndpointStatus status = new ServerlessEndpointStatusBuilder().build();
    Standing standing = new Standing.Granted(ACCOUNT, Optional.empty());
    Reading<ImageFacts> image = image("repository@sha256:abc");
    Optional<Reading<ArchiveFacts>> archive = Optional.empty();
    Reading<RoleFacts> role = new Reading.Seen<>(new RoleFacts(true));
    Reading<Quotas> quotas = new Reading.Seen<>(new Quotas(OptionalInt.of(50), OptionalInt.of(1000)));
    Surroundings around = Surroundings.EMPTY;
    /** When somebody looked last; empty before. */
    Optional<Instant> inspected = Optional.of(START);

    Optional<String> invalidExpectation = Optional.empty();
    Optional<ValidationStatus> finished = Optional.empty();
    Optional<AwsFailure> refusedValidation = Optional.empty();
    List<OwnedResource> leftBehind = List.of();
    PreviewSlot previewSlot = new PreviewSlot.Free();
    Optional<Observed.ImageTag> imageTag = Optional.empty();
    boolean livePathRefused;
    ScalingSight scaling = new ScalingSight.NotAsked();
    String retry = "";
    String refresh = "";
    final Map<String, Sighting<EndpointSnapshot>> endpoints = new HashMap<>();
    final Map<String, Sighting<ModelSnapshot>> models = new HashMap<>();
    final Map<String, Sighting<EndpointConfigSnapshot>> configs = new HashMap<>();

    private final Map<String, String> goingTo = new HashMap<>();

    Scene wants(UnaryOperator<DesiredBuilder> change) {
        builder = change.apply(builder);
        return this;
    }

    Desired desired() {
        Optional<ServerlessCapacity.Concurrency> live = endpoint(NAME)
                .found()
                .flatMap(EndpointSnapshot::capacity)
                .map(ServerlessCapacity::concurrency)
                .or(() -> InForce.remembered(status));
        return builder.build().under(Demand.now(asked, status, now), live);
    }

    /** A WarmPolicy is in force and asks for that much. */
    Scene demands(int provisioned) {
        asked = Optional.of(new Demand.Fixed("office", provisioned));
        return this;
    }

    /** A WarmPolicy is in force and leaves the number to AWS. */
    Scene lets(int min, int max, ScalingRules rules) {
        asked = Optional.of(new Demand.Ranged("office", new Range(min, max), rules));
        if (scaling instanceof ScalingSight.NotAsked) {
            scaling = new ScalingSight.Seen(
                    new ScalingView(Optional.empty(), List.of(), List.of(), now), Instant.MAX, Optional.empty());
        }
        return this;
    }

    ScalingView auto() {
        return ((ScalingSight.Seen) scaling).view();
    }

    /** AWS, or somebody, moves the number. */
    Scene moved(int provisioned) {
        EndpointSnapshot was = live();
        int max = was.capacity().orElseThrow().concurrency().max();
        put(
                new EndpointSnapshot(
                        was.name(),
                        was.arn(),
                        was.status(),
                        was.creationTime(),
                        now,
                        was.configName(),
                        Optional.empty(),
                        List.of(new EndpointSnapshot.Variant(
                                was.variants().getFirst().name(),
                                Optional.of(new ServerlessCapacity(
                                        2048, new ServerlessCapacity.Concurrency(max, provisioned))),
                                Optional.of("repository@sha256:abc")))),
                tags());
        return this;
    }

    /** The policy is gone or suspended. */
    Scene demandsNothing() {
        asked = Optional.empty();
        return this;
    }

    String wanted() {
        return desired().revision().name();
    }

    Scene after(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    // ---- passes

    Observed observed() {
        boolean mayLook = standing instanceof Standing.Granted;
        Map<String, Sighting<EndpointSnapshot>> previews = new HashMap<>();
        status.revisions().forEach(record -> {
            String preview = desired().names().preview(record.name());
            previews.put(preview, endpoint(preview));
        });
        Map<String, Sighting<ModelSnapshot>> seenModels = new HashMap<>(models);
        Map<String, Sighting<EndpointConfigSnapshot>> seenConfigs = new HashMap<>(configs);
        seenModels.putIfAbsent(desired().modelName(), new Sighting.Absent<>());
        seenConfigs.putIfAbsent(desired().configName(), new Sighting.Absent<>());
        seenConfigs.putIfAbsent(desired().previewConfigName(), new Sighting.Absent<>());
        status.revisions().forEach(record -> {
            seenModels.putIfAbsent(record.modelName(), new Sighting.Absent<>());
            seenConfigs.putIfAbsent(record.endpointConfigName(), new Sighting.Absent<>());
            record.otherEndpointConfigNames().forEach(name -> seenConfigs.putIfAbsent(name, new Sighting.Absent<>()));
        });
        return new Observed(
                standing,
                mayLook ? endpoint(NAME) : new Sighting.Unseen<>(),
                previews,
                seenModels,
                seenConfigs,
                inspection(),
                invalidExpectation,
                finished,
                refusedValidation,
                previewSlot,
                imageTag,
                livePathRefused,
                scaling,
                leftBehind,
                retry,
                refresh);
    }

    /** What AWS would say now, where somebody has looked. */
    private Inspection inspection() {
        return new Inspection(
                inspected.map(
                        at -> new Facts(now, now, Optional.of(image), archive, Optional.of(role), Optional.of(quotas))),
                around);
    }

    static Reading<ImageFacts> image(String reference) {
        return new Reading.Seen<>(
                new ImageFacts(reference, ImageFacts.Status.ACTIVE, List.of("linux/amd64"), 1_000_000_000));
    }

    private Sighting<EndpointSnapshot> endpoint(String name) {
        return endpoints.getOrDefault(name, new Sighting.Absent<>());
    }

    /** What a pass would decide; nothing comes of it. */
    Decision decide() {
        return new EndpointDecider(Policy.DEFAULT).decide(desired(), observed(), status, now);
    }

    /** A pass whose step takes effect and whose status is written. */
    Decision pass() {
        Decision decision = decide();
        apply(decision.step());
        return report(decision);
    }

    /** A pass whose step AWS answers with a failure. */
    Decision failingPass(AwsFailure failure) {
        Step step = decide().step();
        return report(new Mishap(Policy.DEFAULT).decide(desired(), observed(), step, false, failure, status, now));
    }

    /** A pass that could not look at AWS. */
    Decision blindPass(AwsFailure failure) {
        Observed seen = observed();
        Observed blind = new Observed(
                seen.standing(),
                new Sighting.Unseen<>(),
                Map.of(),
                Map.of(),
                Map.of(),
                Inspection.NONE,
                seen.invalidExpectation(),
                seen.finishedValidation(),
                seen.refusedValidation(),
                new PreviewSlot.NotAsked(),
                Optional.empty(),
                seen.livePathRefused(),
                new ScalingSight.NotAsked(),
                List.of(),
                seen.retry(),
                "");
        return report(
                new Mishap(Policy.DEFAULT).decide(desired(), blind, new Step.None(), false, failure, status, now));
    }

    /** Passes until nothing is left to do but to wait for AWS, for a result or for time. */
    Decision settle() {
        for (int passes = 0; passes < 30; passes++) {
            Decision decision = pass();
            boolean waits = decision.step() instanceof Step.None || decision.step() instanceof Step.Validate;
            if (waits && decide().step().equals(decision.step())) {
                return decision;
            }
        }
        throw new AssertionError("still busy after 30 passes: " + decide().step());
    }

    Decision report(Decision decision) {
        List<Condition> conditions = Conditions.of(
                status.conditions(), decision.verdicts(), decision.facts().observedGeneration(), now);
        status = new ServerlessEndpointStatusBuilder(decision.facts())
                .conditions(conditions)
                .build();
        return decision;
    }

    // ---- AWS

    void apply(Step step) {
        switch (step) {
            case Step.CreateModel create ->
                models.put(
                        create.request().name(),
                        new Sighting.Present<>(
                                new ModelSnapshot(
                                        create.request().name(),
                                        arn("model", create.request().name()),
                                        now,
                                        create.request().image(),
                                        create.request().modelDataURL(),
                                        create.request().executionRoleARN(),
                                        create.request().environment()),
                                create.request().tags()));
            case Step.CreateEndpointConfig create ->
                config(
                        create.request().name(),
                        create.request().capacity(),
                        create.request().tags());
            case Step.CreateEndpoint create ->
                put(
                        new EndpointSnapshot(
                                create.name(),
                                arn("endpoint", create.name()),
                                EndpointStatus.CREATING,
                                now,
                                now,
                                create.configName(),
                                Optional.empty(),
                                List.of()),
                        create.tags());
            case Step.UpdateEndpoint update -> {
                goingTo.put(update.name(), update.configName());
                move(update.name(), EndpointStatus.UPDATING);
            }
            case Step.UpdateConcurrency update -> {
                goingTo.put(
                        update.name(),
                        "capacity " + update.concurrency().max() + " "
                                + update.concurrency().provisioned());
                move(update.name(), EndpointStatus.UPDATING);
            }
            case Step.Scale scale -> scale(scale.call());
            case Step.Delete delete -> {
                switch (delete.kind()) {
                    case ENDPOINT -> move(delete.name(), EndpointStatus.DELETING);
                    case ENDPOINT_CONFIG -> configs.put(delete.name(), new Sighting.Absent<>());
                    case MODEL -> models.put(delete.name(), new Sighting.Absent<>());
                }
            }
            case Step.AddTags add -> tag(add.kind(), add.name(), add.tags());
            case Step.DeleteTags remove -> untag(remove);
            case Step.None none -> {}
            case Step.Validate validate -> {}
            case Step.Inspect inspect -> inspected = Optional.of(now);
            case Step.LetGo letGo -> {}
        }
    }

    /** AWS has none of it until the first call; a range that was set takes the capacity along at once. */
    private void scale(ScalingCall call) {
        ScalingView has = ((ScalingSight.Seen) scaling).view();
        scaling = new ScalingSight.Seen(has.after(call, now), Instant.MAX, Optional.empty());
    }

    void config(String name, ServerlessCapacity capacity, Map<String, String> tags) {
        configs.put(
                name,
                new Sighting.Present<>(
                        new EndpointConfigSnapshot(
                                name,
                                arn("endpoint-config", name),
                                now,
                                List.of(new EndpointConfigSnapshot.Variant(
                                        Desired.VARIANT, "model", Optional.of(capacity)))),
                        tags));
    }

    private void tag(Kind kind, String name, Map<String, String> added) {
        switch (kind) {
            case ENDPOINT -> endpoints.computeIfPresent(name, (key, seen) -> retagged(seen, added));
            case ENDPOINT_CONFIG -> configs.computeIfPresent(name, (key, seen) -> retagged(seen, added));
            case MODEL -> models.computeIfPresent(name, (key, seen) -> retagged(seen, added));
        }
    }

    private static <T> Sighting<T> retagged(Sighting<T> seen, Map<String, String> added) {
        Sighting.Present<T> present = (Sighting.Present<T>) seen;
        Map<String, String> tags = new HashMap<>(present.tags());
        tags.putAll(added);
        return new Sighting.Present<>(present.resource(), tags);
    }

    private void untag(Step.DeleteTags remove) {
        switch (remove.kind()) {
            case ENDPOINT -> endpoints.computeIfPresent(remove.name(), (key, seen) -> without(seen, remove));
            case ENDPOINT_CONFIG -> configs.computeIfPresent(remove.name(), (key, seen) -> without(seen, remove));
            case MODEL -> models.computeIfPresent(remove.name(), (key, seen) -> without(seen, remove));
        }
    }

    private static <T> Sighting<T> without(Sighting<T> seen, Step.DeleteTags remove) {
        Sighting.Present<T> present = (Sighting.Present<T>) seen;
        Map<String, String> tags = new HashMap<>(present.tags());
        tags.keySet().removeAll(remove.keys());
        return new Sighting.Present<>(present.resource(), tags);
    }

    EndpointSnapshot live() {
        return endpoint(NAME).found().orElseThrow();
    }

    Map<String, String> tags() {
        return ((Sighting.Present<EndpointSnapshot>) endpoint(NAME)).tags();
    }

    void put(EndpointSnapshot snapshot, Map<String, String> tags) {
        endpoints.put(snapshot.name(), new Sighting.Present<>(snapshot, tags));
    }

    /** AWS changes the state of an endpoint and nothing else. */
    void move(String name, EndpointStatus to) {
        move(name, to, Optional.empty());
    }

    void move(String name, EndpointStatus to, Optional<String> failureReason) {
        EndpointSnapshot was = endpoint(name).found().orElseThrow();
        put(
                new EndpointSnapshot(
                        was.name(),
                        was.arn(),
                        to,
                        was.creationTime(),
                        now,
                        was.configName(),
                        failureReason,
                        was.variants()),
                ((Sighting.Present<EndpointSnapshot>) endpoint(name)).tags());
    }

    /** AWS brings to an end what it was told to do, two minutes later. */
    Scene awsFinishes() {
        return awsFinishes(NAME);
    }

    Scene awsFinishes(String name) {
        after(Duration.ofMinutes(2));
        EndpointSnapshot was = endpoint(name).found().orElseThrow();
        if (was.status() == EndpointStatus.DELETING) {
            endpoints.remove(name);
            return this;
        }
        String target = goingTo.getOrDefault(name, was.configName());
        goingTo.remove(name);
        String config = target.startsWith("capacity") ? was.configName() : target;
        ServerlessCapacity capacity;
        if (target.startsWith("capacity")) {
            String[] words = target.split(" ", -1);
            capacity = new ServerlessCapacity(
                    2048, new ServerlessCapacity.Concurrency(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
        } else {
            capacity = configs.get(config)
                    .found()
                    .orElseThrow()
                    .variants()
                    .getFirst()
                    .serverless()
                    .orElseThrow();
        }
        put(
                new EndpointSnapshot(
                        was.name(),
                        was.arn(),
                        EndpointStatus.IN_SERVICE,
                        was.creationTime(),
                        now,
                        config,
                        Optional.empty(),
                        List.of(new EndpointSnapshot.Variant(
                                Desired.VARIANT, Optional.of(capacity), Optional.of("repository@sha256:abc")))),
                ((Sighting.Present<EndpointSnapshot>) endpoint(name)).tags());
        return this;
    }

    /** AWS gives an update up, two minutes later; the config from before serves. */
    Scene awsRollsBack(String why) {
        after(Duration.ofMinutes(2));
        goingTo.remove(NAME);
        move(NAME, EndpointStatus.IN_SERVICE, Optional.of(why));
        return this;
    }

    Scene awsFails(EndpointStatus how, String why) {
        return awsFails(NAME, how, why);
    }

    Scene awsFails(String name, EndpointStatus how, String why) {
        after(Duration.ofMinutes(2));
        goingTo.remove(name);
        move(name, how, Optional.of(why));
        return this;
    }

    /** Somebody removes or replaces all tags of the endpoint. */
    Scene retagged(Map<String, String> tags) {
        put(live(), tags);
        return this;
    }

    Scene validationEnds(boolean passed) {
        ValidationStatus running = status.validation();
        finished = Optional.of(new ValidationStatus(
                running.revision(),
                running.attempt(),
                passed,
                running.digest(),
                List.of(new ValidationRequestResult("happy", passed ? "Passed" : "Failed (HTTP 500)", 12L))));
        return this;
    }

    /** A scene in which revision 1.0 serves and all is quiet. */
    static Scene serving() {
        return serving(b -> b);
    }

    static Scene serving(UnaryOperator<DesiredBuilder> how) {
        Scene scene = new Scene().wants(how);
        scene.settle();
        scene.awsFinishes();
        Decision decision = scene.settle();
        while (decision.step() instanceof Step.Validate) {
            decision = scene.validationEnds(true).settle();
        }
        return scene;
    }

    // ---- what was said

    static Optional<Verdict> verdict(Decision decision, String type) {
        return decision.verdicts().stream()
                .filter(verdict -> verdict.type().equals(type))
                .findFirst();
    }

    static boolean isTrue(Decision decision, String type) {
        return verdict(decision, type)
                .filter(verdict -> verdict.status() == Verdict.Status.TRUE)
                .isPresent();
    }

    /** {@code Ready=False/UpdateFailed}, or empty. */
    static String said(Decision decision, String type) {
        return verdict(decision, type)
                .map(v -> v.status().word() + "/" + v.reason())
                .orElse("");
    }

    static String arn(String kind, String name) {
        return "arn:aws:sagemaker:us-east-1:" + ACCOUNT + ":" + kind + "/" + name;
    }

    static Ownership stranger() {
        return new Ownership("cluster-2", "ml", "sentiment", "uid-9", Ownership.Role.PRIMARY, "", "");
    }

    List<OwnedResource> ownedBy(String uid) {
        return java.util.stream.Stream.concat(
                        configs.entrySet().stream().map(e -> owned(Kind.ENDPOINT_CONFIG, e.getKey(), e.getValue())),
                        models.entrySet().stream().map(e -> owned(Kind.MODEL, e.getKey(), e.getValue())))
                .flatMap(Optional::stream)
                .filter(resource -> resource.owner().uid().equals(uid))
                .toList();
    }

    private static Optional<OwnedResource> owned(Kind kind, String name, Sighting<?> seen) {
        return seen instanceof Sighting.Present<?> present
                ? present.owner().map(owner -> new OwnedResource(kind, name, arn("x", name), owner))
                : Optional.empty();
    }

    /** A read that AWS answers as if the endpoint had not been touched since the status last told of it. */
    Scene looksUntouched() {
        EndpointSnapshot was = live();
        put(
                new EndpointSnapshot(
                        was.name(),
                        was.arn(),
                        EndpointStatus.IN_SERVICE,
                        was.creationTime(),
                        Instant.parse(status.aws().lastModifiedTime()),
                        was.configName(),
                        was.failureReason(),
                        was.variants()),
                tags());
        return this;
    }
}
