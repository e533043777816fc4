package dev.pilotlight.operator.cost;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.cost.ListedPrice;
import dev.pilotlight.domain.cost.PriceBook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prices the operator knows: the snapshot that comes with it, and over it AWS's price list of each Region that somebody asked about,
 * read once a day. Prices are the same for all, so whoever asks first reads them for everybody; where nobody may, a Region keeps what the
 * snapshot has of it, and the rest is unknown.
 */
public final class Prices {
    private static final Logger log = LoggerFactory.getLogger(Prices.class);
    private static final Duration GOOD_FOR = Duration.ofDays(1);
    private static final Duration AFTER_FAILURE = Duration.ofHours(1);

    private final AwsSessions sessions;
    private final BiConsumer<String, Runnable> slow;
    private final Clock clock;
    private final Map<String, Instant> due = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private PriceBook book;

    /**
     * @param snapshot what is known without AWS
     * @param slow runs a task as soon as its namespace may have a thread for slow calls
     */
    public Prices(PriceBook snapshot, AwsSessions sessions, BiConsumer<String, Runnable> slow, Clock clock) {
        this.book = snapshot;
        this.sessions = sessions;
        this.slow = slow;
        this.clock = clock;
    }

    /** All that is known now. */
    public synchronized PriceBook book() {
        return book;
    }

    /** Somebody needs the prices of the session's Region: they are read, unless they were lately. */
    public void want(String namespace, SessionRequest session) {
        synchronized (this) {
            if (isFresh(session.region()) || !underWay.add(session.region())) {
                return;
            }
        }
        slow.accept(namespace, () -> read(session));
    }

    /** What is due later than a read could have made it was read before the clock was set back. */
    private boolean isFresh(String region) {
        Instant now = clock.instant();
        Instant next = due.getOrDefault(region, Instant.MIN);
        return next.isAfter(now) && !next.isAfter(now.plus(GOOD_FOR));
    }

    /** Nothing is being read. */
    public synchronized boolean idle() {
        return underWay.isEmpty();
    }

    private void read(SessionRequest session) {
        Duration next = AFTER_FAILURE;
        try {
            List<ListedPrice> listed = sessions.open(session).prices().serverlessInference();
            learned(listed);
            next = GOOD_FOR;
            log.info("prices read region={} rows={}", session.region(), listed.size());
        } catch (AwsException e) {
            log.info(
                    "prices not read region={} failure={}",
                    session.region(),
                    e.failure().describeAttempt());
        } catch (RuntimeException e) {
            log.error("reading the prices of {} ended in an error of ours", session.region(), e);
        } finally {
            ended(session.region(), next);
        }
    }

    private synchronized void learned(List<ListedPrice> listed) {
        book = book.with(listed);
    }

    private synchronized void ended(String region, Duration next) {
        due.put(region, clock.instant().plus(next));
        underWay.remove(region);
    }
}
