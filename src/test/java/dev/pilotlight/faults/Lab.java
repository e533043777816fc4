package dev.pilotlight.faults;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.domain.endpoint.Safeguards;
import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.World;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Makes experiments, one at a time, and writes down what they found. */
final class Lab implements AutoCloseable {
    private static final String UNDISTURBED = "F0";
    private static final int LONGEST_REPORT = 300;

    private final KubeApi api;
    private final Safeguards safeguards;
    private final Extent extent;
    private final Tally tally;
    private Optional<Stage> open = Optional.empty();
    private Kind present;
    private final Map<Kind, Map<Act, Ending>> undisturbed = new EnumMap<>(Kind.class);
    private final Map<Kind, Latencies> latencies = new EnumMap<>(Kind.class);

    /** How an experiment ended, under names that do not tell one team from another. */
    private record Ending(List<String> inAws, Map<String, Long> mutations, List<String> conditions) {}

    Lab(KubeApi api, Safeguards safeguards, Extent extent, Tally tally) {
        this.api = api;
        this.safeguards = safeguards;
        this.extent = extent;
        this.tally = tally;
        tally.row(UNDISTURBED, "nothing goes wrong, for comparison");
    }

    Extent extent() {
        return extent;
    }

    Tally tally() {
        return tally;
    }

    /** Carries an act out in spite of a trouble; the answer is whether the trouble happened. */
    boolean experiment(String row, Kind kind, Act act, Trouble trouble) {
        if (trouble.isExact()
                && !undisturbed.computeIfAbsent(kind, key -> new HashMap<>()).containsKey(act)) {
            live(UNDISTURBED, kind, act, Trouble.none(), new Findings());
        }
        return live(row, kind, act, trouble, new Findings());
    }

    /** Something a user does, with nothing going wrong but what is part of it. */
    void experiment(String row, Kind kind, Act act) {
        live(row, kind, act, Trouble.none(), new Findings());
    }

    private boolean live(String row, Kind kind, Act act, Trouble trouble, Findings findings) {
        boolean met = false;
        try {
            Stage stage = stage(kind);
            Scene scene = stage.open(row.toLowerCase(Locale.ROOT), findings);
            try {
                carryOut(scene, act, trouble, !row.equals(UNDISTURBED) && trouble.isOneTeams());
                met = trouble.met();
                Ending ending = ending(scene);
                if (trouble.isExact() && met) {
                    compare(scene, undisturbed.get(kind).get(act), ending, trouble);
                } else if (row.equals(UNDISTURBED)) {
                    undisturbed.get(kind).put(act, ending);
                }
                if (met) {
                    converges(stage).rest(scene, extent.rest(), findings);
                    stage.done(scene);
                }
                leave(scene);
                stage.gone(scene);
                send(scene);
            } catch (Scene.FoundException e) {
                met = true;
            } catch (AssertionError | RuntimeException e) {
                met = true;
                findings.add(
                        converges(stage),
                        scene.object(),
                        text(e) + "\n  it is " + scene.endpoint().map(ServerlessEndpoint::getStatus));
            } finally {
                stage.close(scene);
            }
        } catch (AssertionError | RuntimeException e) {
            met = true;
            findings.add(new Invariants.Converges(), "the stage", text(e));
        }
        if (met) {
            ended(row, act.toString(), trouble.label(), findings);
        }
        return met;
    }

    /**
     * Something that happens to several scenes at once.
     *
     * @param script opens its scenes, and holds them against the invariants itself
     */
    void together(String row, Kind kind, String name, String label, BiConsumer<Stage, Findings> script) {
        Findings findings = new Findings();
        try {
            Stage stage = stage(kind);
            stage.begin();
            script.accept(stage, findings);
        } catch (Scene.FoundException e) {
            // It is among the findings.
        } catch (AssertionError | RuntimeException e) {
            findings.add(new Invariants.Converges(), name, text(e));
        }
        ended(row, name, label, findings);
    }

    private void ended(String row, String name, String label, Findings findings) {
        tally.ended(row, name, label, findings.all());
        if (!findings.all().isEmpty()) {
            // What was found once must not be found again in the next experiment.
            discard();
        }
    }

    private static void carryOut(Scene scene, Act act, Trouble trouble, boolean watched) {
        act.prepare(scene);
        scene.world().settle();
        scene.stage().begin();
        trouble.place(scene);
        if (watched) {
            scene.stage().letTheBystanderEdit();
        }
        act.ask(scene);
        trouble.meanwhile(scene);
        scene.until(act + " is done, " + trouble.label(), () -> act.isDone(scene));
        if (act.next(scene)) {
            scene.until(act + " is done, " + trouble.label(), () -> act.isDone(scene));
        }
        trouble.lift(scene);
        calm(scene);
    }

