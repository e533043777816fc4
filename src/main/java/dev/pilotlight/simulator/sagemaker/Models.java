package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.Input;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CreateModel, DescribeModel, DeleteModel, ListModels. */
final class Models {
    private static final int MAX_ENVIRONMENT_BYTES = 32 * 1024;

    private Models() {}

    static ObjectNode create(Call call) {
        Input input = Input.of(call.body());
        String name = input.text("ModelName", 0, 63, Patterns.MODEL_NAME);
        Optional<String> role = input.optionalText("ExecutionRoleArn", 20, 2048, Patterns.ROLE_ARN);
        input.object("PrimaryContainer").ifPresent(Models::container);
        List<Input> containers = input.list("Containers", 0, 15);
        containers.forEach(Models::container);
        input.flag("EnableNetworkIsolation");
        Map<String, String> tags = Tags.read(input);
        input.check();
        if (!input.has("PrimaryContainer") && containers.isEmpty()) {
            throw Errors.validation("Must specify either PrimaryContainer or Containers.");
        }
        String arn = Kind.MODEL.arn(call.scope(), name);
        call.allowedToCreate(arn, tags);
        if (role.isPresent()) {
            call.world()
                    .permissions()
                    .require(
                            call.caller(),
                            "iam:PassRole",
                            role.get(),
                            Map.of("iam:PassedToService", SageMakerService.PRINCIPAL));
        }
        if (call.hosting().find(Kind.MODEL, name).isPresent()) {
            throw Errors.exists(Kind.MODEL, arn);
        }
        Model model = new Model(call.scope(), call.body(), call.hosting().next(), call.now());
        reachable(call, model);
        model.tag(tags);
        model.hide(call.world().settings().consistency());
        call.hosting().put(model);
        return Documents.empty().put("ModelArn", arn);
    }

    static ObjectNode describe(Call call) {
        Input input = Input.of(call.body());
        String name = input.text("ModelName", 0, 63, Patterns.MODEL_NAME);
        input.check();
        String arn = Kind.MODEL.arn(call.scope(), name);
        call.allowed(arn);
        Resource found = call.look(Kind.MODEL, name).orElseThrow(() -> Errors.notFound(Kind.MODEL, arn));
        return ((Model) found).describe();
    }

    static ObjectNode delete(Call call) {
        Input input = Input.of(call.body());
        String name = input.text("ModelName", 0, 63, Patterns.MODEL_NAME);
        input.check();
        String arn = Kind.MODEL.arn(call.scope(), name);
        call.allowed(arn);
        call.hosting()
                .remove(call.hosting().find(Kind.MODEL, name).orElseThrow(() -> Errors.notFound(Kind.MODEL, arn)));
        return Documents.empty();
    }

    static ObjectNode list(Call call) {
        return Pages.list(
                call,
                Input.of(call.body()),
                call.hosting().models().stream(),
                "Models",
                null,
                (model, json) -> json.put("ModelName", model.name())
                        .put("ModelArn", model.arn())
                        .put("CreationTime", Documents.seconds(model.created())));
    }

    private static void container(Input container) {
        container.optionalText("Image", 0, 255, Patterns.IMAGE);
        container.optionalText("ModelDataUrl", 0, 1024, Patterns.MODEL_DATA_URL);
        Map<String, String> environment = new HashMap<>();
        container
                .object("Environment")
                .ifPresent(given -> given.json()
                        .properties()
                        .forEach(entry ->
                                environment.put(entry.getKey(), entry.getValue().asText())));
        if (environment.size() > 100) {
            throw Errors.validation(
                    "1 validation error detected: Value '" + environment.keySet()
                            + "' at 'environment' failed to satisfy constraint: Member must have length less than or equal to 100");
        }
        int bytes = 0;
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            bytes += entry.getKey().length() + entry.getValue().length();
            if (!Patterns.ENVIRONMENT_KEY.matcher(entry.getKey()).matches()
                    || entry.getKey().length() > 1024
                    || entry.getValue().length() > 1024) {
                throw Errors.validation("1 validation error detected: Value '" + entry.getKey()
                        + "' at 'environment' failed to satisfy constraint: Map keys must satisfy constraint: [Member must"
                        + " have length less than or equal to 1024, Member must satisfy regular expression pattern: "
                        + Patterns.ENVIRONMENT_KEY.pattern() + "]");
            }
        }
        if (bytes > MAX_ENVIRONMENT_BYTES) {
            // AWS docs: 32 KB in all; the text is assumed.
            throw Errors.validation("The environment variables must not exceed 32 KB.");
        }
    }

    /** CreateModel looks at role and model data; the image is looked at by CreateEndpoint. */
    private static void reachable(Call call, Model model) {
        String role = model.executionRole();
        if (!role.isEmpty() && !call.world().roles().trusts(role, SageMakerService.PRINCIPAL)) {
            throw Errors.roleNotAssumable(role);
        }
        String url = model.container().path("ModelDataUrl").asText();
        if (url.startsWith("s3://") && !call.world().archives().exists(url)) {
            throw Errors.modelDataMissing(url, role, call.scope().region());
        }
    }
}
