package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.Scope;
import java.time.Instant;

/** A model: which image, which data, which role. Immutable apart from its tags. */
final class Model extends Resource {
    private final ObjectNode request;

    /** @param request CreateModel's input as it came */
    Model(Scope scope, ObjectNode request, long order, Instant created) {
        super(Kind.MODEL, scope, request.path("ModelName").asText(), order, created);
        this.request = request.deepCopy();
    }

    /** The only container a serverless model may have: the primary one or the one in the list. */
    JsonNode container() {
        return request.has("PrimaryContainer") ? request.get("PrimaryContainer") : request.path("Containers").path(0);
    }

    String image() {
        return container().path("Image").asText();
    }

    String executionRole() {
        return request.path("ExecutionRoleArn").asText();
    }

    /** What a serverless endpoint cannot run, or null. */
    String unsupportedFeature() {
        if (request.path("Containers").size() > 1) {
            return "A model with multiple containers";
        }
        if (request.has("VpcConfig")) {
            return "VpcConfig";
        }
        if (request.path("EnableNetworkIsolation").asBoolean()) {
            return "Network isolation";
        }
        JsonNode container = container();
        if (container.path("Mode").asText().equals("MultiModel")) {
            return "Multi-model mode";
        }
        if (container.has("ModelDataSource")) {
            return "ModelDataSource";
        }
        if (container.has("ModelPackageName")) {
            return "ModelPackageName";
        }
        if (container.path("ImageConfig").path("RepositoryAccessMode").asText().equals("Vpc")) {
            return "RepositoryAccessMode Vpc";
        }
        return null;
    }

    /** DescribeModel's answer. */
    ObjectNode describe() {
        ObjectNode answer = Documents.empty();
        answer.put("ModelName", name());
        for (String field : new String[] {"PrimaryContainer", "Containers", "InferenceExecutionConfig"}) {
            copy(field, answer);
        }
        copy("ExecutionRoleArn", answer);
        copy("VpcConfig", answer);
        answer.put("CreationTime", Documents.seconds(created()));
        answer.put("ModelArn", arn());
        answer.put("EnableNetworkIsolation", request.path("EnableNetworkIsolation").asBoolean());
        return answer;
    }

    private void copy(String field, ObjectNode answer) {
        if (request.hasNonNull(field)) {
            answer.set(field, request.get(field));
        }
    }
}
