package dev.pilotlight.faults;

import dev.pilotlight.faults.Stage.Kind;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.function.Consumer;

/** People who cannot make up their minds (F19), and clocks that are wrong (F18). */
final class Users {
    private static final int EDITS = 50;

    private Users() {}

    static List<Row> rows() {
        return List.of(
                new Row("F18", "the operator's clock is set, slow, fast, in other years", Users::clocks),
                new Row("F19", "edits upon edits", Users::edits));
    }

    private static void clocks(Lab lab) {
        List<ClockTrouble> troubles = List.of(
                new ClockTrouble("runs at half the speed", world -> world.paceOperatorClock(1, 2)),
                new ClockTrouble("is set an hour on", world -> world.setOperatorClock(Duration.ofHours(1))),
                new ClockTrouble("is set an hour back", world -> world.setOperatorClock(Duration.ofHours(-1))),
                new ClockTrouble("runs at twice the speed", world -> world.paceOperatorClock(2, 1)),
                // A second after this one a signed 32-bit number of seconds ends.
                new ClockTrouble("comes to the end of 32 bits", world -> showing(world, "2038-01-19T03:14:00Z")),
                new ClockTrouble("is in 2039", world -> showing(world, "2039-02-28T23:59:50Z")),
                new ClockTrouble("comes to summer time", world -> showing(world, "2026-03-29T00:59:50Z")),
                new ClockTrouble("comes to winter time", world -> showing(world, "2026-10-25T00:59:50Z")));
        TimeZone usual = TimeZone.getDefault();
        // Nothing may depend on the zone of the machine, and in this one those two nights have 23 and 25 hours.
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            for (Flow flow : lab.extent().of(List.of(Flow.PREVIEW, Flow.CREATE, Flow.DELETE, Flow.ROLLBACK), 1)) {
                lab.extent().of(troubles, 2).forEach(trouble -> lab.experiment("F18", Kind.SLOW, flow, trouble));
            }
        } finally {
            TimeZone.setDefault(usual);
        }
    }

    private static void showing(World world, String time) {
        world.setOperatorClock(Duration.between(world.clock().instant(), Instant.parse(time)));
    }

    /** Something is the matter with the operator's clock from the middle of the flow on. */
    private record ClockTrouble(String what, Consumer<World> change) implements Trouble {
        @Override
        public String label() {
            return "the clock " + what;
        }

        @Override
        public void meanwhile(Scene scene) {
            scene.pass(Duration.ofSeconds(5));
            change.accept(scene.world());
        }

        @Override
        public void lift(Scene scene) {
            scene.world().correctOperatorClock();
        }
    }

    private static void edits(Lab lab) {
        lab.experiment("F19", Kind.SLOW, Act.onServing("there and back", scene -> {
            scene.spec(Flow.MORE_MEMORY);
            scene.pass(Duration.ofSeconds(4));
            scene.spec(memory(2048));
        }));
        lab.experiment("F19", Kind.SLOW, Act.onServing("while it is updated", scene -> {
            scene.spec("{\"rollout\":{\"strategy\":\"InPlace\"},\"serverless\":{\"memorySizeInMB\":3072}}");
            scene.until("it is updated", () -> is(scene, "Updating"));
            scene.spec(memory(4096));
            scene.pass(Duration.ofSeconds(1));
            scene.spec(memory(5120));
        }));
        Random random = new Random(lab.extent().seed());
        for (int i = 0; i < (lab.extent().full() ? 5 : 1); i++) {
            lab.experiment("F19", Kind.SLOW, Act.onServing("fifty edits, " + i, scene -> {
                for (int edit = 0; edit < EDITS; edit++) {
                    scene.spec(
                            random.nextBoolean()
                                    ? memory(1024 * (1 + random.nextInt(6)))
                                    : "{\"serverless\":{\"maxConcurrency\":" + (1 + random.nextInt(40)) + "}}");
                    if (random.nextInt(8) == 0) {
                        scene.pass(Duration.ofSeconds(random.nextInt(5)));
                    }
                }
            }));
        }
    }

    private static String memory(int megabytes) {
        return "{\"serverless\":{\"memorySizeInMB\":" + megabytes + "}}";
    }

    static boolean is(Scene scene, String status) {
        return AwsNow.of(scene.world())
                .endpoint(scene.awsName())
                .filter(endpoint -> endpoint.fact("EndpointStatus").equals(status))
                .isPresent();
    }
}