    private static void calm(Scene scene) {
        World world = scene.world();
        world.boundary(CallBoundary.OPEN);
        world.simulator().faults().clear();
        world.proxy().forgive();
        scene.disturbed(false);
    }

    /** The user goes, and so does everything of it. */
    private static void leave(Scene scene) {
        if (scene.team().exists(Scene.NAME)) {
            scene.delete();
        }
        scene.until("it is gone", () -> !scene.team().exists(Scene.NAME));
    }

    private static void send(Scene scene) {
        scene.team().deleteIdentity();
        scene.world()
                .advanceUntil(
                        "the identity is gone",
                        () -> scene.world().identity(scene.team().identity()) == null);
        AwsNow.of(scene.world())
                .named(scene.namespace())
                .filter(item -> item.kind().equals("endpoints"))
                .forEach(item -> scene.world().console().deleteEndpoint(item.name()));
    }

    // ---- as without the trouble

    private static Ending ending(Scene scene) {
        Map<String, Long> mutations = new TreeMap<>();
        scene.world().simulator().calls().byOutcome().forEach((operation, outcomes) -> {
            long done = outcomes.getOrDefault("ok", 0L) + outcomes.getOrDefault("connection dropped", 0L);
            if (operation.matches("sagemaker\\.(Create|Update|Delete).*") && done > 0) {
                mutations.put(operation, done);
            }
        });
        List<String> conditions = new ArrayList<>();
        scene.team()
                .status(Scene.NAME)
                .ifPresent(status -> status.conditions()
                        .forEach(condition -> conditions.add(
                                condition.type() + "=" + condition.status() + "/" + condition.reason())));
        conditions.sort(null);
        return new Ending(scene.team().anonymous(scene.team().inAws()), mutations, conditions);
    }

    private static void compare(Scene scene, Ending expected, Ending ending, Trouble trouble) {
        Findings findings = scene.findings();
        List<Invariant> invariants = scene.stage().invariants();
        if (!isAsOften(ending.mutations(), expected.mutations(), trouble)
                || !ending.inAws().equals(expected.inAws())) {
            findings.add(
                    invariants.get(1),
                    scene.object(),
                    "made " + ending.mutations() + " " + ending.inAws() + ", undisturbed " + expected.mutations() + " "
                            + expected.inAws());
        }
        if (!ending.conditions().equals(expected.conditions())) {
            findings.add(
                    invariants.get(2),
                    scene.object(),
                    "says " + ending.conditions() + ", undisturbed " + expected.conditions());
        }
    }

    /** How long others had to wait, for people. */
    String latencies() {
        return latencies.entrySet().stream()
                .flatMap(kind -> kind.getValue().report(kind.getKey().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining("\n"));
    }

    /**
     * Everything is done as often as without the trouble. Only what AWS carried out and nobody heard of may be asked for once more, unless
     * it makes something: a deletion finds nothing to delete, and an update that AWS took back looks like one that was never made.
     */
    private static boolean isAsOften(Map<String, Long> made, Map<String, Long> expected, Trouble trouble) {
        Map<String, Long> most = new TreeMap<>(expected);
        trouble.unheard().stream()
                .filter(operation -> !operation.contains(".Create"))
                .forEach(operation -> most.computeIfPresent(operation, (same, times) -> times + 1));
        return made.keySet().equals(expected.keySet())
                && made.entrySet().stream()
                        .allMatch(entry -> entry.getValue() >= expected.get(entry.getKey())
                                && entry.getValue() <= most.get(entry.getKey()));
    }

    private static Invariants.Converges converges(Stage stage) {
        return (Invariants.Converges) stage.invariants().get(2);
    }

    private static String text(Throwable e) {
        String text = e.getClass().getSimpleName() + ": " + e.getMessage()
                + (e.getCause() == null ? "" : ", " + e.getCause());
        return text.length() > LONGEST_REPORT ? text.substring(0, LONGEST_REPORT) : text;
    }

    /** One at a time: an operator looks after whatever it finds in the cluster. */
    private Stage stage(Kind kind) {
        if (kind != present) {
            discard();
        }
        if (open.isEmpty()) {
            open = Optional.of(
                    new Stage(api, kind, safeguards, latencies.computeIfAbsent(kind, key -> new Latencies())));
            present = kind;
        }
        return open.get();
    }

    private void discard() {
        open.ifPresent(Stage::close);
        open = Optional.empty();
    }

    @Override
    public void close() {
        discard();
    }
}
