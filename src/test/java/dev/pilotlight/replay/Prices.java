package dev.pilotlight.replay;

import dev.pilotlight.domain.warm.forecast.SlotPrices;

/**
 * Prices of us-east-1 at 2 GB, all three read from AWS's price list, as of 2026-05-08 (the bundled snapshot). A test holds them against it.
 */
final class Prices {
    static final SlotPrices TWO_GIGABYTES = new SlotPrices(0.0000100, 0.0000233, 0.0000400);
    static final String NAME = "us-east-1, 2048 MB, 2026-05-08";

    private Prices() {}

    static Outcome.Bill bill(
            double slotSeconds, double provisionedSeconds, double onDemandSeconds, double pingSeconds) {
        return new Outcome.Bill(
                slotSeconds * TWO_GIGABYTES.usage(),
                provisionedSeconds * TWO_GIGABYTES.provisionedDuration(),
                onDemandSeconds * TWO_GIGABYTES.onDemandDuration(),
                pingSeconds * TWO_GIGABYTES.onDemandDuration());
    }
}
