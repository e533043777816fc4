package dev.pilotlight.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.testing.AwsConsole;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sagemaker.model.ContainerDefinition;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelResponse;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantServerlessConfig;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** Models, endpoint configs and endpoints of an account as JSON, and from JSON into an account. */
final class AwsState {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AwsConsole console;

    AwsState(AwsConsole console) {
        this.console = console;
    }

    ObjectNode read() {
        ObjectNode state = JSON.createObjectNode();
        console.models().forEach(name -> state.withArray("models").add(model(name)));
        console.endpointConfigs()
                .forEach(name -> state.withArray("endpointConfigs").add(config(name)));
        console.endpoints().forEach(name -> state.withArray("endpoints").add(endpoint(name)));
        return state;
    }

    private ObjectNode model(String name) {
        DescribeModelResponse model = console.sageMaker().describeModel(request -> request.modelName(name));
        ContainerDefinition container = model.primaryContainer();
        ObjectNode json = named(name, console.model(name));
        json.put("executionRoleARN", model.executionRoleArn()).put("image", container.image());
        json.put("modelDataURL", container.modelDataUrl());
        json.set("environment", JSON.valueToTree(container.environment()));
        return json;
    }

    private ObjectNode config(String name) {
        ProductionVariant variant = console.sageMaker()
                .describeEndpointConfig(request -> request.endpointConfigName(name))
                .productionVariants()
                .getFirst();
        ProductionVariantServerlessConfig serverless = variant.serverlessConfig();
        ObjectNode json = named(name, console.endpointConfig(name));
        json.put("variant", variant.variantName()).put("model", variant.modelName());
        json.put("memorySizeInMB", serverless.memorySizeInMB()).put("maxConcurrency", serverless.maxConcurrency());
        json.put("provisionedConcurrency", serverless.provisionedConcurrency());
        return json;
    }

    private ObjectNode endpoint(String name) {
        JsonNode endpoint = console.endpoint(name);
        return named(name, endpoint)
                .put("endpointConfig", endpoint.path("EndpointConfigName").asText());
    }

    private static ObjectNode named(String name, JsonNode resource) {
        ObjectNode json = JSON.createObjectNode().put("name", name);
        json.set("tags", JSON.valueToTree(AwsConsole.tags(resource)));
        return json;
    }

    // ---- the way back

    void restore(JsonNode state) {
        state.path("models").forEach(this::createModel);
        state.path("endpointConfigs").forEach(this::createConfig);
        state.path("endpoints").forEach(this::createEndpoint);
    }

    private void createModel(JsonNode model) {
        ContainerDefinition container = ContainerDefinition.builder()
                .image(text(model, "image"))
                .modelDataUrl(text(model, "modelDataURL"))
                .environment(map(model.path("environment")))
                .build();
        console.sageMaker()
                .createModel(request -> request.modelName(text(model, "name"))
                        .executionRoleArn(text(model, "executionRoleARN"))
                        .primaryContainer(container)
                        .tags(tags(model)));
    }

    private void createConfig(JsonNode config) {
        ProductionVariantServerlessConfig.Builder serverless = ProductionVariantServerlessConfig.builder()
                .memorySizeInMB(config.path("memorySizeInMB").asInt())
                .maxConcurrency(config.path("maxConcurrency").asInt());
        if (config.path("provisionedConcurrency").isInt()) {
            serverless.provisionedConcurrency(
                    config.path("provisionedConcurrency").asInt());
        }
        ProductionVariant variant = ProductionVariant.builder()
                .variantName(text(config, "variant"))
                .modelName(text(config, "model"))
                .serverlessConfig(serverless.build())
                .build();
        console.sageMaker()
                .createEndpointConfig(request -> request.endpointConfigName(text(config, "name"))
                        .productionVariants(variant)
                        .tags(tags(config)));
    }

    private void createEndpoint(JsonNode endpoint) {
        console.sageMaker()
                .createEndpoint(request -> request.endpointName(text(endpoint, "name"))
                        .endpointConfigName(text(endpoint, "endpointConfig"))
                        .tags(tags(endpoint)));
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).isTextual() ? json.path(field).asText() : null;
    }

    private static Map<String, String> map(JsonNode json) {
        return JSON.convertValue(json, JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
    }

    private static List<Tag> tags(JsonNode resource) {
        return map(resource.path("tags")).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
