package dev.pilotlight.domain.warm.forecast;

/**
 * The share of requests that find every slot busy, in a system where nobody waits. Loads are in Erlang: requests a second times the seconds
 * each takes, which is the mean number of busy containers.
 */
public final class Loss {
    /** Nodes of the integral; its integrand is smooth once the range is cut where nothing is left. */
    private static final int STEPS = 400;

    private Loss() {}

    /**
     * Erlang's B formula, by the recursion that never overflows. Exact for Poisson arrivals, whatever the law of the durations, and
     * dangerously low for any that come in bursts.
     *
     * @param slots 0 or more
     * @param load 0 or more
     */
    public static double erlangB(int slots, double load) {
        require(slots, load);
        if (load == 0) {
            return slots == 0 ? 1 : 0;
        }
        double blocked = 1;
        for (int k = 1; k <= slots; k++) {
            blocked = load * blocked / (k + load * blocked);
        }
        return blocked;
    }

    /**
     * The same for a number of slots that is not whole: {@code 1/B = load * integral of exp(-load t) (1+t)^slots dt} below one slot, and
     * the recursion from there.
     */
    public static double erlangB(double slots, double load) {
        require(slots, load);
        if (load == 0) {
            return slots == 0 ? 1 : 0;
        }
        double fraction = slots - Math.floor(slots);
        double blocked = fraction == 0 ? 1 : belowOne(fraction, load);
        for (double k = fraction + 1; k <= slots + 1e-9; k++) {
            blocked = load * blocked / (k + load * blocked);
        }
        return blocked;
    }

    /** With u = load t the integral is that of exp(-u) (1 + u/load)^fraction; Simpson's rule on u = s^2, where the bend at 0 is flat. */
    private static double belowOne(double fraction, double load) {
        double end = Math.sqrt(60);
        double step = end / STEPS;
        double sum = 0;
        for (int i = 1; i <= STEPS; i++) {
            double s = i * step;
            double u = s * s;
            double value = 2 * s * Math.exp(-u) * Math.pow(1 + u / load, fraction);
            sum += value * (i == STEPS ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return Math.min(1, 3 / (sum * step));
    }

    /**
     * Hayward's correction for arrivals that are not Poisson: {@code B(slots/z, load/z)}.
     *
     * @param peakedness variance over mean of the number of busy containers if there were always one free; 1 for Poisson arrivals, more for
     *     bursts
     */
    public static double hayward(double slots, double load, double peakedness) {
        if (!(peakedness > 0)) {
            throw new IllegalArgumentException("peakedness must be above 0, but was " + peakedness);
        }
        return erlangB(slots / peakedness, load / peakedness);
    }

    /**
     * {@link #hayward} for 0, 1, 2 ... slots at once, interpolated in the logarithm between whole numbers of Erlang's formula.
     *
     * @param most the last number of slots
     */
    static double[] haywardCurve(double load, double peakedness, int most) {
        double[] curve = new double[most + 1];
        curve[0] = 1;
        if (load <= 0) {
            return curve;
        }
        double scaled = load / peakedness;
        int last = (int) Math.ceil(most / peakedness) + 2;
        double[] logarithms = new double[last + 1];
        double blocked = 1;
        for (int k = 1; k <= last; k++) {
            blocked = scaled * blocked / (k + scaled * blocked);
            logarithms[k] = Math.log(Math.max(blocked, Double.MIN_NORMAL));
        }
        for (int slots = 1; slots <= most; slots++) {
            double at = slots / peakedness;
            int left = (int) at;
            double right = at - left;
            double straight = logarithms[left] + right * (logarithms[left + 1] - logarithms[left]);
            double bend = logarithms[left + 2] - 2 * logarithms[left + 1] + logarithms[left];
            double before = left == 0 ? bend : logarithms[left + 1] - 2 * logarithms[left] + logarithms[left - 1];
            curve[slots] = Math.min(curve[slots - 1], Math.exp(straight - right * (1 - right) * (bend + before) / 4));
        }
        return curve;
    }

    private static void require(double slots, double load) {
        if (!(slots >= 0) || !(load >= 0) || Double.isInfinite(slots) || Double.isInfinite(load)) {
            throw new IllegalArgumentException("slots and load must be 0 or more, but were " + slots + " and " + load);
        }
    }
}
