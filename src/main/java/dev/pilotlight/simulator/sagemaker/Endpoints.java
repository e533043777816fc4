package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.sagemaker.Variant.Capacity;
import dev.pilotlight.simulator.wire.Input;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CreateEndpoint, DescribeEndpoint, UpdateEndpoint, UpdateEndpointWeightsAndCapacities, DeleteEndpoint, ListEndpoints.
 */
final class Endpoints {
    private final Life life;

    Endpoints(Life life) {
        this.life = life;
    }

    ObjectNode create(Call call) {
        Input input = Input.of(call.body());
        String name = input.text("EndpointName", 0, 63, Patterns.ENDPOINT_NAME);
        String configName = input.text("EndpointConfigName", 0, 63, Patterns.ENDPOINT_NAME);
        Map<String, String> tags = Tags.read(input);
        input.check();
        String arn = Kind.ENDPOINT.arn(call.scope(), name);
        call.allowedToCreate(arn, tags);
        call.allowed(Kind.ENDPOINT_CONFIG.arn(call.scope(), configName), tags);
        Optional<Endpoint> taken = find(call, name);
        if (taken.isPresent()) {
            taken.get().seen(call.now());
            throw Errors.exists(Kind.ENDPOINT, arn);
        }
        EndpointConfig config = EndpointConfigs.find(call, configName);
        Deployment wanted = Deployer.resolve(call, config);
        allAtOnce(input, wanted);
        Quotas.forCreate(call, wanted, scenario(call, name, wanted));
        Endpoint endpoint = new Endpoint(call.scope(), name, call.hosting().next(), call.now(), wanted);
        endpoint.tag(tags);
        endpoint.hide(call.world().settings().consistency());
        call.hosting().put(endpoint);
        life.create(call.hosting(), endpoint, call.now());
        return Documents.empty().put("EndpointArn", arn);
    }

    ObjectNode describe(Call call) {
        Input input = Input.of(call.body());
        String name = input.text("EndpointName", 0, 63, Patterns.ENDPOINT_NAME);
        input.check();
        String arn = Kind.ENDPOINT.arn(call.scope(), name);
        call.allowed(arn);
        Endpoint endpoint = find(call, name)
                .filter(found -> found.seenAt(call.now()))
                .orElseThrow(() -> Errors.notFound(Kind.ENDPOINT, arn));
        endpoint.seen(call.now());
        return endpoint.describe();
    }

    ObjectNode update(Call call) {
        Input input = Input.of(call.body());
        String name = input.text("EndpointName", 0, 63, Patterns.ENDPOINT_NAME);
        String configName = input.text("EndpointConfigName", 0, 63, Patterns.ENDPOINT_NAME);
        input.flag("RetainAllVariantProperties");
        input.list("ExcludeRetainedVariantProperties", 0, 3);
        input.check();
        Endpoint endpoint = modifiable(call, name);
        call.allowed(Kind.ENDPOINT_CONFIG.arn(call.scope(), configName));
        EndpointConfig config = EndpointConfigs.find(call, configName);
        if (config.serverless() && !endpoint.live().serverless()) {
            throw Errors.instancesToServerless(endpoint.arn());
        }
        Deployment wanted = Deployer.resolve(call, config);
        allAtOnce(input, wanted);
        Quotas.forUpdate(call, endpoint, wanted, scenario(call, name, wanted));
        endpoint.update(wanted, null);
        life.update(call.hosting(), endpoint, call.now());
        return Documents.empty().put("EndpointArn", endpoint.arn());
    }

    ObjectNode updateCapacities(Call call) {
        Input input = Input.of(call.body());
        String name = input.text("EndpointName", 0, 63, Patterns.ENDPOINT_NAME);
        List<Input> desired = input.list("DesiredWeightsAndCapacities", 1, 10);
        input.check();
        if (desired.isEmpty()) {
            throw Errors.validation("1 validation error detected: Value null at 'desiredWeightsAndCapacities' failed to"
                    + " satisfy constraint: Member must not be null");
        }
        Endpoint endpoint = modifiable(call, name);
        Input wish = desired.getFirst();
        String variantName = wish.text("VariantName", 0, 63, Patterns.ENDPOINT_NAME);
        Optional<Input> serverless = wish.object("ServerlessUpdateConfig");
        Optional<Integer> max = serverless.flatMap(update -> update.optionalInteger("MaxConcurrency", 1, 200));
        Optional<Integer> provisioned =
                serverless.flatMap(update -> update.optionalInteger("ProvisionedConcurrency", 1, 200));
        wish.check();
        Variant variant = endpoint.live().variants().stream()
                .map(Deployment.Deployed::variant)
                .filter(found -> found.name().equals(variantName))
                .findFirst()
                // Assumed text.
                .orElseThrow(() -> Errors.validation(
                        "Could not find variant \"" + variantName + "\" of endpoint \"" + endpoint.arn() + "\"."));
        if (variant.capacity().isPresent()) {
            scale(call, endpoint, variant.capacity().get(), max, provisioned);
        } else {
            endpoint.update(endpoint.live(), null);
        }
        life.update(call.hosting(), endpoint, call.now());
        return Documents.empty().put("EndpointArn", endpoint.arn());
    }

