package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.Scope;
import java.time.Instant;
import java.util.List;

/** An endpoint configuration. Immutable apart from its tags. */
final class EndpointConfig extends Resource {
    private final List<Variant> variants;
    private final ObjectNode request;

    /** @param request CreateEndpointConfig's input as it came */
    EndpointConfig(Scope scope, ObjectNode request, List<Variant> variants, long order, Instant created) {
        super(Kind.ENDPOINT_CONFIG, scope, request.path("EndpointConfigName").asText(), order, created);
        this.request = request.deepCopy();
        this.variants = List.copyOf(variants);
    }

    List<Variant> variants() {
        return variants;
    }

    boolean serverless() {
        return variants.getFirst().capacity().isPresent();
    }

    /**
     * DescribeEndpointConfig's answer. The service shows a VolumeSizeInGB on serverless variants and
     * EnableNetworkIsolation although neither was set (observed publicly).
     */
    ObjectNode describe(int volumeSizeInGB) {
        ObjectNode answer = Documents.empty();
        answer.put("EndpointConfigName", name());
        answer.put("EndpointConfigArn", arn());
        ArrayNode list = answer.putArray("ProductionVariants");
        for (Variant variant : variants) {
            ObjectNode json = list.addObject();
            json.put("VariantName", variant.name());
            json.put("ModelName", variant.modelName());
            json.put("InitialVariantWeight", variant.weight());
            if (variant.capacity().isPresent()) {
                json.set("ServerlessConfig", variant.capacity().get().json());
                json.put("VolumeSizeInGB", volumeSizeInGB);
            } else {
                json.put("InitialInstanceCount", variant.instances());
                json.put("InstanceType", variant.instanceType().orElse(""));
            }
        }
        for (String field : new String[] {"DataCaptureConfig", "KmsKeyId", "AsyncInferenceConfig", "VpcConfig"}) {
            if (request.hasNonNull(field)) {
                answer.set(field, request.get(field));
            }
        }
        answer.put("CreationTime", Documents.seconds(created()));
        answer.put("EnableNetworkIsolation", request.path("EnableNetworkIsolation").asBoolean());
        return answer;
    }
}
