package dev.pilotlight.domain.cost;

/** How well a price is known. A price that is not known at all has no {@link Price}. */
public enum Confidence {
    /** Read from AWS's price list. */
    VERIFIED,
    /** Computed from verified prices of another memory size. */
    DERIVED,
    /** Published, but old or by others. */
    PROBABLE;

    /** Whether sums made with it have to be shown as estimates. */
    public boolean isEstimate() {
        return this != VERIFIED;
    }
}
