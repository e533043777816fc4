package dev.pilotlight.testing;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.Hosting;
import dev.pilotlight.aws.Receipt;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointConfigRequest;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.EndpointSummary;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelRequest;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * SageMaker's control plane in memory, for one account and Region. It notes every call, moves an endpoint only when a test says so,
 * and can fail or lag behind on demand.
 */
public final class FakeHosting implements Hosting {

    private final Location location;
    private final Clock clock;
    private final Map<String, EndpointSnapshot> endpoints = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, EndpointConfigSnapshot> configs = new TreeMap<>();
    private final Map<String, ModelSnapshot> models = new TreeMap<>();
    private final Map<String, Map<String, String>> tags = new HashMap<>();
    private final Map<String, Supplier<RuntimeException>> failing = new HashMap<>();
    private final Set<String> hidden = new HashSet<>();
    private final List<String> calls = new ArrayList<>();
    private Runnable stall = () -> {};

    FakeHosting(Location location, Clock clock) {
        this.location = location;
        this.clock = clock;
    }

    /** The calls since the last time this was asked: operation and name, or what a listing was filtered by. */
    public synchronized List<String> drainCalls() {
        List<String> made = List.copyOf(calls);
        calls.clear();
        return made;
    }

    /** Lets every call of the operation fail until {@link #heal}. */
    public synchronized void fail(String operation, FailureKind kind) {
        fail(operation, () -> failure(operation, kind));
    }

    /** Lets every call of the operation end in an error that is not AWS's, until {@link #heal}. */
    public synchronized void fail(String operation, Supplier<RuntimeException> error) {
        failing.put(operation, error);
    }

    /** Runs within every call, for a test that wants one to take its time. */
    public synchronized void stall(Runnable within) {
        stall = within;
    }

    public synchronized void heal() {
        failing.clear();
    }

    /** Reads do not show the endpoint, as right after a creation. */
    public synchronized void hide(String endpointName) {
        hidden.add(endpointName);
    }

    public synchronized void show(String endpointName) {
        hidden.remove(endpointName);
    }

    /** Somebody makes an endpoint of one serverless variant, without the operator. */
    public synchronized void place(
            String name, EndpointStatus status, String configName, Map<String, String> withTags) {
        Instant now = clock.instant();
        endpoints.put(
                name,
                new EndpointSnapshot(
                        name,
                        arn("endpoint", name),
                        status,
                        now,
                        now,
                        configName,
                        Optional.empty(),
                        configs.containsKey(configName) ? variants(configName) : List.of()));
        tags.put(arn("endpoint", name), withTags);
    }

    /** The endpoint reaches a state. */
    public synchronized void move(String name, EndpointStatus status) {
        replace(name, status, endpoints.get(name).configName());
    }

    /** The endpoint is gone, by SageMaker's own doing or somebody else's. */
    public synchronized void remove(String name) {
        EndpointSnapshot gone = endpoints.remove(name);
        tags.remove(gone.arn());
    }

    public synchronized void tag(String kind, String name, Map<String, String> withTags) {
        tags.put(arn(kind, name), withTags);
    }

    public synchronized void removeConfig(String name) {
        configs.remove(name);
        tags.remove(arn("endpoint-config", name));
    }

    @Override
    public synchronized Receipt createModel(ModelRequest request) {
        call("CreateModel", request.name());
        String arn = arn("model", request.name());
        models.put(
                request.name(),
                new ModelSnapshot(
                        request.name(),
                        arn,
                        clock.instant(),
                        request.image(),
                        request.modelDataURL(),
                        request.executionRoleARN(),
                        request.environment()));
        tags.put(arn, request.tags());
        return receipt("CreateModel", arn);
    }

    @Override
    public synchronized Receipt createEndpointConfig(EndpointConfigRequest request) {
        call("CreateEndpointConfig", request.name());
        String arn = arn("endpoint-config", request.name());
        configs.put(
                request.name(),
                new EndpointConfigSnapshot(
                        request.name(),
                        arn,
                        clock.instant(),
                        List.of(new EndpointConfigSnapshot.Variant(
                                request.variantName(), request.modelName(), Optional.of(request.capacity())))));
        tags.put(arn, request.tags());
        return receipt("CreateEndpointConfig", arn);
    }

    @Override
    public synchronized Receipt createEndpoint(String name, String configName, Map<String, String> withTags) {
        call("CreateEndpoint", name);
        if (endpoints.containsKey(name)) {
            throw failure("CreateEndpoint", FailureKind.CONFLICT);
        }
        place(name, EndpointStatus.CREATING, configName, withTags);
        return receipt("CreateEndpoint", arn("endpoint", name));
    }

    @Override
    public synchronized Receipt updateEndpoint(String name, String configName) {
        call("UpdateEndpoint", name);
        replace(name, EndpointStatus.UPDATING, configName);
        return receipt("UpdateEndpoint", arn("endpoint", name));
    }

    @Override
    public synchronized Receipt updateConcurrency(String endpointName, String variantName, Concurrency concurrency) {
        call("UpdateEndpointWeightsAndCapacities", endpointName);
        move(endpointName, EndpointStatus.UPDATING);
        return receipt("UpdateEndpointWeightsAndCapacities", arn("endpoint", endpointName));
    }

