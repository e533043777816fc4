package dev.pilotlight.inventory;

import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.hosting.EndpointConfigRequest;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelRequest;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.testing.FakeAwsSessions;
import dev.pilotlight.testing.FakeHosting;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An inventory over a fake AWS on a clock turned by hand, everything on the test's own thread. */
final class InventoryFixture {

    static final Location HERE = new Location("111122223333", "us-east-1");

    final ManualScheduler scheduler = new ManualScheduler(Instant.parse("2026-01-05T08:00:00Z"));
    final FakeAwsSessions aws = new FakeAwsSessions(scheduler.clock());
    final FakeHosting hosting = aws.at(HERE);
    final Inventory inventory = new Inventory(aws, scheduler, InventorySettings.defaults(), Runnable::run);
    final List<String> told = new ArrayList<>();

    InventoryFixture() {
        inventory.subscribe((location, name) -> told.add(name));
        inventory.identities(HERE, List.of(request("ml")));
    }

    static SessionRequest request(String identity) {
        return new SessionRequest(
                Optional.of("arn:aws:iam::111122223333:role/" + identity),
                "us-east-1",
                "c1",
                identity,
                new SessionRequest.Purpose.Inventory());
    }

    static Ownership owner(String name) {
        return new Ownership("c1", "ns", name, "uid-" + name, Ownership.Role.PRIMARY, "", "");
    }

    void pass(Duration time) {
        scheduler.advanceTo(scheduler.clock().instant().plus(time));
    }

    List<String> drainTold() {
        List<String> names = List.copyOf(told);
        told.clear();
        return names;
    }

    Sighting<EndpointSnapshot> endpoint(String name) {
        return inventory.endpoint(HERE, name);
    }

    EndpointStatus status(String name) {
        return present(endpoint(name)).resource().status();
    }

    static <T> Sighting.Present<T> present(Sighting<T> sighting) {
        if (sighting instanceof Sighting.Present<T> present) {
            return present;
        }
        throw new AssertionError("expected one to be there, but: " + sighting);
    }

    /** Creates model, config and endpoint as the operator does, telling the inventory of each. */
    void createEndpoint(String name) {
        createModel(name);
        createConfig(name);
        String arn = hosting.createEndpoint(name, name, owner(name).toTags()).arn();
        inventory.created(
                HERE,
                new EndpointSnapshot(
                        name, arn, EndpointStatus.CREATING, now(), now(), name, Optional.empty(), List.of()),
                owner(name).toTags());
    }

    private void createModel(String name) {
        ModelRequest request = modelRequest(name);
        inventory.created(
                HERE,
                new ModelSnapshot(
                        name,
                        hosting.createModel(request).arn(),
                        now(),
                        request.image(),
                        request.modelDataURL(),
                        request.executionRoleARN(),
                        request.environment()),
                request.tags());
    }

    private void createConfig(String name) {
        EndpointConfigRequest request = configRequest(name);
        inventory.created(
                HERE,
                new EndpointConfigSnapshot(
                        name,
                        hosting.createEndpointConfig(request).arn(),
                        now(),
                        List.of(new EndpointConfigSnapshot.Variant(
                                request.variantName(), request.modelName(), Optional.of(request.capacity())))),
                request.tags());
    }

    private Instant now() {
        return scheduler.clock().instant();
    }

    private static ModelRequest modelRequest(String name) {
        return new ModelRequest(
                name, "image", Optional.empty(), "role", Map.of(), owner(name).toTags());
    }

    private static EndpointConfigRequest configRequest(String name) {
        return new EndpointConfigRequest(
                name,
                "AllTraffic",
                name,
                new ServerlessCapacity(2048, new Concurrency(5, 0)),
                owner(name).toTags());
    }

    /** An endpoint of ours that is in service since long ago. */
    void settledEndpoint(String name) {
        hosting.createModel(modelRequest(name));
        hosting.createEndpointConfig(configRequest(name));
        hosting.place(name, EndpointStatus.IN_SERVICE, name, owner(name).toTags());
        hosting.drainCalls();
    }
}
