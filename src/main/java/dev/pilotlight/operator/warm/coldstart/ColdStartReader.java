package dev.pilotlight.operator.warm.coldstart;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Metrics;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.time.Scheduler;
import dev.pilotlight.domain.warm.coldstart.ColdStarts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks CloudWatch for the cold starts of today, once an hour, and for those of yesterday when a day has ended: five series an hour for each
 * policy. A pass follows the policies that are in force; the day that ended wakes its policy, whose status then changes once.
 */
public final class ColdStartReader {
    private static final Logger log = LoggerFactory.getLogger(ColdStartReader.class);
    private static final Duration HOUR = Duration.ofHours(1);

    /** CloudWatch is some minutes behind, so a day is read a while after its end. */
    private static final Duration BEHIND = Duration.ofMinutes(15);

    private final AwsSessions sessions;
    private final BiConsumer<String, Runnable> slow;
    private final Scheduler scheduler;
    private final Consumer<Subject> dayEnded;
    private final BiFunction<String, LocalDate, Pings> pings;
    private final Map<String, Followed> byUid = new ConcurrentHashMap<>();
    private final Set<Followed> underWay = ConcurrentHashMap.newKeySet();

    /**
     * Whose endpoint is read.
     *
     * @param uid of the policy
     * @param session of the endpoint's identity and namespace; empty while the identity does not let it
     */
    public record Subject(
            String namespace,
            String name,
            String uid,
            Supplier<Optional<SessionRequest>> session,
            String endpointName,
            String variantName) {}

    /**
     * Pings of a day, which are left out.
     *
     * @param cold those that met no warm container
     * @param known whether all cold ones are known by now
     */
    public record Pings(int sent, int cold, boolean known) {
        /** Nobody pings. */
        public static final Pings NONE = new Pings(0, 0, true);
    }

    private static final class Followed {
        private volatile Subject subject;
        private volatile Optional<ColdStarts> today = Optional.empty();
        private volatile Optional<ColdStarts> yesterday = Optional.empty();
        private volatile Optional<Scheduler.Task> planned = Optional.empty();
    }

    /**
     * @param slow runs a task as soon as its namespace may have a thread for slow calls
     * @param dayEnded hears of a day that has been read to its end
     * @param pings that a policy, by its UID, sent on a day
     */
    public ColdStartReader(
            AwsSessions sessions,
            BiConsumer<String, Runnable> slow,
            Scheduler scheduler,
            Consumer<Subject> dayEnded,
            BiFunction<String, LocalDate, Pings> pings) {
        this.sessions = sessions;
        this.slow = slow;
        this.scheduler = scheduler;
        this.dayEnded = dayEnded;
        this.pings = pings;
    }

    /** Reads for this policy from now on. */
    public void follow(Subject subject) {
        Followed followed = byUid.computeIfAbsent(subject.uid(), uid -> new Followed());
        followed.subject = subject;
        if (followed.planned.isEmpty()) {
            plan(followed, scheduler.clock().instant());
        }
    }

    public void stop(String uid) {
        Followed gone = byUid.remove(uid);
        if (gone != null) {
            gone.planned.ifPresent(Scheduler.Task::cancel);
        }
    }

    /** Reads nothing more. */
    public void stop() {
        byUid.keySet().forEach(this::stop);
    }

    /** Cold starts since midnight UTC, as read last. */
    public Optional<ColdStarts> today(String uid) {
        return Optional.ofNullable(byUid.get(uid)).flatMap(followed -> followed.today);
    }

    /** Cold starts of the last day that is over. */
    public Optional<ColdStarts> yesterday(String uid) {
        return Optional.ofNullable(byUid.get(uid)).flatMap(followed -> followed.yesterday);
    }

    /** Nothing is being read or waits for a thread. */
    public boolean idle() {
        return underWay.isEmpty();
    }

    private void plan(Followed followed, Instant due) {
        followed.planned = Optional.of(scheduler.at(due, "cold starts " + followed.subject.uid(), () -> due(followed)));
    }

    private void due(Followed followed) {
        String uid = followed.subject.uid();
        // What was stopped meanwhile may be under way still, and is another.
        if (byUid.get(uid) == followed && underWay.add(followed)) {
            slow.accept(followed.subject.namespace(), () -> perform(uid, followed));
        }
    }

    private void perform(String uid, Followed followed) {
        Subject subject = followed.subject;
        Instant now = scheduler.clock().instant();
        try {
            Optional<SessionRequest> session = subject.session().get();
            if (session.isPresent()) {
                read(subject, sessions.open(session.get()).metrics(), followed, now);
            }
        } catch (AwsException e) {
            log.info(
                    "cold starts not read policy={}/{} failure={}",
                    subject.namespace(),
                    subject.name(),
                    e.failure().describeAttempt());
        } catch (RuntimeException e) {
            log.error(
                    "reading the cold starts of {}/{} ended in an error of ours",
                    subject.namespace(),
                    subject.name(),
                    e);
        } finally {
            underWay.remove(followed);
            if (byUid.get(uid) == followed) {
                plan(followed, now.truncatedTo(ChronoUnit.HOURS).plus(HOUR).plus(BEHIND));
            }
        }
    }

    private void read(Subject subject, Metrics metrics, Followed followed, Instant now) {
        LocalDate date = LocalDate.ofInstant(now.minus(BEHIND), ZoneOffset.UTC);
        boolean known = followed.yesterday
                .filter(day -> day.date().equals(date.minusDays(1)))
                .isPresent();
        followed.today = Optional.of(day(subject, metrics, date));
        if (!known && pings.apply(subject.uid(), date.minusDays(1)).known()) {
            followed.yesterday = Optional.of(day(subject, metrics, date.minusDays(1)));
            dayEnded.accept(subject);
        }
    }

    private ColdStarts day(Subject subject, Metrics metrics, LocalDate date) {
        Pings ours = pings.apply(subject.uid(), date);
        return ColdStarts.of(
                        date,
                        metrics.read(
                                ColdStarts.queries(subject.endpointName(), subject.variantName()),
                                date.atStartOfDay(ZoneOffset.UTC).toInstant(),
                                date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()))
                .withoutPings(ours.sent(), ours.cold());
    }
}
