package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.sagemaker.Variant.Capacity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What hosting shows of itself on the admin path, by the names of the AWS fields. */
final class Inventory {
    private Inventory() {}

    static Map<String, Object> of(Hosting hosting) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("models", hosting.models().stream().map(Inventory::model).toList());
        all.put(
                "endpointConfigs",
                hosting.endpointConfigs().stream().map(Inventory::config).toList());
        all.put(
                "endpoints",
                hosting.endpoints().stream()
                        .map(endpoint -> endpoint(hosting, endpoint))
                        .toList());
        return all;
    }

    private static Map<String, Object> model(Model model) {
        Map<String, Object> json = record("ModelName", model);
        json.put("Image", model.image());
        json.put("ExecutionRoleArn", model.executionRole());
        return json;
    }

    private static Map<String, Object> config(EndpointConfig config) {
        Map<String, Object> json = record("EndpointConfigName", config);
        json.put("ModelNames", config.variants().stream().map(Variant::modelName).toList());
        capacity(json, "ServerlessConfig", config.variants());
        return json;
    }

    private static Map<String, Object> endpoint(Hosting hosting, Endpoint endpoint) {
        Map<String, Object> json = record("EndpointName", endpoint);
        json.put("EndpointStatus", endpoint.status().toString());
        json.put("EndpointConfigName", endpoint.configName());
        json.put("LastModifiedTime", endpoint.lastModified().toString());
        endpoint.failureReason().ifPresent(reason -> json.put("FailureReason", reason));
        if (endpoint.live() != null) {
            List<Variant> variants = endpoint.live().variants().stream()
                    .map(Deployment.Deployed::variant)
                    .toList();
            capacity(json, "CurrentServerlessConfig", variants);
        }
        json.put("scenario", Life.scenario(hosting, endpoint).marker());
        return json;
    }

    private static Map<String, Object> record(String nameField, Resource resource) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(nameField, resource.name());
        json.put("Arn", resource.arn());
        json.put("CreationTime", resource.created().toString());
        json.put("Tags", new LinkedHashMap<>(resource.tags()));
        return json;
    }

    private static void capacity(Map<String, Object> json, String field, List<Variant> variants) {
        variants.getFirst().capacity().map(Capacity::json).ifPresent(capacity -> json.put(field, capacity));
    }
}
