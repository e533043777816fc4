package dev.pilotlight.domain.warm.budget;

import dev.pilotlight.api.v1alpha1.SlotSeconds;
import dev.pilotlight.api.v1alpha1.WarmLedger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a policy has used in a calendar month, UTC, as AWS bills. It is exact in memory; what is written is read back after a restart, and
 * the capacity it names then counts for all the time since.
 *
 * @param slotSeconds allocated provisioned concurrency times seconds, by memory size in MB
 * @param pingSeconds seconds of on-demand time that pings took
 * @param asOf until when all this counts
 * @param running provisioned concurrency that runs since
 * @param memorySizeInMB of what runs since
 */
public record Ledger(
        YearMonth month,
        Map<Integer, Long> slotSeconds,
        long pingSeconds,
        Instant asOf,
        int running,
        int memorySizeInMB) {
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(2);

    public Ledger {
        slotSeconds = Map.copyOf(slotSeconds);
    }

    /**
     * A ledger that is not there: all of the month that has passed counts at one capacity, for it may have run.
     *
     * @param from when the policy was made; it has cost nothing before
     */
    public static Ledger lost(Instant from, int running, int memorySizeInMB, Instant now) {
        YearMonth month = month(now);
        Instant begin = begin(month);
        // By another clock it may have been made in the future: just now, if the clocks differ a little.
        Instant made = from.isAfter(now) && from.isBefore(now.plus(CLOCKS_DIFFER)) ? now : from;
        Instant since = made.isAfter(begin) && !made.isAfter(now) ? made : begin;
        return new Ledger(month, Map.of(), 0, since, running, memorySizeInMB).at(now);
    }

    /** Reads a status; empty where it has no ledger, or one that makes no sense. */
    public static Optional<Ledger> read(WarmLedger written) {
        if (written == null || written.month() == null || written.asOf() == null) {
            return Optional.empty();
        }
        try {
            Map<Integer, Long> seconds = new TreeMap<>();
            for (SlotSeconds entry : written.slotSeconds()) {
                if (entry.seconds() == null || entry.seconds() < 0) {
                    return Optional.empty();
                }
                seconds.put(entry.memorySizeInMB(), entry.seconds());
            }
            return Optional.of(new Ledger(
                    YearMonth.parse(written.month()),
                    seconds,
                    written.pingSeconds() == null ? 0 : written.pingSeconds(),
                    Instant.parse(written.asOf()),
                    written.provisionedConcurrency() == null ? 0 : written.provisionedConcurrency(),
                    written.memorySizeInMB() == null ? 0 : written.memorySizeInMB()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The same some time later. A clock that went back takes nothing away, and what runs counts on from where it is now; a new month begins
     * with nothing.
     */
    public Ledger at(Instant now) {
        if (!now.isAfter(asOf)) {
            return month(now).equals(month)
                    ? new Ledger(
                            month,
                            slotSeconds,
                            pingSeconds,
                            now.truncatedTo(ChronoUnit.SECONDS),
                            running,
                            memorySizeInMB)
                    : this;
        }
        YearMonth then = month(now);
        boolean newMonth = then.isAfter(month);
        Instant since = newMonth ? begin(then) : asOf;
        Map<Integer, Long> seconds = new TreeMap<>(newMonth ? Map.of() : slotSeconds);
        Instant end = now.truncatedTo(ChronoUnit.SECONDS);
        long used = running * Math.max(0, Duration.between(since, end).toSeconds());
        if (used > 0) {
            seconds.merge(memorySizeInMB, used, Long::sum);
        }
        return new Ledger(then, seconds, newMonth ? 0 : pingSeconds, end, running, memorySizeInMB);
    }

    /** From now on this runs. */
    public Ledger running(int capacity, int memory) {
        return new Ledger(month, slotSeconds, pingSeconds, asOf, capacity, memory);
    }

    /**
     * As it is read back by whoever starts anew: pings went on meanwhile, nobody counted them, and the rate of the month so far is the
     * best guess.
     *
     * @param createdAt of the policy
     */
    public Ledger withPingsUncounted(Instant createdAt, Instant now) {
        Instant begin = begin(month);
        Instant since = createdAt.isAfter(begin) && createdAt.isBefore(asOf) ? createdAt : begin;
        long counted = Duration.between(since, asOf).toSeconds();
        long uncounted = Duration.between(asOf, now).toSeconds();
        return pingSeconds == 0 || counted <= 0 || uncounted <= 0 || !month(now).equals(month)
                ? this
                : pinged(Math.round((double) pingSeconds * uncounted / counted));
    }

    /** Nothing was used and nothing runs. */
    public boolean isNothing() {
        return slotSeconds.isEmpty() && pingSeconds == 0 && running == 0;
    }

    /** With what another ledger of the same month has used. */
    public Ledger plus(Ledger other) {
        Map<Integer, Long> seconds = new TreeMap<>(slotSeconds);
        other.slotSeconds.forEach((memory, used) -> seconds.merge(memory, used, Long::sum));
        return new Ledger(month, seconds, pingSeconds + other.pingSeconds, asOf, running, memorySizeInMB);
    }

    /** With the on-demand seconds of more pings. */
    public Ledger pinged(long seconds) {
        return new Ledger(month, slotSeconds, pingSeconds + seconds, asOf, running, memorySizeInMB);
    }

    /**
     * As it is written.
     *
     * @param usd what it comes to; null where nobody says
     */
    public WarmLedger write(String usd) {
        return new WarmLedger(
                month.toString(),
                new TreeMap<>(slotSeconds)
                        .entrySet().stream()
                                .map(entry -> new SlotSeconds(entry.getKey(), entry.getValue()))
                                .toList(),
                pingSeconds,
                asOf.toString(),
                running,
                memorySizeInMB,
                usd,
                null);
    }

    /** Seconds until the month ends. */
    public long secondsLeft() {
        return Duration.between(asOf, begin(month.plusMonths(1))).toSeconds();
    }

    /** When the month ends. */
    public Instant monthEnd() {
        return begin(month.plusMonths(1));
    }

    /** When the month of {@code at} began. */
    public static Instant monthBegin(Instant at) {
        return begin(month(at));
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    private static Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
