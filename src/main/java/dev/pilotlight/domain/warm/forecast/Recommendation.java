package dev.pilotlight.domain.warm.forecast;

import java.util.List;

/**
 * Few windows that come close to the forecast, for a person to commit.
 *
 * @param baseline slots at all times, 0 or more
 * @param windows with more than the baseline; no two are open at once
 * @param spilloverPercent share of a usual week's requests that is expected to find no slot free
 * @param slotHours provisioned slots, in hours of one slot a week
 */
public record Recommendation(int baseline, List<RecommendedWindow> windows, double spilloverPercent, double slotHours) {
    /** Nothing to recommend. */
    public static final Recommendation NONE = new Recommendation(0, List.of(), 0, 0);

    public Recommendation {
        windows = List.copyOf(windows);
    }
}
