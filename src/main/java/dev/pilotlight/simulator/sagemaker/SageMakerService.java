package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.admin.Scenarios;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.Caller;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Inspectable;
import dev.pilotlight.simulator.world.ScalableVariants;
import dev.pilotlight.simulator.world.Seedable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * SageMaker's control plane for hosting, in awsJson 1.1.
 */
public final class SageMakerService implements AwsService, HostedEndpoints, ScalableVariants, Scenarios, Inspectable {
    /** The service principal that assumes execution roles. */
    static final String PRINCIPAL = "sagemaker.amazonaws.com";

    private final HostingWorld world;
    private final Life life;
    private final Endpoints endpoints;
    private final Map<String, Function<Call, ObjectNode>> operations;
    private final ConcurrentMap<Scope, Hosting> hostings = new ConcurrentHashMap<>();

    public SageMakerService(HostingWorld world, HostingListener listener) {
        this.world = world;
        this.life = new Life(world, listener);
        this.endpoints = new Endpoints(life);
        this.operations = Map.ofEntries(
                Map.entry("CreateModel", Models::create),
                Map.entry("DescribeModel", Models::describe),
                Map.entry("DeleteModel", Models::delete),
                Map.entry("ListModels", Models::list),
                Map.entry("CreateEndpointConfig", EndpointConfigs::create),
                Map.entry("DescribeEndpointConfig", EndpointConfigs::describe),
                Map.entry("DeleteEndpointConfig", EndpointConfigs::delete),
                Map.entry("ListEndpointConfigs", EndpointConfigs::list),
                Map.entry("CreateEndpoint", endpoints::create),
                Map.entry("DescribeEndpoint", endpoints::describe),
                Map.entry("UpdateEndpoint", endpoints::update),
                Map.entry("UpdateEndpointWeightsAndCapacities", endpoints::updateCapacities),
                Map.entry("DeleteEndpoint", endpoints::delete),
                Map.entry("ListEndpoints", endpoints::list),
                Map.entry("Search", Search::run),
                Map.entry("AddTags", Tags::add),
                Map.entry("ListTags", Tags::list),
                Map.entry("DeleteTags", Tags::delete));
    }

    @Override
    public String name() {
        return "sagemaker";
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        Function<Call, ObjectNode> operation = operations.get(request.operation());
        if (operation == null) {
            throw new AwsError(
                    400, "UnknownOperationException", "The simulator has no operation " + request.operation() + ".");
        }
        ObjectNode body = Documents.read(request.body());
        return AwsResponse.json(Documents.write(run(operation, request.caller(), request.operation(), body)));
    }

    @Override
    public AwsResponse errorAnswer(AwsRequest request, AwsError error) {
        ObjectNode body = Documents.empty();
        body.put("__type", error.code());
        if (error.getMessage() != null) {
            body.put(Errors.messageField(error), error.getMessage());
        }
        byte[] bytes = Documents.write(body).getBytes(StandardCharsets.UTF_8);
        return new AwsResponse(error.httpStatus(), Map.of("Content-Type", "application/x-amz-json-1.1"), bytes);
    }

    @Override
    public Optional<Hosted> serving(Scope scope, String endpointName) {
        Hosting hosting = hosting(scope);
        Instant now = world.clock().now();
        hosting.lock().lock();
        try {
            Optional<Endpoint> found = endpoints.find(hosting, endpointName, now);
            found.ifPresent(endpoint -> endpoint.seen(now));
            return found.filter(endpoint -> endpoint.name().equals(endpointName))
                    .filter(endpoint -> endpoint.status().serves())
                    .map(endpoint -> endpoint.live().hosted(endpoint, Life.scenario(hosting, endpoint)));
        } finally {
            hosting.lock().unlock();
        }
    }

