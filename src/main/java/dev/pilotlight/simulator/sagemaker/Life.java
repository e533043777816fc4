package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.sagemaker.Deployment.Deployed;
import dev.pilotlight.simulator.sagemaker.Deployment.ResolvedImage;
import dev.pilotlight.simulator.sagemaker.HostingSettings.StateDurations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Moves endpoints through their states. A state ends when its time is over and somebody was told it: nobody ever sees
 * an endpoint jump over Creating, Updating or Deleting, not even where they last no time at all.
 */
final class Life {
    /** AWS words its own faults so (observed); the second sentence is assumed. */
    private static final String SERVICE_FAULT =
            "Request to service failed. If failure persists after retry, contact customer support.";

    private static final long MAX_IMAGE = 10_737_418_240L;
    private static final long TOO_LARGE = 12_704_675_783L;
    private static final Duration SERVES_BEFORE_FAILING = Duration.ofMinutes(1);

    private final HostingWorld world;
    private final HostingListener listener;

    Life(HostingWorld world, HostingListener listener) {
        this.world = world;
        this.listener = listener;
    }

    void create(Hosting hosting, Endpoint endpoint, Instant now) {
        enter(hosting, endpoint, EndpointStatus.CREATING, now, durations().creating());
    }

    void update(Hosting hosting, Endpoint endpoint, Instant now) {
        Duration lasts = endpoint.wanted().isPresent()
                ? durations().scaling()
                : durations().updating();
        enter(hosting, endpoint, EndpointStatus.UPDATING, now, lasts);
    }

    void delete(Hosting hosting, Endpoint endpoint, Instant now) {
        enter(hosting, endpoint, EndpointStatus.DELETING, now, durations().deleting());
        listener.stops(hosting.scope(), endpoint.name(), now);
    }

    /** Lets a scenario that was chosen by hand bite at once where it can. */
    void chosen(Hosting hosting, Endpoint endpoint, Scenario scenario, Instant now) {
        settle(hosting, endpoint, now);
        if (endpoint.status() == EndpointStatus.OUT_OF_SERVICE && scenario != Scenario.OUT_OF_SERVICE) {
            inService(hosting, endpoint, scenario, now);
        }
        if (endpoint.status() != EndpointStatus.IN_SERVICE) {
            return;
        }
        endpoint.until(scenario == Scenario.FAILS_AFTER_SERVING ? now : null);
        if (scenario == Scenario.SYSTEM_UPDATING) {
            enter(
                    hosting,
                    endpoint,
                    EndpointStatus.SYSTEM_UPDATING,
                    now,
                    durations().updating());
        }
        if (scenario == Scenario.OUT_OF_SERVICE) {
            endpoint.enter(EndpointStatus.OUT_OF_SERVICE, now, null);
            listener.stops(hosting.scope(), endpoint.name(), now);
        }
        settle(hosting, endpoint, now);
    }

    /** Moves an endpoint on, if its state has ended by now. */
    void settle(Hosting hosting, Endpoint endpoint, Instant now) {
        Optional<Instant> ended = endpoint.endedAt(now);
        if (ended.isEmpty()) {
            return;
        }
        Instant at = ended.get();
        Scenario scenario = scenario(hosting, endpoint);
        switch (endpoint.status()) {
            case CREATING -> created(hosting, endpoint, scenario, at);
            case UPDATING -> updated(hosting, endpoint, scenario, at);
            case SYSTEM_UPDATING, ROLLING_BACK -> inService(hosting, endpoint, scenario, at);
            case DELETING -> hosting.remove(endpoint);
            case IN_SERVICE -> {
                endpoint.failed(SERVICE_FAULT);
                endpoint.enter(EndpointStatus.FAILED, at, null);
                listener.stops(hosting.scope(), endpoint.name(), at);
            }
            case OUT_OF_SERVICE, FAILED, UPDATE_ROLLBACK_FAILED -> {}
        }
    }

    /** The scenario in force: the one chosen by hand, or what the newest image asks for. */
    static Scenario scenario(Hosting hosting, Endpoint endpoint) {
        Deployment newest = endpoint.pending() == null ? endpoint.live() : endpoint.pending();
        return hosting.chosen(endpoint.name()).orElse(newest.scenario());
    }

    private void created(Hosting hosting, Endpoint endpoint, Scenario scenario, Instant at) {
        if (scenario == Scenario.STUCK_CREATING) {
            return;
        }
        Optional<String> failure = failure(hosting, endpoint.pending(), scenario);
        if (failure.isPresent()) {
            endpoint.failed(failure.get());
            endpoint.enter(EndpointStatus.FAILED, at, null);
        } else {
            endpoint.succeeded();
            inService(hosting, endpoint, scenario, at);
        }
    }

