package dev.pilotlight.domain.cost;

import java.util.Arrays;
import java.util.Optional;

/** What AWS charges for, by memory size (source: usage types of AWS's price list for Amazon SageMaker). */
public enum PriceItem {
    /** {@code ServerlessInf:Mem-<n>GB}: one second of an on-demand container at work. */
    ON_DEMAND_DURATION("on-demand-duration", "second"),
    /** {@code ProvisionedConcurrency:Usage-<n>GB}: one second of one allocated slot, busy or not. */
    PROVISIONED_USAGE("provisioned-usage", "slot-second"),
    /** {@code ProvisionedConcurrency:Mem-<n>GB}: one second of a provisioned slot at work, on top of its usage. */
    PROVISIONED_DURATION("provisioned-duration", "second");

    private final String word;
    private final String unit;

    PriceItem(String word, String unit) {
        this.word = word;
        this.unit = unit;
    }

    String unit() {
        return unit;
    }

    static Optional<PriceItem> ofWord(String word) {
        return Arrays.stream(values()).filter(item -> item.word.equals(word)).findFirst();
    }
}
