package dev.pilotlight.domain.warm.forecast;

/** Hayward's formula for one peakedness on a grid of loads, eight to a doubling. */
final class LossCurves {
    /** Grid points to a doubling of the load. */
    static final int PER_DOUBLING = 8;

    static final int LOWEST = -10 * PER_DOUBLING;
    static final int HIGHEST = 9 * PER_DOUBLING;

    private final double peakedness;
    private final int most;
    private final double[][] curves = new double[HIGHEST - LOWEST + 1][];

    LossCurves(double peakedness, int most) {
        this.peakedness = peakedness;
        this.most = most;
    }

    /** The most slots the curves know. */
    int most() {
        return most;
    }

    static double step(double load) {
        return Math.clamp(
                PER_DOUBLING * Math.log(Math.max(load, 1e-9)) / Math.log(2), (double) LOWEST, (double) HIGHEST);
    }

    /** Shares that find no slot, by slots, for the load of a grid point; points beyond the ends are the ends. */
    double[] at(int step) {
        int index = Math.clamp(step, LOWEST, HIGHEST) - LOWEST;
        if (curves[index] == null) {
            curves[index] = Loss.haywardCurve(Math.pow(2, (index + LOWEST) / (double) PER_DOUBLING), peakedness, most);
        }
        return curves[index];
    }

    /** What of some requests spills over, added to a sum by slots. */
    void addSpilled(double load, double requests, double[] sum) {
        double step = step(load);
        int below = (int) Math.floor(step);
        double right = step - below;
        double[] low = at(below);
        double[] high = at(below + 1);
        for (int slots = 0; slots < sum.length; slots++) {
            sum[slots] += requests * ((1 - right) * low[slots] + right * high[slots]);
        }
    }
}
