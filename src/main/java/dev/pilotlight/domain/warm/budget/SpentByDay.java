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
     * Goes on from the ledger of a status, up to the end of its day.
     *
     * @param written read from the status
     * @param usdAtMidnight as it stands there; null where nobody knows
     */
    public static SpentByDay resume(Ledger written, String usdAtMidnight, PriceBook prices, String region) {
        LocalDate day = LocalDate.ofInstant(written.asOf(), ZoneOffset.UTC);
        Cost total = Cost.of(written, prices, region);
        Optional<BigDecimal> began = read(usdAtMidnight);
        SpentByDay asWritten = new SpentByDay(
                day,
                written.month(),
                total,
                total.usd().flatMap(usd -> began.map(usd::subtract)),
                began.isPresent(),
                Optional.empty());
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
        return asWritten.at(day, written.month(), Cost.of(written.at(end), prices, region));
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

    /** Yesterday is known to have cost something. */
    public boolean costYesterday() {
        return yesterday.flatMap(Cost::usd).filter(usd -> usd.signum() > 0).isPresent();
    }

    /** Of yesterday: {@code 2.88}, {@code ~2.88} for an estimate, or {@code unknown}. */
    public String describeYesterday() {
        return yesterday.map(Cost::describe).orElse("unknown");
    }
}
