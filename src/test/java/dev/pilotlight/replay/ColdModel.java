package dev.pilotlight.replay;

/**
 * How containers on demand come and go. None of it is documented by AWS; results are shown over a grid.
 *
 * @param idleSeconds how long an idle container is kept, on average; each draws its own around it
 * @param coldSeconds how long a cold start takes; 0 for the law that was measured at Huawei ("Serverless Cold Starts and Where to Find Them",
 *     EuroSys 2025): log-normal, median 1.35 s, 99th percentile about 30 s
 */
record ColdModel(double idleSeconds, double coldSeconds) {
    static final double[] IDLE_GRID = {60, 300, 600, 1800};
    /** Where in the grid the model is that other figures are made with: ten minutes. */
    static final int BASE_IDLE = 2;

    static final double[] COLD_GRID = {1, 3, 10, 30};

    private static final double LOCATION = 0.30;
    private static final double SCALE = 1.33;
    private static final double IDLE_VARIATION = 0.2;

    double drawCold(Dice dice) {
        return coldSeconds > 0 ? coldSeconds : Math.exp(LOCATION + SCALE * dice.normal());
    }

    Dice.LogNormal idleLaw(Dice dice) {
        return dice.logNormal(idleSeconds, IDLE_VARIATION);
    }
}
