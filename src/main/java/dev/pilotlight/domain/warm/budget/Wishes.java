package dev.pilotlight.domain.warm.budget;

/**
 * What is asked for now, by how readily it is cut, as capacities that each hold what stands before them.
 *
 * @param baseline asked for at all times
 * @param windows the highest of baseline, windows and exceptions, baseline at least
 * @param tracking the highest of that and target tracking
 * @param forecast the highest of that and the forecast
 * @param windowSecondsLeft slot-seconds that windows and exceptions will take above the baseline until the month ends
 * @param windowOpen whether windows or exceptions ask for anything above the baseline now
 */
public record Wishes(
        int baseline, int windows, int tracking, int forecast, long windowSecondsLeft, boolean windowOpen) {
    /** Nothing is provisioned. */
    public static final Wishes NONE = new Wishes(0, 0, 0, 0, 0, false);

    /** What would hold without a budget. */
    public int all() {
        return forecast;
    }
}
