package dev.pilotlight.domain.warm.budget;

import dev.pilotlight.domain.cost.Price;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.cost.PriceItem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * US dollars.
 *
 * @param usd not rounded; empty when a price in it is unknown, which makes the whole sum unknown
 * @param estimate a price in it was not read from AWS's price list
 */
public record Cost(Optional<BigDecimal> usd, boolean estimate) {
    private static final Cost NOTHING = new Cost(Optional.of(BigDecimal.ZERO), false);

    /** What a ledger comes to: allocated slots by their usage price, pings by the on-demand price of what runs. */
    public static Cost of(Ledger ledger, PriceBook prices, String region) {
        Cost sum = NOTHING;
        for (Map.Entry<Integer, Long> entry : ledger.slotSeconds().entrySet()) {
            sum = sum.plus(times(prices.price(PriceItem.PROVISIONED_USAGE, region, entry.getKey()), entry.getValue()));
        }
        return ledger.pingSeconds() == 0
                ? sum
                : sum.plus(times(
                        prices.price(PriceItem.ON_DEMAND_DURATION, region, ledger.memorySizeInMB()),
                        ledger.pingSeconds()));
    }

    /** What on-demand time of pings comes to. */
    public static Cost ofPings(Duration billed, PriceBook prices, String region, int memorySizeInMB) {
        Optional<Price> price = prices.price(PriceItem.ON_DEMAND_DURATION, region, memorySizeInMB);
        return new Cost(
                price.map(p ->
                        p.usd().multiply(BigDecimal.valueOf(billed.toMillis())).movePointLeft(3)),
                price.map(p -> p.confidence().isEstimate()).orElse(true));
    }

    private static Cost times(Optional<Price> price, long seconds) {
        return new Cost(
                price.map(p -> p.usd().multiply(BigDecimal.valueOf(seconds))),
                price.map(p -> p.confidence().isEstimate()).orElse(true));
    }

    private Cost plus(Cost other) {
        return new Cost(usd.flatMap(mine -> other.usd.map(mine::add)), estimate || other.estimate);
    }

    /** For status: {@code 41.20}, {@code ~41.20} for an estimate, or {@code unknown}. */
    public String describe() {
        return usd.map(exact -> (estimate ? "~" : "")
                        + exact.setScale(2, RoundingMode.HALF_UP).toPlainString())
                .orElse("unknown");
    }
}
