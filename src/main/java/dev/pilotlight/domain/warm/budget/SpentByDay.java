package dev.pilotlight.domain.warm.budget;

import dev.pilotlight.domain.cost.PriceBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What was spent on a day, UTC, from a ledger that is looked at now and then. A day that was not seen from its beginning has no sum; after
 * a restart the ledger that was written says how its day began.
 *
 * @param today the day of the last look
 * @param month of the ledger at the last look
 * @param total what the ledger came to then
 * @param spent since the day began, or since the first look at it; empty when a price is unknown
 * @param whole whether the day was seen from its beginning
 * @param yesterday the day before, where it was seen whole
 */
public record SpentByDay(
        LocalDate today,
        YearMonth month,
        Cost total,
        Optional<BigDecimal> spent,
        boolean whole,
        Optional<Cost> yesterday) {

    /** The first look. */
    public static SpentByDay begin(LocalDate today, YearMonth month, Cost total) {
        return new SpentByDay(today, month, total, Optional.of(BigDecimal.ZERO), false, Optional.empty());
    }

    /**
     * Goes on from the ledger of a status, up to the last midnight where that was written before it: what ran then counts to the day in
     * which it ran.
     *
     * @param written read from the status
     * @param usdAtMidnight as it stands there; null where nobody knows
     */
    public static SpentByDay resume(
            Ledger written, String usdAtMidnight, PriceBook prices, String region, LocalDate today) {
        LocalDate day = LocalDate.ofInstant(written.asOf(), ZoneOffset.UTC);
        Cost total = Cost.of(written, prices, region);
        Optional<BigDecimal> began = read(usdAtMidnight);
        SpentByDay spent = new SpentByDay(
                day,
                written.month(),
                total,
                total.usd().flatMap(usd -> began.map(usd::subtract)),
                began.isPresent(),
                Optional.empty());
        for (LocalDate next = day.plusDays(1); !next.isAfter(today); next = next.plusDays(1)) {
            Instant midnight = next.atStartOfDay(ZoneOffset.UTC).toInstant();
            // The last second belongs to the month that ends, where one does.
            Ledger end = written.at(midnight.minusSeconds(1));
            Ledger begin = written.at(midnight);
            spent = spent.at(next.minusDays(1), end.month(), Cost.of(end, prices, region))
                    .at(next, begin.month(), Cost.of(begin, prices, region));
        }
        return spent;
    }

    private static Optional<BigDecimal> read(String usd) {
        try {
            return usd == null ? Optional.empty() : Optional.of(new BigDecimal(usd.replace("~", "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What the month had cost when the day began; empty where that is not known. */
    public Optional<String> atMidnight() {
        return whole
                ? total.usd()
                        .flatMap(usd -> spent.map(usd::subtract))
                        .map(usd -> new Cost(Optional.of(usd), total.estimate()).describe())
                : Optional.empty();
    }

    /**
     * A later look. What was spent between the last look of a day and the first of the next is counted with the earlier one.
     *
     * @param now what the ledger of {@code nowMonth} comes to; a new month begins with nothing
     */
    public SpentByDay at(LocalDate date, YearMonth nowMonth, Cost now) {
        Optional<BigDecimal> more =
                nowMonth.equals(month) ? now.usd().flatMap(usd -> total.usd().map(usd::subtract)) : now.usd();
        Optional<BigDecimal> sum = more.flatMap(usd -> spent.map(usd::add));
        if (!date.isAfter(today)) {
            return new SpentByDay(today, nowMonth, now, sum, whole, yesterday);
        }
        boolean next = date.equals(today.plusDays(1));
        Optional<Cost> ended = next && whole ? Optional.of(new Cost(sum, now.estimate())) : Optional.empty();
        return new SpentByDay(date, nowMonth, now, Optional.of(BigDecimal.ZERO), next, ended);
    }

    /** A day that is known to have cost something. */
    public boolean cost(LocalDate date) {
        return of(date).flatMap(Cost::usd).filter(usd -> usd.signum() > 0).isPresent();
    }

    /** Of a day that is over: {@code 2.88}, {@code ~2.88} for an estimate, or {@code unknown}, as of all days but yesterday. */
    public String describe(LocalDate date) {
        return of(date).map(Cost::describe).orElse("unknown");
    }

    private Optional<Cost> of(LocalDate date) {
        return yesterday.filter(any -> date.equals(today.minusDays(1)));
    }
}