    ObjectNode delete(Call call) {
        Input input = Input.of(call.body());
        String name = input.text("EndpointName", 0, 63, Patterns.ENDPOINT_NAME);
        input.check();
        Endpoint endpoint = idle(call, name);
        deregister(call, endpoint);
        life.delete(call.hosting(), endpoint, call.now());
        return Documents.empty();
    }

    /** AWS docs, "Endpoint auto scaling": targets are deregistered silently, if the caller may do that. */
    private static void deregister(Call call, Endpoint endpoint) {
        if (!call.world().scaling().covers(call.scope(), endpoint.name())) {
            return;
        }
        String targets = "arn:aws:application-autoscaling:" + call.scope().region() + ":"
                + call.scope().accountId() + ":scalable-target/*";
        if (!call.world()
                .permissions()
                .allow(call.caller(), "application-autoscaling:DeregisterScalableTarget", targets)) {
            throw Errors.scalableTarget();
        }
        call.world().scaling().deregister(call.scope(), endpoint.name());
    }

    ObjectNode list(Call call) {
        Input input = Input.of(call.body());
        Optional<EndpointStatus> status = input.oneOf("StatusEquals", EndpointStatus.class);
        call.hosting().endpoints().forEach(endpoint -> life.settle(call.hosting(), endpoint, call.now()));
        return Pages.list(
                call,
                input,
                call.hosting().endpoints().stream()
                        .filter(endpoint -> status.isEmpty() || endpoint.status() == status.get()),
                "Endpoints",
                endpoint -> endpoint.status().toString(),
                (endpoint, json) -> {
                    endpoint.seen(call.now());
                    json.put("EndpointName", endpoint.name())
                            .put("EndpointArn", endpoint.arn())
                            .put("CreationTime", Documents.seconds(endpoint.created()))
                            .put("LastModifiedTime", Documents.seconds(endpoint.lastModified()))
                            .put("EndpointStatus", endpoint.status().toString());
                });
    }

    /** Finds an endpoint as it is by now. */
    Optional<Endpoint> find(Hosting hosting, String name, Instant now) {
        hosting.find(Kind.ENDPOINT, name).ifPresent(found -> life.settle(hosting, (Endpoint) found, now));
        return hosting.find(Kind.ENDPOINT, name).map(Endpoint.class::cast);
    }

    private Optional<Endpoint> find(Call call, String name) {
        return find(call.hosting(), name, call.now());
    }

    private static void scale(
            Call call, Endpoint endpoint, Capacity was, Optional<Integer> max, Optional<Integer> provisioned) {
        if (was.provisioned() == 0
                && provisioned.isPresent()
                && !call.world().settings().addsProvisionedConcurrency()) {
            // Whether AWS refuses this is not documented; the text is assumed.
            throw Errors.validation("Cannot add provisioned concurrency to a variant of endpoint \"" + endpoint.arn()
                    + "\" that has none.");
        }
        Capacity wanted = EndpointConfigs.valid(
                new Capacity(was.memory(), max.orElse(was.max()), provisioned.orElse(was.provisioned())));
        Quotas.forUpdate(call, endpoint, endpoint.live().with(wanted), Scenario.NONE);
        endpoint.update(null, wanted);
    }

    /** An endpoint that takes a change now; refuses with the error AWS has for the state it is in. */
    private Endpoint modifiable(Call call, String name) {
        Endpoint endpoint = idle(call, name);
        if (endpoint.status() == EndpointStatus.FAILED || endpoint.status() == EndpointStatus.UPDATE_ROLLBACK_FAILED) {
            throw Errors.failed(endpoint.arn(), endpoint.status().toString());
        }
        return endpoint;
    }

    private Endpoint idle(Call call, String name) {
        String arn = Kind.ENDPOINT.arn(call.scope(), name);
        call.allowed(arn);
        Endpoint endpoint = find(call, name).orElseThrow(() -> Errors.notFound(Kind.ENDPOINT, arn));
        endpoint.seen(call.now());
        if (endpoint.status().inProgress()) {
            throw Errors.inProgress(arn);
        }
        return endpoint;
    }

    private static Scenario scenario(Call call, String name, Deployment wanted) {
        return call.hosting().chosen(name).orElse(wanted.scenario());
    }

    /** AWS docs: deployment guardrails are for instances; serverless endpoints switch all at once. */
    private static void allAtOnce(Input input, Deployment wanted) {
        JsonNode deployment = input.json().path("DeploymentConfig");
        String routing = deployment
                .path("BlueGreenUpdatePolicy")
                .path("TrafficRoutingConfiguration")
                .path("Type")
                .asText("ALL_AT_ONCE");
        if (wanted.serverless()
                && (!routing.equals("ALL_AT_ONCE")
                        || deployment.has("RollingUpdatePolicy")
                        || deployment.has("AutoRollbackConfiguration"))) {
            throw Errors.notServerless("DeploymentConfig");
        }
    }
}
