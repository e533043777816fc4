package dev.pilotlight.domain.warm.forecast;

/**
 * The marginal rule: a provisioned slot is added while what it keeps from spilling over is worth more than the slot costs. Gains shrink with
 * every slot added, so slots are filled where they gain most.
 */
final class Fill {
    private static final int HALVINGS = 11;
    private static final double ROUNDING = 1e-9;

    private Fill() {}

    /**
     * @param spilled requests that spill over, by slots; falling, and ever less steeply
     * @param worth what one request less is worth, in quarter-hours of one slot
     */
    static int slots(double[] spilled, double worth) {
        int slots = 0;
        while (slots + 1 < spilled.length && (spilled[slots] - spilled[slots + 1]) * worth > 1) {
            slots++;
        }
        return slots;
    }

    /** A worth and what comes of it, the dearer the higher. */
    interface Share {
        /** The share of requests that spills over. */
        double at(double worth);
    }

    /**
     * The lowest worth that leaves no more than a share to spill over, or the highest there is when none does.
     *
     * @param least where to begin: what a request is worth in money
     */
    static double worthFor(Share share, double allowed, double least) {
        double low = Math.max(least, 1e-7);
        if (share.at(low) <= allowed + ROUNDING) {
            return low;
        }
        double high = 1e7;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = Math.sqrt(low * high);
            if (share.at(middle) <= allowed + ROUNDING) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
