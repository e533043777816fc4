package dev.pilotlight.faults;

import dev.pilotlight.testing.HandMade;
import dev.pilotlight.testing.Tenant;
import java.time.Duration;

/** What users ask for in the ordinary course of things. */
enum Flow implements Act {
    CREATE {
        @Override
        public void prepare(Scene scene) {
            // Nothing is there yet.
        }

        @Override
        public void ask(Scene scene) {
            scene.team().applyIdentity();
            scene.apply(VALIDATED);
        }
    },
    PREVIEW {
        @Override
        public void ask(Scene scene) {
            scene.spec(MORE_MEMORY);
        }
    },
    IN_PLACE {
        @Override
        public void prepare(Scene scene) {
            serve(scene, VALIDATED_IN_PLACE);
        }

        @Override
        public void ask(Scene scene) {
            scene.spec(MORE_MEMORY);
        }
    },
    /** The new revision answers wrongly on the real endpoint. */
    ROLLBACK {
        @Override
        public void prepare(Scene scene) {
            serve(scene, VALIDATED_IN_PLACE);
        }

        @Override
        public void ask(Scene scene) {
            scene.spec(image("2.0.0-echo"));
        }

        @Override
        public boolean isDone(Scene scene) {
            return isBack(scene, "ValidationFailed");
        }
    },
    /** AWS gives the update up. */
    AWS_ROLLS_BACK {
        @Override
        public void prepare(Scene scene) {
            serve(scene, VALIDATED_IN_PLACE);
        }

        @Override
        public void ask(Scene scene) {
            scene.spec(image("2.0.0-update-rolls-back"));
        }

        @Override
        public boolean isDone(Scene scene) {
            return isBack(scene, "UpdateFailed");
        }
    },
    CAPACITY {
        @Override
        public void ask(Scene scene) {
            scene.spec("{\"serverless\":{\"maxConcurrency\":30}}");
        }
    },
    /** From no provisioned concurrency to some, and back. */
    PROVISIONED {
        @Override
        public void ask(Scene scene) {
            scene.spec("{\"serverless\":{\"provisionedConcurrency\":2}}");
        }

        @Override
        public boolean next(Scene scene) {
            boolean first =
                    scene.endpoint().orElseThrow().getSpec().serverless().provisionedConcurrency() != null;
            if (first) {
                scene.spec("{\"serverless\":{\"provisionedConcurrency\":null}}");
            }
            return first;
        }
    },
    DELETE {
        @Override
        public void ask(Scene scene) {
            scene.delete();
        }

        @Override
        public boolean isDone(Scene scene) {
            return !scene.team().exists(Scene.NAME);
        }
    },
    ADOPT {
        @Override
        public void prepare(Scene scene) {
            String name = scene.namespace() + "-old";
            scene.team().applyIdentity("adoptableEndpointNames: ['" + scene.namespace() + "-*']");
            scene.world().console().make(name, HandMade.asInTheManifest());
            scene.called(name);
            scene.pass(Duration.ofMinutes(1));
            // A look moves a state on that lasts no time.
            scene.world().console().sageMaker().describeEndpoint(request -> request.endpointName(name));
            scene.serves();
            scene.keeps();
        }

        @Override
        public void ask(Scene scene) {
            scene.apply("{endpointName: %s-old, adoptionPolicy: Adopt}".formatted(scene.namespace()));
        }
    };

    private static final String VALIDATION = """
            validation: {requests: [{name: happy, contentType: application/json, body: '{"text": "good", "note": "%s"}',
            expect: 'response.status == 200 && response.json.label == "POSITIVE"'}]}""".formatted(Stage.CANARY);

    static final String VALIDATED = "rollout: {" + VALIDATION + "}";

    static final String VALIDATED_IN_PLACE = "rollout: {strategy: InPlace, " + VALIDATION + "}";

    static final String MORE_MEMORY = "{\"serverless\":{\"memorySizeInMB\":3072}}";

    @Override
    public void prepare(Scene scene) {
        serve(scene, VALIDATED);
    }

    /** The endpoint serves as the manifest wants it. */
    static void serve(Scene scene, String overlay) {
        scene.team().applyIdentity();
        scene.apply(overlay);
        scene.until("it serves", scene::isConverged);
    }

    static String image(String tag) {
        return "{\"model\":{\"image\":\"" + Tenant.REGISTRY + "/sentiment:" + tag + "\"}}";
    }

    private static boolean isBack(Scene scene, String reason) {
        return scene.team().isTrue(Scene.NAME, "Stalled", reason)
                && scene.team().isTrue(Scene.NAME, "Available")
                && AwsNow.of(scene.world())
                        .endpoint(scene.awsName())
                        .filter(endpoint -> endpoint.fact("EndpointStatus").equals("InService"))
                        .isPresent();
    }
}
