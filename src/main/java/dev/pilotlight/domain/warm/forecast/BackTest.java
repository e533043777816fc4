package dev.pilotlight.domain.warm.forecast;

/**
 * How the forecast's windows, made anew every day, did on days they had not seen, against the seasonal-naive forecast: the same as a week ago,
 * slot by slot. Both were sized in the same way for the same share of spill-over, so that their slots can be compared.
 *
 * @param days held out
 * @param model what was chosen, in words
 * @param allowedPercent the share that both were sized for
 * @param spilloverPercent share of the requests of those days that would have found no slot free, computed from their counts
 * @param slotHours provisioned slots, in hours of one slot a week
 * @param naiveSpilloverPercent the same share for the seasonal-naive forecast
 * @param naiveSlotHours the same slots for the seasonal-naive forecast
 */
public record BackTest(
        double days,
        String model,
        double allowedPercent,
        double spilloverPercent,
        double slotHours,
        double naiveSpilloverPercent,
        double naiveSlotHours) {
    /** Less than this is no difference. */
    private static final double MARGIN = 0.995;

    private static final double SAME_SPILLOVER = 0.05;

    /**
     * Whether it takes fewer slots for the same spill-over, or has less spill-over where the naive one cannot be sized. Capacities are whole
     * slots, so that what is left to spill over differs a little where both were sized for the same share: within that share it does not count.
     */
    public boolean beatsNaive() {
        if (slotHours == 0 && naiveSlotHours == 0) {
            return true;
        }
        boolean noMoreSpillover = spilloverPercent <= Math.max(allowedPercent, naiveSpilloverPercent) + SAME_SPILLOVER;
        boolean lessSpillover = spilloverPercent < MARGIN * naiveSpilloverPercent - SAME_SPILLOVER;
        return (noMoreSpillover && slotHours < MARGIN * naiveSlotHours)
                || (naiveSpilloverPercent > allowedPercent && lessSpillover && slotHours <= naiveSlotHours);
    }
}