    @Override
    public Optional<ScalableVariants.VariantState> look(Scope scope, String endpointName, String variantName) {
        Hosting hosting = hosting(scope);
        Instant now = world.clock().now();
        hosting.lock().lock();
        try {
            Optional<Endpoint> found = endpoints.find(hosting, endpointName, now);
            found.ifPresent(endpoint -> endpoint.seen(now));
            return found.filter(endpoint -> endpoint.live() != null)
                    .flatMap(endpoint -> endpoint.live().variants().stream()
                            .map(Deployment.Deployed::variant)
                            .filter(variant -> variant.name().equals(variantName))
                            .findFirst()
                            .flatMap(Variant::capacity)
                            .map(capacity -> new ScalableVariants.VariantState(
                                    endpoint.arn(),
                                    capacity.provisioned(),
                                    !endpoint.status().inProgress())));
        } finally {
            hosting.lock().unlock();
        }
    }

    @Override
    public void scale(Scope scope, String endpointName, String variantName, int provisionedConcurrency) {
        String arn = "arn:aws:sts::" + scope.accountId()
                + ":assumed-role/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint/AutoScaling-UpdateEndpoint";
        Caller role = new Caller(scope.accountId(), arn, "", scope.region());
        ObjectNode body = Documents.empty().put("EndpointName", endpointName);
        body.putArray("DesiredWeightsAndCapacities")
                .addObject()
                .put("VariantName", variantName)
                .putObject("ServerlessUpdateConfig")
                .put("ProvisionedConcurrency", provisionedConcurrency);
        run(endpoints::updateCapacities, role, "UpdateEndpointWeightsAndCapacities", body);
    }

    @Override
    public void choose(Scope scope, String endpointName, String scenario) {
        Scenario chosen = Scenario.of(scenario);
        Hosting hosting = hosting(scope);
        hosting.lock().lock();
        try {
            hosting.choose(endpointName, chosen);
            Instant now = world.clock().now();
            hosting.find(Kind.ENDPOINT, endpointName)
                    .ifPresent(found -> life.chosen(hosting, (Endpoint) found, chosen, now));
        } finally {
            hosting.lock().unlock();
        }
    }

    @Override
    public String section() {
        return "sagemaker";
    }

    /** Reads the seed section {@code models}: a list of inputs of CreateModel. */
    public Seedable modelSeeds() {
        return new Seedable() {
            @Override
            public String section() {
                return "models";
            }

            @Override
            public void seed(Scope scope, JsonNode content) {
                content.forEach(model -> seedModel(scope, model));
            }
        };
    }

    private void seedModel(Scope scope, JsonNode model) {
        String name = model.path("ModelName").asText();
        Caller root =
                new Caller(scope.accountId(), "arn:aws:iam::" + scope.accountId() + ":root", "seed", scope.region());
        Function<Call, ObjectNode> unlessThere =
                call -> call.hosting().find(Kind.MODEL, name).isPresent() ? Documents.empty() : Models.create(call);
        try {
            run(unlessThere, root, "CreateModel", (ObjectNode) model);
        } catch (AwsError | ClassCastException e) {
            throw new IllegalArgumentException("models: " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Map<Scope, Object> inspect() {
        Map<Scope, Object> all = new ConcurrentHashMap<>();
        hostings.forEach((scope, hosting) -> {
            hosting.lock().lock();
            try {
                // Time passes for what is looked at, but nobody was told a state by this.
                hosting.endpoints()
                        .forEach(endpoint ->
                                life.settle(hosting, endpoint, world.clock().now()));
                all.put(scope, Inventory.of(hosting));
            } finally {
                hosting.lock().unlock();
            }
        });
        return all;
    }

    private ObjectNode run(Function<Call, ObjectNode> operation, Caller caller, String name, ObjectNode body) {
        Hosting hosting = hosting(new Scope(caller.accountId(), caller.region()));
        hosting.lock().lock();
        try {
            return operation.apply(
                    new Call(hosting, world, caller, name, world.clock().now(), body));
        } finally {
            hosting.lock().unlock();
        }
    }

    private Hosting hosting(Scope scope) {
        return hostings.computeIfAbsent(scope, s -> new Hosting(s, world));
    }
}
