package dev.pilotlight.domain.warm.forecast;

/**
 * What seconds cost, in US dollars.
 *
 * @param usage one second of one provisioned slot, busy or not
 * @param provisionedDuration one second of a provisioned slot at work, on top of its usage
 * @param onDemandDuration one second of a container on demand at work
 */
public record SlotPrices(double usage, double provisionedDuration, double onDemandDuration) {
    public SlotPrices {
        if (!(usage > 0)) {
            throw new IllegalArgumentException("the price of a slot-second must be above 0, but was " + usage);
        }
    }
}
