package dev.pilotlight.fuzz;

import dev.pilotlight.testing.KubeApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/** {@code make fuzz}. Exit codes: 0 nothing found, 1 something found, 3 no API server can be had. */
public final class Fuzz {
    private static final int TRANSITIONS = 10_000;
    private static final int NO_API_SERVER = 3;

    private Fuzz() {}

    public static void main(String... args) throws IOException {
        long seed = setting("SEED").map(Long::parseLong).orElseGet(() -> new SplittableRandom().nextLong(1L << 40));
        int transitions = setting("TRANSITIONS").map(Integer::parseInt).orElse(TRANSITIONS);
        Optional<KubeApi> found = KubeApi.startIfPresent();
        if (found.isEmpty()) {
            System.err.println("fuzz: no kube-apiserver; run 'make kube' first");
            System.exit(NO_API_SERVER);
        }
        int exit;
        try (KubeApi api = found.orElseThrow()) {
            exit = run(api, seed, transitions);
        }
        // Threads of the clients would keep the JVM for a while.
        System.exit(exit);
    }

    private static int run(KubeApi api, long seed, int transitions) {
        System.out.println(
                "fuzz: SEED=" + seed + ", " + transitions + " transitions, " + BadSpecFuzz.AT_A_TIME + " endpoints");
        long begun = System.nanoTime();
        Tally tally = BadSpecFuzz.run(api, seed, transitions, so -> {
            System.out.println("fuzz: " + seconds(begun) + " s, " + so.inWords());
            System.out.flush();
        });
        tally.violations().forEach(violation -> System.out.println("VIOLATION " + violation));
        boolean whole = tally.violations().isEmpty() && tally.transitions() >= transitions;
        System.out.println("PILOTLIGHT_FUZZ " + tally.json().put("seconds", seconds(begun)));
        return whole ? 0 : 1;
    }

    private static long seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toSeconds();
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
