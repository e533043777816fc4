package dev.pilotlight.fuzz;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.fuzz.Tally.Outcome;
import dev.pilotlight.simulator.sagemaker.HostingSettings.StateDurations;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.testing.EndpointManifest;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Changes endpoints that serve to bad specs and back, many at a time. Each change is refused by the API server, or accepted and then
 * becomes Ready, Stalled, Suspended or stays Reconciling, with a reason; the return to the good spec becomes Ready with the good revision;
 * and through all of it every endpoint answers.
 */
final class BadSpecFuzz {
    /** Endpoints that are changed at a time; the same in every run, or a seed would not tell the same story. */
    static final int AT_A_TIME = 40;

    private static final String POSITIVE = "response.json.label == \"POSITIVE\"";
    /** AWS's states are short here: this is not about the waiting. */
    private static final StateDurations SHORT = new StateDurations(
            Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(1), 0);
    /** Longer than the operator waits for what can pass by itself before it says Stalled. */
    private static final Duration SETTLES_WITHIN = Duration.ofMinutes(3);

    private static final Duration RETURNS_WITHIN = Duration.ofMinutes(40);
    private static final int OK = 200;
    private static final int NOT_READY_YET = 429;
    /** A spec that is refused is drawn anew, so that most endpoints have something to do in a round. */
    private static final int ATTEMPTS = 3;

    private final World world;
    private final Team team;
    private final Chance chance;
    private final BadSpecs specs;
    private final Tally tally;
    private final List<Subject> subjects = new ArrayList<>();
    private final Map<String, ServerlessEndpoint> objects = new HashMap<>();

    private BadSpecFuzz(World world, long seed) {
        this.world = world;
        this.team = Team.in(world);
        this.chance = new Chance(seed);
        this.specs = new BadSpecs(SpecSchema.read(), chance);
        this.tally = new Tally(seed);
    }

    /**
     * Runs until there were so many transitions.
     *
     * @param progress told after every round
     */
    static Tally run(KubeApi api, long seed, int transitions, Consumer<Tally> progress) {
        try (World world = World.start(
                api,
                setup -> setup.hosting(hosting -> hosting.withDurations(SHORT))
                        .simulator(simulator -> simulator.limits(new HostingLimits.Limits(1000, 100_000, 6144))))) {
            BadSpecFuzz fuzz = new BadSpecFuzz(world, seed);
            fuzz.pushImages();
            fuzz.serve();
            while (fuzz.tally.transitions() < transitions && !fuzz.subjects.isEmpty()) {
                fuzz.round(transitions);
                progress.accept(fuzz.tally);
            }
            return fuzz.tally;
        }
    }

    private void pushImages() {
        for (String tag : List.of(
                "9.0.0-bad-ping",
                "9.0.0-role-not-assumable",
                "9.0.0-update-rolls-back",
                "9.0.0-over-quota",
                "9.0.0-not-ready",
                "9.0.0-slow-start")) {
            world.console().push(tag);
        }
        world.console().push("9.0.0-too-large", 11L << 30);
    }

