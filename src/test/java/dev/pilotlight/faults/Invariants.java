package dev.pilotlight.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.testing.proxy.KubeWrite;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The eleven things that hold whatever goes wrong. */
final class Invariants {
    private static final String ENDPOINTS = "serverlessendpoints";
    private static final int OK = 200;

    private Invariants() {}

    /** A set for one stage. */
    static List<Invariant> all(Bystander bystander, Logs logs) {
        return List.of(
                new NoLeak(),
                new NoDuplicate(),
                new Converges(),
                new LastGoodServes(),
                new HonestStatus(),
                new ForeignUntouched(bystander),
                new SpecUntouched(),
                new NoSecrets(logs),
                new BoundedLoad(),
                new DeletionExplains(),
                new Isolation(bystander));
    }

    private static boolean isStatusOf(KubeWrite write) {
        return write.request().resource().equals(ENDPOINTS)
                && write.request().subresource().equals("status");
    }

    private static JsonNode condition(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    /** Once the object is gone, nothing in AWS carries its UID or its namespace. */
    static final class NoLeak extends Invariant {
        NoLeak() {
            super("I1", "nothing is left in AWS");
        }

        @Override
        void onGone(Scene scene, Findings findings) {
            List<AwsNow.Item> left = AwsNow.of(scene.world())
                    .ofNamespace(scene.namespace())
                    .filter(item -> !scene.orphans().contains(item.toString()))
                    .toList();
            if (!left.isEmpty()) {
                findings.add(this, scene.object(), "is gone, and AWS still has " + left);
            }
        }
    }

    /** Never two endpoints for one object, and no more models and endpoint configs than the history allows. */
    static final class NoDuplicate extends Invariant {
        private static final int PREVIEWS = 2;
        private static final int HISTORY = 4;
        /** The wanted revision keeps one of another concurrency that it had: day and night take turns without a new one each time. */
        private static final int SPARE_CONFIGS = 1;

        NoDuplicate() {
            super("I2", "everything is made once");
        }

        @Override
        void onStep(Scene scene, Findings findings) {
            AwsNow aws = scene.stage().aws();
            for (String uid : scene.uids()) {
                List<AwsNow.Item> endpoints = of(aws, uid, "endpoints");
                long previews =
                        endpoints.stream().filter(AwsNow.Item::isPreview).count();
                if (endpoints.size() - previews > 1 || previews > PREVIEWS) {
                    findings.add(this, scene.object(), "has " + endpoints);
                }
            }
        }

        @Override
        void onDone(Scene scene, Findings findings) {
            AwsNow aws = AwsNow.of(scene.world());
            for (String uid : scene.uids()) {
                List<AwsNow.Item> models = of(aws, uid, "models");
                List<AwsNow.Item> configs = of(aws, uid, "endpointConfigs");
                if (models.size() > HISTORY || configs.size() > HISTORY + SPARE_CONFIGS) {
                    findings.add(this, scene.object(), "at rest has " + models + " and " + configs);
                }
            }
        }

        private static List<AwsNow.Item> of(AwsNow aws, String uid, String kind) {
            return aws.ofUid(uid).filter(item -> item.kind().equals(kind)).toList();
        }
    }

    /** What the user wants comes about, as it would have without the trouble, and then nothing moves any more. */
    static final class Converges extends Invariant {
        Converges() {
            super("I3", "it comes to what is wanted, and to rest");
        }

        /** Lets time pass in which nothing may happen. */
        void rest(Scene scene, Duration time, Findings findings) {
            scene.world().settle();
            scene.world().forgetCalls();
            String version = scene.version();
            scene.pass(time);
            List<String> mutations = scene.world().mutations();
            if (!mutations.isEmpty()) {
                findings.add(this, scene.object(), "at rest, and AWS is changed: " + mutations);
            }
            if (!version.equals(scene.version())) {
                findings.add(
                        this,
                        scene.object(),
                        "at rest, and its status is written: "
                                + scene.endpoint().map(ServerlessEndpoint::getStatus));
            }
        }
    }

    /** An application gets answers from the first time the endpoint is Ready until a user deletes it. */
    static final class LastGoodServes extends Invariant {
        LastGoodServes() {
            super("I4", "the last good revision serves");
        }

        @Override
        void onStep(Scene scene, Findings findings) {
            if (scene.isExpectedToServe()) {
                int status = scene.world().console().invoke(scene.awsName());
                if (status != OK) {
                    findings.add(
                            this,
                            scene.object(),
                            scene.awsName() + " answers " + status + ", status "
                                    + scene.endpoint().map(ServerlessEndpoint::getStatus));
                }
            }
        }
    }

    /** Ready is written only when AWS has what the generation it is written for asks for. */
    static final class HonestStatus extends Invariant {
        private static final Set<String> SERVING =
                Set.of("InService", "Updating", "SystemUpdating", "RollingBack", "Creating");

        HonestStatus() {
            super("I5", "Ready is true");
        }

        @Override
        void onWrite(Scene scene, KubeWrite write, Findings findings) {
            if (!isStatusOf(write) || scene.isDisturbed()) {
                return;
            }
            JsonNode ready = condition(write.body().path("status"), "Ready");
            ServerlessEndpoint object = scene.endpoint().orElse(null);
            if (object == null || !ready.path("status").asText().equals("True")) {
                return;
            }
            String decidedOn = write.body().at("/metadata/resourceVersion").asText();
            boolean refused = !decidedOn.isEmpty()
                    && !decidedOn.equals(object.getMetadata().getResourceVersion());
            boolean ofThisGeneration = ready.path("observedGeneration").asLong()
                    == object.getMetadata().getGeneration();
            if (!refused && ofThisGeneration) {
                String lie = lie(scene, object, write.body().path("status"));
                if (!lie.isEmpty()) {
                    findings.add(this, scene.object(), "Ready=True is written, but " + lie);
                }
            }
        }

        private static String lie(Scene scene, ServerlessEndpoint object, JsonNode status) {
            AwsNow aws = AwsNow.of(scene.world());
            String name = status.path("endpointName").asText();
            AwsNow.Item live = aws.endpoint(name).orElse(null);
            if (live == null) {
                return "AWS has no endpoint " + name;
            }
            if (!SERVING.contains(live.fact("EndpointStatus"))) {
                return name + " is " + live.fact("EndpointStatus");
            }
            if (!live.isOf(object.getMetadata().getUid())) {
                return name + " has tags " + live.tags();
            }
            JsonNode has = live.facts().path("CurrentServerlessConfig");
            var wanted = object.getSpec().serverless();
            if (has.path("MemorySizeInMB").asInt() != wanted.memorySizeInMB()) {
                return "serves with " + has + ", wanted " + wanted;
            }
            boolean scaling = !condition(status, "Scaling").isMissingNode();
            Integer provisioned = has.has("ProvisionedConcurrency")
                    ? Integer.valueOf(has.path("ProvisionedConcurrency").asInt())
                    : null;
            if (!scaling
                    && (has.path("MaxConcurrency").asInt() != wanted.maxConcurrency()
                            || !Objects.equals(provisioned, wanted.provisionedConcurrency()))) {
                return "serves with " + has + ", wanted " + wanted;
            }
            String image = aws.modelOf(live).map(model -> model.fact("Image")).orElse("no model");
            String reference = object.getSpec().model().image();
            boolean same = image.equals(reference) || image.equals(aws.resolved(reference));
            return same ? "" : "serves " + image + ", wanted " + reference;
        }
    }

    /** What belongs to others stays what it is. */
    static final class ForeignUntouched extends Invariant {
        private final Bystander bystander;

        ForeignUntouched(Bystander bystander) {
            super("I6", "what is foreign is untouched");
            this.bystander = bystander;
        }

        @Override
        void onStep(Scene scene, Findings findings) {
            String change = scene.changeOfProtected();
            if (!change.isEmpty()) {
                findings.add(this, scene.object(), "what had the name before " + change);
            }
        }

        @Override
        void onDone(Scene scene, Findings findings) {
            onStep(scene, findings);
            String changes = bystander.foreignChanges();
            if (!changes.isEmpty()) {
                findings.add(this, "somebody else's", changes);
            }
        }

        @Override
        void onGone(Scene scene, Findings findings) {
            onDone(scene, findings);
        }
    }

    /** The operator owns the status and its finalizer and no other field. */
    static final class SpecUntouched extends Invariant {
        SpecUntouched() {
            super("I7", "spec and metadata are the user's");
        }

        @Override
        void onDone(Scene scene, Findings findings) {
            scene.endpoint().stream()
                    .flatMap(object -> object.getMetadata().getManagedFields().stream())
                    .filter(entry -> entry.getManager().equals(Pilotlight.FIELD_MANAGER))
                    .flatMap(SpecUntouched::tooMuch)
                    .forEach(field -> findings.add(this, scene.object(), "the operator owns " + field));
        }

        private static Stream<String> tooMuch(ManagedFieldsEntry entry) {
            Map<String, Object> fields = entry.getFieldsV1().getAdditionalProperties();
            Set<String> top = new HashSet<>(fields.keySet());
            top.removeAll(Set.of("f:status", "f:metadata"));
            Set<String> metadata = new HashSet<>(keys(fields.get("f:metadata")));
            metadata.remove("f:finalizers");
            return Stream.concat(top.stream(), metadata.stream());
        }

        private static Set<String> keys(Object fields) {
            Set<String> keys = new HashSet<>();
            if (fields instanceof Map<?, ?> map) {
                map.keySet().forEach(key -> keys.add(String.valueOf(key)));
            }
            return keys;
        }
    }

    /** Neither credentials nor what is sent to a model is in what is written to the cluster, events included, in logs or in metrics. */
    static final class NoSecrets extends Invariant {
        private final Logs logs;

        NoSecrets(Logs logs) {
            super("I8", "no secret is in any output");
            this.logs = logs;
        }

        @Override
        void onWrite(Scene scene, KubeWrite write, Findings findings) {
            Secrets.in(write.text())
                    .ifPresent(secret ->
                            findings.add(this, scene.object(), secret + " is in a write of " + write.request()));
        }

        @Override
        void onStep(Scene scene, Findings findings) {
            logs.found().ifPresent(line -> findings.add(this, scene.object(), line));
        }

        @Override
        void onDone(Scene scene, Findings findings) {
            Secrets.in(scene.world().metrics())
                    .ifPresent(secret -> findings.add(this, scene.object(), secret + " is in the metrics"));
        }
    }

    /** AWS is not called more often than a token bucket allows, and no object is written to over and over. */
    static final class BoundedLoad extends Invariant {
        private static final double PER_SECOND = 10;
        private static final double BURST = 20;
        private static final int WRITES_A_MINUTE = 240;

        private final Map<String, Double> tokens = new HashMap<>();
        private final Map<Scene, Writes> writes = new ConcurrentHashMap<>();
        private Object life;
        private Instant filled = Instant.MIN;
        private int seen;

        private record Writes(Instant since, int number) {}

        BoundedLoad() {
            super("I9", "load is bounded");
        }

        @Override
        void onStep(Scene scene, Findings findings) {
            Object operator = scene.world().operator();
            if (operator != life) {
                // Nobody hands tokens on to the next life.
                life = operator;
                tokens.clear();
            }
            refill(scene.world().now());
            List<AwsCall> requests = scene.world().requests();
            for (AwsCall call : requests.subList(Math.min(seen, requests.size()), requests.size())) {
                boolean counted = call.operation().startsWith("sagemaker:")
                        && !call.operation().endsWith("InvokeEndpoint");
                if (counted && tokens.merge(call.operation(), -1.0, (have, one) -> have + one) < -2 * BURST) {
                    findings.add(this, scene.object(), call.operation() + " more often than the bucket allows");
                }
            }
            seen = requests.size();
        }

        /** Levels are counted down from a full bucket, which is 0 here. */
        private void refill(Instant now) {
            if (filled.isBefore(now) && !filled.equals(Instant.MIN)) {
                double back = Duration.between(filled, now).toMillis() / 1000.0 * PER_SECOND;
                tokens.replaceAll((operation, level) -> Math.min(0, level + back));
            }
            filled = now;
        }

        @Override
        void onWrite(Scene scene, KubeWrite write, Findings findings) {
            if (isStatusOf(write)) {
                Instant now = scene.world().now();
                Writes so = writes.merge(
                        scene,
                        new Writes(now, 1),
                        (before, one) -> before.since().plusSeconds(60).isBefore(now)
                                ? one
                                : new Writes(before.since(), before.number() + 1));
                if (so.number() > WRITES_A_MINUTE) {
                    findings.add(this, scene.object(), "more than " + WRITES_A_MINUTE + " status writes in a minute");
                }
            }
        }

        @Override
        void onGone(Scene scene, Findings findings) {
            writes.remove(scene);
        }
    }

    /** A deletion ends, or says what it waits for; the finalizer stays until AWS has nothing more. */
    static final class DeletionExplains extends Invariant {
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        private final Map<Scene, Instant> asked = new ConcurrentHashMap<>();

        DeletionExplains() {
            super("I10", "a deletion ends or explains itself");
        }

        @Override
        void onStep(Scene scene, Findings findings) {
            boolean deleting = scene.endpoint()
                    .filter(ServerlessEndpoint::isMarkedForDeletion)
                    .isPresent();
            if (!deleting || scene.world().operator() == null) {
                asked.remove(scene);
                return;
            }
            Instant since = asked.computeIfAbsent(scene, key -> scene.world().now());
            boolean explained = scene.team()
                    .condition(Scene.NAME, "Terminating")
                    .filter(condition -> !condition.message().isEmpty())
                    .isPresent();
            if (!explained && scene.world().now().isAfter(since.plus(PATIENCE))) {
                findings.add(this, scene.object(), "is being deleted since " + since + " and says nothing of it");
            }
        }

        @Override
        void onWrite(Scene scene, KubeWrite write, Findings findings) {
            ServerlessEndpoint object = scene.endpoint().orElse(null);
            boolean lettingGo = write.request().resource().equals(ENDPOINTS)
                    && write.body().isArray()
                    && object != null
                    && object.isMarkedForDeletion()
                    && object.hasFinalizer(Pilotlight.FINALIZER)
                    && isCurrent(write.body(), object);
            if (lettingGo) {
                List<AwsNow.Item> left = AwsNow.of(scene.world())
                        .ofUid(object.getMetadata().getUid())
                        .toList();
                if (!left.isEmpty()) {
                    findings.add(this, scene.object(), "its finalizer leaves while AWS has " + left);
                }
            }
        }

        private static boolean isCurrent(JsonNode patch, ServerlessEndpoint object) {
            for (JsonNode step : patch) {
                if (step.path("path").asText().equals("/metadata/uid")
                        && !step.path("value")
                                .asText()
                                .equals(object.getMetadata().getUid())) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Who has nothing to do with it notices nothing. */
    static final class Isolation extends Invariant {
        private final Bystander bystander;

        Isolation(Bystander bystander) {
            super("I11", "others do not notice");
            this.bystander = bystander;
        }

        @Override
        void onDone(Scene scene, Findings findings) {
            if (!bystander.isReady()) {
                findings.add(this, bystander.object(), "is not Ready any more");
            }
            if (!bystander.answers()) {
                findings.add(this, bystander.object(), "does not answer any more");
            }
            if (!scene.isStormy() && bystander.wasWritten()) {
                findings.add(this, bystander.object(), "its status was written");
            }
            bystander
                    .tooLate()
                    .ifPresent(late -> findings.add(this, bystander.object(), "its edit was there after " + late));
        }

        @Override
        void onGone(Scene scene, Findings findings) {
            onDone(scene, findings);
        }
    }
}
