package dev.pilotlight.domain.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * US dollars for a month of {@value #HOURS} hours, AWS's own month in price examples.
 *
 * @param usd not rounded; empty when a price in it is unknown, which makes the whole sum unknown
 * @param estimate a price in it was not read from AWS's price list
 */
public record MonthlyCost(Optional<BigDecimal> usd, boolean estimate) {
    /** Length of the month that is meant, in hours. */
    public static final int HOURS = 730;

    /** Nothing is paid for. */
    public static final MonthlyCost NOTHING = new MonthlyCost(Optional.of(BigDecimal.ZERO), false);

    private static final MonthlyCost UNKNOWN = new MonthlyCost(Optional.empty(), true);
    private static final BigDecimal SECONDS = BigDecimal.valueOf(HOURS * 3600L);

    /**
     * The charge for slots that are allocated all month, without the duration charge of the requests they serve.
     *
     * @param slots provisioned concurrency, 0 or more
     */
    public static MonthlyCost ofProvisionedConcurrency(PriceBook book, String region, int memorySizeInMB, int slots) {
        if (slots == 0) {
            return NOTHING;
        }
        return book.price(PriceItem.PROVISIONED_USAGE, region, memorySizeInMB)
                .map(price -> new MonthlyCost(
                        Optional.of(price.usd().multiply(SECONDS).multiply(BigDecimal.valueOf(slots))),
                        price.confidence().isEstimate()))
                .orElse(UNKNOWN);
    }

    /** Both together; unknown when either is. */
    public MonthlyCost plus(MonthlyCost other) {
        return new MonthlyCost(usd.flatMap(mine -> other.usd.map(mine::add)), estimate || other.estimate);
    }

    /** Whole cents; empty when unknown. */
    public Optional<BigDecimal> cents() {
        return usd.map(exact -> exact.setScale(2, RoundingMode.HALF_UP));
    }

    /** For people: {@code 26.28 USD}, {@code 13.14 USD (estimate)} or {@code unknown}. */
    public String describe() {
        return cents().map(cents -> cents.toPlainString() + " USD" + (estimate ? " (estimate)" : ""))
                .orElse("unknown");
    }
}
