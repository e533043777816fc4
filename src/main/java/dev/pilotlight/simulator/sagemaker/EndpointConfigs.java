package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.sagemaker.Variant.Capacity;
import dev.pilotlight.simulator.wire.Input;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** CreateEndpointConfig, DescribeEndpointConfig, DeleteEndpointConfig, ListEndpointConfigs. */
final class EndpointConfigs {
    private EndpointConfigs() {}

    static ObjectNode create(Call call) {
        Input input = Input.of(call.body());
        String name = input.text("EndpointConfigName", 0, 63, Patterns.ENDPOINT_NAME);
        if (!input.has("ProductionVariants")) {
            throw Errors.validation("1 validation error detected: Value null at 'productionVariants' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        List<Variant> variants = new ArrayList<>();
        for (Input variant : input.list("ProductionVariants", 1, 10)) {
            variants.add(variant(variant));
        }
        input.optionalText("KmsKeyId", 0, 2048, Patterns.KMS_KEY);
        Map<String, String> tags = Tags.read(input);
        input.check();
        String arn = Kind.ENDPOINT_CONFIG.arn(call.scope(), name);
        call.allowedToCreate(arn, tags);
        unique(variants);
        boolean serverless =
                variants.stream().anyMatch(variant -> variant.capacity().isPresent());
        if (serverless) {
            supported(input, variants);
        }
        if (call.hosting().find(Kind.ENDPOINT_CONFIG, name).isPresent()) {
            throw Errors.exists(Kind.ENDPOINT_CONFIG, arn);
        }
        for (Variant variant : variants) {
            String feature = model(call, variant.modelName()).unsupportedFeature();
            if (serverless && feature != null) {
                throw Errors.notServerless(feature);
            }
        }
        EndpointConfig config = new EndpointConfig(
                call.scope(), call.body(), variants, call.hosting().next(), call.now());
        config.tag(tags);
        config.hide(call.world().settings().consistency());
        call.hosting().put(config);
        return Documents.empty().put("EndpointConfigArn", arn);
    }

    static ObjectNode describe(Call call) {
        EndpointConfig config = named(call, true);
        return config.describe(call.world().settings().volumeSizeInGB());
    }

    static ObjectNode delete(Call call) {
        call.hosting().remove(named(call, false));
        return Documents.empty();
    }

    static ObjectNode list(Call call) {
        return Pages.list(
                call,
                Input.of(call.body()),
                call.hosting().endpointConfigs().stream(),
                "EndpointConfigs",
                null,
                (config, json) -> json.put("EndpointConfigName", config.name())
                        .put("EndpointConfigArn", config.arn())
                        .put("CreationTime", Documents.seconds(config.created())));
    }

    /** Finds a configuration that another call refers to. */
    static EndpointConfig find(Call call, String name) {
        return (EndpointConfig) call.look(Kind.ENDPOINT_CONFIG, name)
                .orElseThrow(() -> Errors.notFound(Kind.ENDPOINT_CONFIG, Kind.ENDPOINT_CONFIG.arn(call.scope(), name)));
    }

    /** Finds a model that another call refers to. */
    static Model model(Call call, String name) {
        return (Model) call.look(Kind.MODEL, name)
                .orElseThrow(() -> Errors.notFound(Kind.MODEL, Kind.MODEL.arn(call.scope(), name)));
    }

    /**
     * A memory size that exists and provisioned concurrency that fits.
     *
     * @throws dev.pilotlight.simulator.wire.AwsError when not
     */
    static Capacity valid(Capacity capacity) {
        if (capacity.memory() % 1024 != 0) {
            throw Errors.memorySize(capacity.memory());
        }
        if (capacity.provisioned() > capacity.max()) {
            throw Errors.provisionedAboveMax(capacity.provisioned(), capacity.max());
        }
        return capacity;
    }

    private static EndpointConfig named(Call call, boolean read) {
        Input input = Input.of(call.body());
        String name = input.text("EndpointConfigName", 0, 63, Patterns.ENDPOINT_NAME);
        input.check();
        String arn = Kind.ENDPOINT_CONFIG.arn(call.scope(), name);
        call.allowed(arn);
        Optional<Resource> found =
                read ? call.look(Kind.ENDPOINT_CONFIG, name) : call.hosting().find(Kind.ENDPOINT_CONFIG, name);
        return (EndpointConfig) found.orElseThrow(() -> Errors.notFound(Kind.ENDPOINT_CONFIG, arn));
    }

    private static Variant variant(Input input) {
        String name = input.text("VariantName", 0, 63, Patterns.ENDPOINT_NAME);
        String model = input.text("ModelName", 0, 63, Patterns.MODEL_NAME);
        BigDecimal weight = input.number("InitialVariantWeight").orElse(new BigDecimal("1.0"));
        Optional<Capacity> capacity = input.object("ServerlessConfig")
                .map(serverless -> new Capacity(
                        serverless.integer("MemorySizeInMB", 1024, 6144),
                        serverless.integer("MaxConcurrency", 1, 200),
                        serverless
                                .optionalInteger("ProvisionedConcurrency", 1, 200)
                                .orElse(0)));
        Optional<String> instance = input.optionalText("InstanceType", 1, 64, Patterns.ANY);
        int instances = input.optionalInteger("InitialInstanceCount", 0, Integer.MAX_VALUE)
                .orElse(capacity.isPresent() ? 0 : 1);
        return new Variant(name, model, weight, capacity, instance, instances);
    }

    private static void unique(List<Variant> variants) {
        Set<String> names = new HashSet<>();
        for (Variant variant : variants) {
            if (!names.add(variant.name())) {
                // Assumed text. AWS docs: variant names are unique within a configuration.
                throw Errors.validation("Variant name \"" + variant.name() + "\" is used more than once.");
            }
        }
    }

    private static void supported(Input input, List<Variant> variants) {
        if (variants.size() > 1) {
            throw Errors.notServerless("More than one production variant");
        }
        Variant variant = variants.getFirst();
        if (variant.instanceType().isPresent() || variant.instances() > 0) {
            throw Errors.validation("A production variant cannot have both ServerlessConfig and instances.");
        }
        variant.capacity().ifPresent(EndpointConfigs::valid);
        for (String feature : List.of(
                "DataCaptureConfig",
                "ShadowProductionVariants",
                "ExplainerConfig",
                "AsyncInferenceConfig",
                "VpcConfig")) {
            if (input.has(feature)) {
                throw Errors.notServerless(feature);
            }
        }
        if (input.flag("EnableNetworkIsolation")) {
            throw Errors.notServerless("Network isolation");
        }
    }
}