    private void serve() {
        List<TeamEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            endpoints.add(team.apply(good(i)));
        }
        world.advanceUntil("all serve", () -> endpoints.stream().allMatch(endpoint -> endpoint.is("Ready", "True")));
        endpoints.forEach(endpoint -> subjects.add(new Subject(world.api().admin(), endpoint)));
    }

    /** The good specs differ in what decides over the way of a change. */
    private EndpointManifest good(int number) {
        EndpointManifest plain = team.manifest("fuzzed-" + number);
        return switch (number % 5) {
            case 0 -> plain.inPlace();
            case 1 -> plain.inPlace().expecting(POSITIVE);
            case 2 -> plain.inPlace().provisionedConcurrency(2).tags(Map.of("team", "ml"));
            case 3 -> plain.expecting(POSITIVE).historyLimit(0);
            default -> plain;
        };
    }

    // ---- one round

    private void round(int transitions) {
        List<Subject> changed = new ArrayList<>();
        for (Subject subject : subjects) {
            boolean taken = false;
            for (int attempt = 0; attempt < ATTEMPTS && !taken; attempt++) {
                if (tally.transitions() + changed.size() >= transitions) {
                    break;
                }
                taken = subject.replace(specs.draw(subject.good()));
                if (taken) {
                    changed.add(subject);
                } else {
                    tally.ended(Outcome.REFUSED);
                }
            }
        }
        // Now and then nobody waits for the end of it.
        Instant limit = world.now().plus(chance.oneIn(4) ? Duration.ofSeconds(chance.below(8)) : SETTLES_WITHIN);
        await(
                limit,
                () -> changed.stream().allMatch(subject -> concluded(subject).isPresent()));
        changed.forEach(this::conclude);

        for (Subject subject : subjects) {
            if (!subject.replace(subject.good().deepCopy())) {
                throw new IllegalStateException("the good spec of " + subject.name() + " is refused");
            }
        }
        Instant returned = world.now().plus(RETURNS_WITHIN);
        await(returned, () -> subjects.stream().allMatch(this::isBack));
        for (Subject subject : List.copyOf(subjects)) {
            if (!isBack(subject)) {
                tally.violation(subject, "does not come back to its good spec: " + objects.get(subject.name()));
                subjects.remove(subject);
            }
        }
    }

    /** Lets time pass until it is so or the limit is reached, and looks at every endpoint all the time. */
    private void await(Instant limit, BooleanSupplier condition) {
        world.advanceUntil("the round is over", () -> {
            look();
            return condition.getAsBoolean() || !world.now().isBefore(limit);
        });
    }

    private void look() {
        world.api()
                .admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(team.namespace())
                .list()
                .getItems()
                .forEach(object -> objects.put(object.getMetadata().getName(), object));
        for (Subject subject : List.copyOf(subjects)) {
            int status = world.console().invoke(subject.endpointName());
            if (status == NOT_READY_YET) {
                // A cold model may turn the first request away, and AWS says to ask again.
                status = world.console().invoke(subject.endpointName());
            }
            if (status != OK) {
                tally.violation(subject, "answers " + status + ": " + objects.get(subject.name()));
                subjects.remove(subject);
            }
        }
    }

    // ---- what the status says

    private void conclude(Subject subject) {
        Optional<Outcome> outcome = concluded(subject);
        if (outcome.isEmpty() && holds(subject, ConditionTypes.RECONCILING)) {
            outcome = Optional.of(Outcome.RECONCILING);
        }
        if (outcome.isEmpty()) {
            tally.violation(subject, "says nothing of what it does: " + objects.get(subject.name()));
        }
        tally.ended(outcome.orElse(Outcome.RECONCILING));
    }

    private Optional<Outcome> concluded(Subject subject) {
        if (holds(subject, ConditionTypes.READY)) {
            return Optional.of(Outcome.READY);
        }
        if (holds(subject, ConditionTypes.STALLED)) {
            return Optional.of(Outcome.STALLED);
        }
        return holds(subject, ConditionTypes.SUSPENDED) ? Optional.of(Outcome.SUSPENDED) : Optional.empty();
    }

    private boolean isBack(Subject subject) {
        ServerlessEndpoint object = objects.get(subject.name());
        return holds(subject, ConditionTypes.READY)
                && object.getStatus().revision().deployed().equals(subject.goodRevision())
                && Objects.equals(
                        object.getStatus().effective().maxConcurrency(),
                        object.getSpec().serverless().maxConcurrency())
                && Objects.equals(
                        object.getStatus().effective().provisionedConcurrency(),
                        object.getSpec().serverless().provisionedConcurrency());
    }

    /** Whether a condition is True, for the present generation, with a reason and a message. */
    private boolean holds(Subject subject, String type) {
        ServerlessEndpoint object = objects.get(subject.name());
        return object != null
                && object.getStatus() != null
                && World.condition(object.getStatus().conditions(), type)
                        .filter(condition -> condition.status().equals("True")
                                && says(condition)
                                && Objects.equals(
                                        condition.observedGeneration(),
                                        object.getMetadata().getGeneration()))
                        .isPresent();
    }

    private static boolean says(Condition condition) {
        return !condition.reason().isEmpty() && !condition.message().isEmpty();
    }
}
