package dev.pilotlight.faults;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A team that changes nothing but its concurrency now and then, and the things in the account that no ServerlessEndpoint is about. */
final class Bystander {
    private static final String NAME = "bystander";
    private static final String FOREIGN = "somebody-elses";
    private static final int OK = 200;
    private static final int MORE = 20;
    private static final int LESS = 19;
    private static final int UNDISTURBED = 5;

    private final World world;
    private final Tenant team;
    private String version;
    private Map<String, String> foreign = Map.of();
    private final Latencies latencies;
    private Optional<Instant> edited = Optional.empty();
    private Optional<Duration> waited = Optional.empty();

    /**
     * @param latencies is told how long edits take
     * @param late whether what was made just now cannot be used at once, so that nobody makes anything by hand
     */
    Bystander(World world, Latencies latencies, boolean late) {
        this.world = world;
        this.latencies = latencies;
        this.team = Tenant.in(world, NAME).serving(NAME);
        if (!late) {
            world.console().createEndpoint(FOREIGN, Map.of("owner", "somebody"));
            world.advanceBy(Duration.ofSeconds(30));
            world.console().sageMaker().describeEndpoint(request -> request.endpointName(FOREIGN));
        }
        for (int i = latencies.undisturbed(); i < UNDISTURBED; i++) {
            edit();
            world.advanceUntil("the bystander has what it wants", () -> {
                look();
                return edited.isEmpty();
            });
            waited.ifPresent(latencies::undisturbed);
            world.advanceBy(Duration.ofSeconds(7L * i));
        }
        begin();
    }

    void begin() {
        waited = Optional.empty();
        version = version();
        foreign = foreignNow();
    }

    /** Wants another concurrency, from now on. */
    void edit() {
        edited = Optional.of(world.now());
        int now = team.endpoint(NAME).getSpec().serverless().maxConcurrency();
        team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"maxConcurrency\":" + (now == MORE ? LESS : MORE) + "}}}");
    }

    /** Takes the time when it has what it wants. */
    void look() {
        if (edited.isPresent() && hasWhatItWants()) {
            waited = Optional.of(Duration.between(edited.get(), world.now()));
            edited = Optional.empty();
            version = version();
        }
    }

    private boolean hasWhatItWants() {
        ServerlessEndpoint object = team.endpoint(NAME);
        return team.isReady(NAME)
                && team.condition(NAME, "Scaling").isEmpty()
                && object.getSpec()
                        .serverless()
                        .maxConcurrency()
                        .equals(object.getStatus().effective().maxConcurrency());
    }

    /** How long its edit took, where that was longer than the trouble of others may make it. */
    Optional<String> tooLate() {
        if (edited.isPresent()) {
            return Optional.of("never");
        }
        Optional<Duration> took = waited;
        took.ifPresent(latencies::disturbed);
        waited = Optional.empty();
        return took.filter(latencies::isTooLong).map(late -> late + "; undisturbed " + latencies.longestUndisturbed());
    }

    String object() {
        return team.namespace() + "/" + NAME;
    }

    boolean wasWritten() {
        return !version.equals(version());
    }

    boolean isReady() {
        return team.isReady(NAME);
    }

    boolean answers() {
        return world.console().invoke(team.status(NAME).orElseThrow().endpointName()) == OK;
    }

    private String version() {
        return team.endpoint(NAME).getMetadata().getResourceVersion();
    }

    /** What was changed of what is not ours; empty when nothing was. */
    String foreignChanges() {
        Map<String, String> now = foreignNow();
        return now.equals(foreign) ? "" : "was " + foreign + ", is " + now;
    }

    private Map<String, String> foreignNow() {
        return AwsNow.of(world)
                .named(FOREIGN)
                .collect(Collectors.toMap(
                        AwsNow.Item::toString, item -> item.facts().toString()));
    }
}
