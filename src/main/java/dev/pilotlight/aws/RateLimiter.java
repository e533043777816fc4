package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.Location;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An adaptive token bucket per account, Region and API operation. It never waits: where tokens are short the caller is told when to
 * come again. The last tokens of a bucket are kept for deletions, and some for what users asked for. When AWS throttles, the
 * rate halves at once, down to a floor, and grows back in a straight line.
 */
public final class RateLimiter {

    /** Code of the failure a caller gets that was not let through. */
    public static final String CODE = "LocalRateLimit";

    private static final Duration HORIZON = Duration.ofSeconds(30);
    /** A clock that shows an earlier time than before by more than threads differ in reading it was set. */
    private static final Duration SET_BACK = Duration.ofSeconds(1);

    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(1);

    private final RateSettings settings;
    private final Clock clock;
    private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();

    public RateLimiter(RateSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private record Key(Location location, String operation) {}

    /**
     * Takes a token.
     *
     * @throws AwsException kind {@code THROTTLED} with the time at which a token is due
     */
    public void acquire(Location location, String operation, Priority priority) {
        Optional<Instant> later = bucket(location, operation).take(priority, clock.instant());
        if (later.isPresent()) {
            throw new AwsException(
                    new AwsFailure(
                            FailureKind.THROTTLED,
                            operation,
                            CODE,
                            "more calls than the operator allows itself in " + location + "; next at " + later.get(),
                            ""),
                    later,
                    null);
        }
    }

    /**
     * Takes a token without fail, if need be one of the future: for the further pages of a listing, which would be lost without
     * them. Whoever comes next waits for it.
     */
    public void acquireOnCredit(Location location, String operation) {
        bucket(location, operation).borrow(clock.instant());
    }

    /** AWS asked for fewer calls. */
    public void throttled(Location location, String operation) {
        bucket(location, operation).slowDown(clock.instant());
    }

    /** Tokens that come back each second at this moment. */
    public double ratePerSecond(Location location, String operation) {
        return bucket(location, operation).rateAt(clock.instant());
    }

    private Bucket bucket(Location location, String operation) {
        return buckets.computeIfAbsent(
                new Key(location, operation),
                key -> new Bucket(settings.of(operation), settings.recovery(), clock.instant()));
    }

    private static final class Bucket {
        private final RateSettings.Rate rate;
        private final double recoveredPerSecond;
        private double tokens;
        private double current;
        private Instant filled;
        private Instant cut = Instant.MIN;
        private Instant promised = Instant.MIN;

        Bucket(RateSettings.Rate rate, Duration recovery, Instant now) {
            this.rate = rate;
            this.recoveredPerSecond =
                    (rate.perSecond() - rate.floorPerSecond()) / Math.max(1, recovery.toMillis()) * 1000;
            this.tokens = rate.burst();
            this.current = rate.perSecond();
            this.filled = now;
        }

        /** Empty when a token was taken, else when to come again. */
        synchronized Optional<Instant> take(Priority priority, Instant now) {
            refill(now);
            double needed = 1 + reserve(priority);
            if (tokens >= needed) {
                tokens -= 1;
                return Optional.empty();
            }
            return Optional.of(promise(now, (needed - tokens) / current));
        }

        /** Those who have to come again are sent one token's time apart, so that they do not all come for the same one. */
        private Instant promise(Instant now, double secondsUntilDue) {
            Instant due = now.plusNanos((long) Math.ceil(secondsUntilDue * 1e9) + 1);
            Instant behind = promised.isAfter(now) ? promised.plusNanos((long) (1e9 / current)) : due;
            Instant next = behind.isAfter(due) ? behind : due;
            Instant limit = due.plus(HORIZON);
            promised = next.isAfter(limit) ? limit : next;
            return promised;
        }

        synchronized void borrow(Instant now) {
            refill(now);
            tokens -= 1;
        }

        private double reserve(Priority priority) {
            double wanted =
                    switch (priority) {
                        case DELETE -> 0;
                        case CHANGE -> rate.burst() * 0.1;
                        case DRIFT -> rate.burst() * 0.3;
                    };
            return Math.min(wanted, rate.burst() - 1);
        }

        synchronized void slowDown(Instant now) {
            refill(now);
            tokens = Math.min(tokens, 0);
            if (cut.plus(BETWEEN_CUTS).isAfter(now)) {
                return; // answers to calls that were under way at the last cut say nothing of the new rate
            }
            cut = now;
            current = Math.max(rate.floorPerSecond(), current / 2);
        }

        synchronized double rateAt(Instant now) {
            refill(now);
            return current;
        }

        private void refill(Instant now) {
            if (now.isBefore(filled.minus(SET_BACK))) {
                // Whatever was noted of the old time would hold everybody up until the new one gets there.
                filled = now;
                cut = Instant.MIN;
                promised = Instant.MIN;
            }
            if (!now.isAfter(filled)) {
                return;
            }
            double seconds = Duration.between(filled, now).toNanos() / 1e9;
            filled = now;
            tokens = Math.min(rate.burst(), tokens + seconds * current);
            current = Math.min(rate.perSecond(), current + seconds * recoveredPerSecond);
        }
    }
}
