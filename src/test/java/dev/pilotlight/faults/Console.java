package dev.pilotlight.faults;

import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.testing.EndpointManifest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** Somebody else in the same AWS account: changes what is ours (F23), and has what we want (F24). */
final class Console {
    private static final String ROLE = "arn:aws:iam::111122223333:role/sagemaker/sentiment";

    private Console() {}

    static List<Row> rows() {
        return List.of(
                new Row("F23", "AWS is changed past the operator", Console::tampering),
                new Row("F24", "what we want to make is somebody else's", Console::taken));
    }

    // ---- changes past the operator

    private static void tampering(Lab lab) {
        tamper(lab, "the endpoint is deleted", Console::deleteEndpoint, scene -> Users.is(scene, "InService"));
        tamper(
                lab,
                "its concurrency is changed",
                scene -> {
                    scene.world().console().scale(scene.awsName(), "AllTraffic", 7);
                    look(scene);
                },
                scene -> endpoint(scene)
                                .facts()
                                .at("/CurrentServerlessConfig/MaxConcurrency")
                                .asInt()
                        == 20);
        tamper(
                lab,
                "its config is another one",
                Console::swapConfig,
                scene -> endpoint(scene).fact("EndpointConfigName").startsWith(scene.awsName()));
        tamper(
                lab,
                "its tags are gone",
                Console::stripTags,
                scene -> endpoint(scene).isOf(uid(scene)));
        for (String kind : lab.extent().of(List.of("models", "endpointConfigs"), 1)) {
            tamper(
                    lab,
                    kind + " are deleted",
                    scene -> deleteContent(scene, kind),
                    scene -> AwsNow.of(scene.world())
                            .ofUid(uid(scene))
                            .anyMatch(item -> item.kind().equals(kind)));
        }
    }

    private static void tamper(Lab lab, String what, Consumer<Scene> change, Predicate<Scene> isRepaired) {
        lab.experiment(
                "F23",
                Kind.QUICK,
                Act.of(
                        what,
                        Flow.PREVIEW::prepare,
                        scene -> {
                            scene.disturbed(true);
                            change.accept(scene);
                        },
                        scene -> isRepaired.test(scene) && scene.isConverged()));
    }

    private static void deleteEndpoint(Scene scene) {
        scene.excuse();
        scene.world().console().deleteEndpoint(scene.awsName());
    }

    private static void swapConfig(Scene scene) {
        SageMakerClient console = scene.world().console().sageMaker();
        AwsNow.Item model = AwsNow.of(scene.world()).modelOf(endpoint(scene)).orElseThrow();
        String name = scene.namespace() + "-other";
        console.createEndpointConfig(config -> config.endpointConfigName(name)
                .productionVariants(ProductionVariant.builder()
                        .variantName("AllTraffic")
                        .modelName(model.name())
                        .serverlessConfig(
                                serverless -> serverless.memorySizeInMB(1024).maxConcurrency(5))
                        .build()));
        console.updateEndpoint(update -> update.endpointName(scene.awsName()).endpointConfigName(name));
        look(scene);
    }

    private static void stripTags(Scene scene) {
        AwsNow.Item endpoint = endpoint(scene);
        scene.world().console().untag(endpoint.facts(), endpoint.tags().keySet());
    }

    private static void deleteContent(Scene scene, String kind) {
        AwsNow.of(scene.world())
                .ofUid(uid(scene))
                .filter(item -> item.kind().equals(kind))
                .forEach(item -> {
                    if (kind.equals("models")) {
                        scene.world().console().deleteModel(item.name());
                    } else {
                        scene.world().console().deleteEndpointConfig(item.name());
                    }
                });
    }

    /** States last until they are seen here. */
    private static void look(Scene scene) {
        scene.world().console().sageMaker().describeEndpoint(request -> request.endpointName(scene.awsName()));
        scene.world().console().sageMaker().describeEndpoint(request -> request.endpointName(scene.awsName()));
    }

    private static AwsNow.Item endpoint(Scene scene) {
        return AwsNow.of(scene.world()).endpoint(scene.awsName()).orElseThrow();
    }

    private static String uid(Scene scene) {
        return scene.endpoint().orElseThrow().getMetadata().getUid();
    }

    // ---- names that are taken

    private static void taken(Lab lab) {
        Map<String, String> theirs = Map.of("owner", "somebody");
        Map<String, String> anotherCluster = Map.of(
                "pilotlight.dev/cluster", "another",
                "pilotlight.dev/namespace", "team",
                "pilotlight.dev/name", "sentiment",
                "pilotlight.dev/uid", "0000");
        for (Map<String, String> tags : lab.extent().of(List.of(theirs, anotherCluster), 1)) {
            lab.experiment("F24", Kind.QUICK, foreignEndpoint(tags));
        }
        lab.experiment("F24", Kind.QUICK, foreignModel());
        lab.experiment("F24", Kind.QUICK, collision());
    }

    /** An endpoint of the wanted name exists. */
    static Act foreignEndpoint(Map<String, String> tags) {
        return Act.of(
                "endpoint with tags " + tags.keySet(),
                scene -> {
                    scene.team().applyIdentity();
                    String name = scene.namespace() + "-taken";
                    scene.world().console().createEndpoint(name, tags);
                    scene.called(name);
                    look(scene);
                    scene.protect(name);
                },
                scene -> {
                    scene.apply("{endpointName: %s-taken}".formatted(scene.namespace()));
                    scene.pass(Duration.ofMinutes(2));
                },
                scene -> isRefused(scene, "NameTaken"));
    }

    private static Act foreignModel() {
        return Act.of(
                "model without tags",
                scene -> scene.team().applyIdentity(),
                scene -> {
                    seedModel(scene, Map.of());
                    scene.pass(Duration.ofMinutes(2));
                },
                scene -> isRefused(scene, "NameTaken"));
    }

    /** A model has the wanted name and our tags, and was made from something else. */
    static Act collision() {
        return Act.of(
                "model of other content",
                scene -> scene.team().applyIdentity(),
                scene -> {
                    seedModel(scene, Map.of("pilotlight.dev/digest", "0".repeat(64)));
                    scene.pass(Duration.ofMinutes(2));
                },
                scene -> isRefused(scene, "NameCollision"));
    }

    private static void seedModel(Scene scene, Map<String, String> changed) {
        scene.apply("suspend: true");
        scene.world().settle();
        Desired desired =
                Desired.of(scene.endpoint().orElseThrow(), scene.world().clusterID(), List.of());
        Map<String, String> tags = new HashMap<>();
        if (!changed.isEmpty()) {
            tags.putAll(desired.modelOwner().toTags());
            tags.putAll(changed);
        }
        List<Tag> list = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        scene.world()
                .console()
                .sageMaker()
                .createModel(model -> model.modelName(desired.modelName())
                        .executionRoleArn(ROLE)
                        .primaryContainer(container -> container.image(EndpointManifest.REPOSITORY + ":2.0.0-echo"))
                        .tags(list));
        if (changed.isEmpty()) {
            scene.protect(desired.modelName());
        }
        scene.spec("{\"suspend\":null}");
    }

    private static boolean isRefused(Scene scene, String reason) {
        return scene.team().isTrue(Scene.NAME, "Stalled", reason);
    }
}