    private void updated(Hosting hosting, Endpoint endpoint, Scenario scenario, Instant at) {
        if (endpoint.wanted().isPresent() && scenario == Scenario.SCALING_ROLLS_BACK) {
            // AWS docs, EndpointStatus: RollingBack is what a failed change of capacity passes through. No reason is
            // documented.
            endpoint.failed(null);
            enter(
                    hosting,
                    endpoint,
                    EndpointStatus.ROLLING_BACK,
                    at,
                    durations().scaling());
            return;
        }
        Optional<String> failure = endpoint.wanted().isPresent()
                ? Optional.empty()
                : configGone(hosting, endpoint.live().config())
                        .or(() -> failure(hosting, endpoint.pending(), scenario))
                        .or(() -> scenario == Scenario.UPDATE_ROLLS_BACK || scenario == Scenario.UPDATE_ROLLBACK_FAILS
                                ? Optional.of(badPing(endpoint.pending()))
                                : Optional.empty());
        if (failure.isEmpty()) {
            endpoint.succeeded();
            inService(hosting, endpoint, scenario, at);
            return;
        }
        endpoint.failed(failure.get());
        if (scenario == Scenario.UPDATE_ROLLBACK_FAILS) {
            endpoint.enter(EndpointStatus.UPDATE_ROLLBACK_FAILED, at, null);
            listener.stops(hosting.scope(), endpoint.name(), at);
        } else {
            endpoint.enter(EndpointStatus.IN_SERVICE, at, null);
        }
    }

    private void inService(Hosting hosting, Endpoint endpoint, Scenario scenario, Instant at) {
        if (scenario == Scenario.FAILS_AFTER_SERVING) {
            enter(hosting, endpoint, EndpointStatus.IN_SERVICE, at, SERVES_BEFORE_FAILING);
        } else {
            endpoint.enter(EndpointStatus.IN_SERVICE, at, null);
        }
        listener.serves(hosting.scope(), endpoint.live().hosted(endpoint, scenario), at);
    }

    /** Why a deployment does not come up; empty if it does. */
    private Optional<String> failure(Hosting hosting, Deployment wanted, Scenario scenario) {
        Deployed deployed = wanted.first();
        String variant = deployed.variant().name();
        Optional<String> gone = configGone(hosting, wanted.config());
        if (gone.isPresent()) {
            return gone;
        }
        String role = deployed.model().executionRole();
        boolean trusted = role.isEmpty() || world.roles().trusts(role, SageMakerService.PRINCIPAL);
        if (!trusted || scenario == Scenario.ROLE_NOT_ASSUMABLE) {
            return Optional.of(Errors.roleNotAssumable(role).getMessage());
        }
        if (deployed.image().isEmpty()) {
            return Optional.of("Please make sure all images included in the model for the production variant " + variant
                    + " exist, and that the execution role used to create the model has permissions to access them.");
        }
        long size = deployed.image().map(ResolvedImage::sizeInBytes).orElse(0L);
        boolean tooLarge = wanted.serverless() && size > MAX_IMAGE;
        if (tooLarge || scenario == Scenario.TOO_LARGE) {
            return Optional.of(
                    "Image size " + (tooLarge ? size : TOO_LARGE) + " is greater than supported size " + MAX_IMAGE);
        }
        String modelData = deployed.model().container().path("ModelDataUrl").asText();
        if (modelData.startsWith("s3://") && !world.archives().exists(modelData)) {
            // The beginning has been observed, what follows is assumed.
            return Optional.of(
                    "Failed to download model data for container \"container_1\" from URL \"" + modelData + "\".");
        }
        if (scenario == Scenario.SERVICE_FAULT) {
            return Optional.of(SERVICE_FAULT);
        }
        return scenario == Scenario.BAD_PING ? Optional.of(badPing(wanted)) : Optional.empty();
    }

    /** Deleting the old or the new configuration makes a deployment fail before it ends (observed for the old one). */
    private static Optional<String> configGone(Hosting hosting, EndpointConfig config) {
        boolean there = hosting.find(Kind.ENDPOINT_CONFIG, config.name())
                .filter(found -> found == config)
                .isPresent();
        return there
                ? Optional.empty()
                : Optional.of(
                        Errors.notFound(Kind.ENDPOINT_CONFIG, config.arn()).getMessage());
    }

    private static String badPing(Deployment wanted) {
        return "The primary container for production variant "
                + wanted.first().variant().name()
                + " did not pass the ping health check. Please check CloudWatch logs for this endpoint.";
    }

    private void enter(Hosting hosting, Endpoint endpoint, EndpointStatus status, Instant at, Duration lasts) {
        double factor = 1 + durations().jitter() * hosting.deviation();
        Instant due = at.plusMillis(Math.round(lasts.toMillis() * factor));
        endpoint.enter(status, at, due);
        if (due.isAfter(world.clock().now())) {
            world.clock().at(due, () -> wake(hosting, endpoint));
        }
    }

    private void wake(Hosting hosting, Endpoint endpoint) {
        hosting.lock().lock();
        try {
            settle(hosting, endpoint, world.clock().now());
        } finally {
            hosting.lock().unlock();
        }
    }

    private StateDurations durations() {
        return world.settings().durations();
    }
}
