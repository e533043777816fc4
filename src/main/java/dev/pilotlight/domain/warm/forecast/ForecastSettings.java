package dev.pilotlight.domain.warm.forecast;

import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a forecast shall achieve.
 *
 * @param zone whose days and hours the traffic follows; windows are recommended in it
 * @param lookbackDays how many days before now count, 14 to 30
 * @param maxSpilloverPercent share of a week's requests that may find no slot free, above 0 to 100
 * @param maxConcurrency the most slots there may be, 1 to 200
 * @param prices without them slots cannot be weighed against money, and a budget cannot be kept
 * @param monthlyBudgetUSD for provisioned slots
 * @param maxWindows the most windows to recommend
 */
public record ForecastSettings(
        ZoneId zone,
        int lookbackDays,
        double maxSpilloverPercent,
        int maxConcurrency,
        Optional<SlotPrices> prices,
        OptionalDouble monthlyBudgetUSD,
        int maxWindows) {
    private static final int DEFAULT_WINDOWS = 20;

    public ForecastSettings {
        require(lookbackDays >= 14 && lookbackDays <= 30, "lookbackDays must be 14 to 30, but was " + lookbackDays);
        require(
                maxSpilloverPercent > 0 && maxSpilloverPercent <= 100,
                "maxSpilloverPercent must be above 0 and at most 100, but was " + maxSpilloverPercent);
        require(
                maxConcurrency >= 1 && maxConcurrency <= 200,
                "maxConcurrency must be 1 to 200, but was " + maxConcurrency);
        require(maxWindows >= 1, "maxWindows must be 1 or more, but was " + maxWindows);
    }

    /** Without prices and budget. */
    public static ForecastSettings of(ZoneId zone, int lookbackDays, double maxSpilloverPercent, int maxConcurrency) {
        return new ForecastSettings(
                zone,
                lookbackDays,
                maxSpilloverPercent,
                maxConcurrency,
                Optional.empty(),
                OptionalDouble.empty(),
                DEFAULT_WINDOWS);
    }

    public ForecastSettings withPrices(SlotPrices known) {
        return new ForecastSettings(
                zone,
                lookbackDays,
                maxSpilloverPercent,
                maxConcurrency,
                Optional.of(known),
                monthlyBudgetUSD,
                maxWindows);
    }

    public ForecastSettings withMonthlyBudgetUSD(double budget) {
        return new ForecastSettings(
                zone, lookbackDays, maxSpilloverPercent, maxConcurrency, prices, OptionalDouble.of(budget), maxWindows);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what);
        }
    }
}