    @Override
    public synchronized Receipt deleteEndpoint(String name) {
        call("DeleteEndpoint", name);
        if (endpoints.containsKey(name)) {
            move(name, EndpointStatus.DELETING);
        }
        return receipt("DeleteEndpoint", "");
    }

    @Override
    public synchronized Receipt deleteEndpointConfig(String name) {
        call("DeleteEndpointConfig", name);
        removeConfig(name);
        return receipt("DeleteEndpointConfig", "");
    }

    @Override
    public synchronized Receipt deleteModel(String name) {
        call("DeleteModel", name);
        models.remove(name);
        tags.remove(arn("model", name));
        return receipt("DeleteModel", "");
    }

    @Override
    public synchronized Receipt addTags(String arn, Map<String, String> added) {
        call("AddTags", arn);
        Map<String, String> all = new HashMap<>(tags.getOrDefault(arn, Map.of()));
        all.putAll(added);
        tags.put(arn, all);
        return receipt("AddTags", arn);
    }

    @Override
    public synchronized Receipt deleteTags(String arn, Set<String> keys) {
        call("DeleteTags", arn);
        Map<String, String> all = new HashMap<>(tags.getOrDefault(arn, Map.of()));
        all.keySet().removeAll(keys);
        tags.put(arn, all);
        return receipt("DeleteTags", arn);
    }

    @Override
    public synchronized Optional<EndpointSnapshot> describeEndpoint(String name) {
        call("DescribeEndpoint", name);
        return Optional.ofNullable(endpoints.get(name)).filter(seen -> !hidden.contains(name));
    }

    @Override
    public synchronized Optional<EndpointConfigSnapshot> describeEndpointConfig(String name) {
        call("DescribeEndpointConfig", name);
        return Optional.ofNullable(configs.get(name));
    }

    @Override
    public synchronized Optional<ModelSnapshot> describeModel(String name) {
        call("DescribeModel", name);
        return Optional.ofNullable(models.get(name));
    }

    @Override
    public synchronized Optional<Map<String, String>> listTags(String arn) {
        call("ListTags", arn.substring(arn.lastIndexOf(':') + 1));
        return Optional.ofNullable(tags.get(arn));
    }

    @Override
    public Optional<Map<String, String>> listFurtherTags(String arn) {
        return listTags(arn);
    }

    @Override
    public synchronized List<EndpointSummary> listEndpoints(Optional<EndpointStatus> status) {
        call("ListEndpoints", status.map(EndpointStatus::awsName).orElse("*"));
        return endpoints.values().stream()
                .filter(seen -> !hidden.contains(seen.name()))
                .filter(seen -> status.map(seen.status()::equals).orElse(true))
                .sorted(Comparator.comparing(EndpointSnapshot::creationTime).reversed())
                .map(seen -> new EndpointSummary(
                        seen.name(), seen.arn(), seen.status(), seen.creationTime(), seen.lastModifiedTime()))
                .toList();
    }

    @Override
    public synchronized List<NamedResource> listEndpointsContaining(String part) {
        call("ListEndpoints", part);
        return containing("endpoint", endpoints.keySet(), part);
    }

    @Override
    public synchronized List<NamedResource> listEndpointConfigsContaining(String part) {
        call("ListEndpointConfigs", part);
        return containing("endpoint-config", configs.keySet(), part);
    }

    @Override
    public synchronized List<NamedResource> listModelsContaining(String part) {
        call("ListModels", part);
        return containing("model", models.keySet(), part);
    }

    private List<NamedResource> containing(String kind, Set<String> names, String part) {
        return names.stream()
                .filter(name -> name.contains(part) && !hidden.contains(name))
                .map(name -> new NamedResource(name, arn(kind, name)))
                .toList();
    }

    private void replace(String name, EndpointStatus status, String configName) {
        EndpointSnapshot seen = endpoints.get(name);
        endpoints.put(
                name,
                new EndpointSnapshot(
                        seen.name(),
                        seen.arn(),
                        status,
                        seen.creationTime(),
                        clock.instant(),
                        configName,
                        seen.failureReason(),
                        seen.variants()));
    }

    private List<EndpointSnapshot.Variant> variants(String configName) {
        return configs.get(configName).variants().stream()
                .map(variant -> new EndpointSnapshot.Variant(variant.name(), variant.serverless(), Optional.empty()))
                .toList();
    }

    public String arn(String kind, String name) {
        return "arn:aws:sagemaker:" + location.region() + ":" + location.accountID() + ":" + kind + "/"
                + name.toLowerCase(Locale.ROOT);
    }

    private void call(String operation, String about) {
        calls.add(operation + " " + about);
        stall.run();
        if (failing.containsKey(operation)) {
            throw failing.get(operation).get();
        }
    }

    private static AwsException failure(String operation, FailureKind kind) {
        return new AwsException(new AwsFailure(kind, "sagemaker:" + operation, "Fake", "told to fail", "r-1"), null);
    }

    private static Receipt receipt(String operation, String arn) {
        return new Receipt("sagemaker:" + operation, arn, "r-1");
    }
}
