package dev.pilotlight.replay;

import java.util.SplittableRandom;

/** Draws that are the same on every JDK for the same seed: the JDK may change how it makes normal deviates, not how it makes uniform ones. */
final class Dice {
    private final SplittableRandom random;
    private double spare = Double.NaN;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Independent of this one from now on, so that one draw more here changes nothing there. */
    Dice split() {
        return new Dice(random.split());
    }

    /** In [0, 1). */
    double uniform() {
        return random.nextDouble();
    }

    double uniform(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Mean 1. */
    double exponential() {
        return -Math.log(1 - random.nextDouble());
    }

    /** Standard normal, by Marsaglia's polar method, which makes two at a time. */
    double normal() {
        if (!Double.isNaN(spare)) {
            double kept = spare;
            spare = Double.NaN;
            return kept;
        }
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double square = u * u + v * v;
            if (square > 0 && square < 1) {
                double scale = Math.sqrt(-2 * Math.log(square) / square);
                spare = v * scale;
                return u * scale;
            }
        }
    }

    /**
     * Log-normal.
     *
     * @param variation standard deviation over mean
     */
    LogNormal logNormal(double mean, double variation) {
        double variance = Math.log(1 + variation * variation);
        return new LogNormal(this, Math.log(mean) - variance / 2, Math.sqrt(variance));
    }

    /** Draws from one log-normal law. */
    record LogNormal(Dice dice, double location, double scale) {
        double draw() {
            return Math.exp(location + scale * dice.normal());
        }
    }

    /** At least 1, and falling off geometrically. */
    int geometric(double mean) {
        return mean <= 1 ? 1 : 1 + (int) (-exponential() / Math.log1p(-1 / mean));
    }
}
