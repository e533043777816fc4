package dev.pilotlight.fuzz;

import java.util.List;
import java.util.Random;

/** Drawing by chance, repeatable by its seed. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        this.random = new Random(seed);
    }

    /** True once in {@code times}, on average. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    @SafeVarargs
    final <T> T of(T... all) {
        return all[random.nextInt(all.length)];
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
