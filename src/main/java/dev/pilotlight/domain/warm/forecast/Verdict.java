package dev.pilotlight.domain.warm.forecast;

/** What may become of a forecast. */
public enum Verdict {
    /** It beat the seasonal-naive forecast on days it had not seen; it may add capacity. */
    ACCEPTED,
    /** It did not, so it may only be shown. */
    NOT_BETTER,
    /** There are not enough metrics; what there is may only be shown. */
    TOO_LITTLE_DATA
}
