package dev.pilotlight.operator.warm.ping;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.time.Scheduler;
import dev.pilotlight.domain.warm.ping.Bursts;
import dev.pilotlight.domain.warm.ping.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends pings for the policies that want them. A pass says what is wanted; from then on the scheduler brings each burst when it is due, and
 * a thread for slow calls sends it, because a cold start may take minutes. A burst never overlaps another of its policy: the next one is
 * planned when it has ended.
 */
public final class KeepWarm {
    private static final Logger log = LoggerFactory.getLogger(KeepWarm.class);

    private final AwsSessions sessions;
    private final SlowCalls slow;
    private final Scheduler scheduler;
    private final Consumer<Wish> news;
    private final Map<String, Pinged> byUid = new ConcurrentHashMap<>();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** Runs a task as soon as its namespace may have a thread for slow calls; the task does not throw. */
    @FunctionalInterface
    public interface SlowCalls {
        void execute(String namespace, Runnable task);
    }

    /**
     * @param news hears of a day of which all is known, and of another interval
     */
    public KeepWarm(AwsSessions sessions, SlowCalls slow, Scheduler scheduler, Consumer<Wish> news) {
        this.sessions = sessions;
        this.slow = slow;
        this.scheduler = scheduler;
        this.news = news;
    }

    /** Pings as is wished from now on. A burst that is planned stays where it is, unless the interval became shorter. */
    public void follow(Wish wish) {
        Pinged pinged = byUid.computeIfAbsent(
                wish.uid(), uid -> new Pinged(wish, scheduler.clock().instant()));
        pinged.wish(wish);
        plan(wish.uid(), pinged);
    }

    /** Sends no more pings for this policy and forgets what it knew. */
    public void stop(String uid) {
        Pinged gone = byUid.remove(uid);
        if (gone != null) {
            gone.stop();
        }
    }

    /** Sends no more pings at all; a burst that is under way ends. */
    public void stop() {
        byUid.keySet().forEach(this::stop);
    }

    /** What became of the pings of a policy; empty for one that sends none. */
    public Optional<Pinged> of(String uid) {
        return Optional.ofNullable(byUid.get(uid));
    }

    /** No burst is under way or waits for a thread. */
    public boolean idle() {
        return underWay.isEmpty();
    }

    private void plan(String uid, Pinged pinged) {
        if (!underWay.contains(uid)) {
            pinged.plan(
                    due -> scheduler.at(due, "ping " + uid, () -> due(uid, pinged)),
                    scheduler.clock().instant());
        }
    }

    private void due(String uid, Pinged pinged) {
        if (byUid.get(uid) != pinged) {
            return;
        }
        if (!underWay.add(uid)) {
            // One that was stopped meanwhile: whoever ends it plans this one.
            pinged.unplanned();
            plan(uid, pinged);
            return;
        }
        slow.execute(pinged.wish().namespace(), () -> perform(uid, pinged));
    }

    private void perform(String uid, Pinged pinged) {
        try {
            if (byUid.get(uid) == pinged) {
                attempt(pinged, pinged.wish());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error(
                    "pings of policy={}/{} ended in an error of ours",
                    pinged.wish().namespace(),
                    pinged.wish().name(),
                    e);
        } finally {
            pinged.attempted(scheduler.clock().instant());
            underWay.remove(uid);
            // It may be another by now, which waited for this to end.
            of(uid).ifPresent(current -> plan(uid, current));
        }
    }

    private void attempt(Pinged pinged, Wish wish) throws InterruptedException {
        Instant now = scheduler.clock().instant();
        Optional<SessionRequest> session = wish.session().get();
        try {
            Optional<Hold> hold = session.isEmpty() ? Optional.of(Hold.IDENTITY_REFUSED) : hold(wish, now);
            if (pinged.held(hold, now) && hold.isPresent()) {
                log.info("pings held policy={}/{} because={}", wish.namespace(), wish.name(), hold.get());
            }
            if (hold.isEmpty()) {
                send(pinged, wish, session.orElseThrow(), now);
            }
        } catch (AwsException e) {
            say(pinged, wish, e);
        }
        if (session.isPresent() && pinged.learnsAt(now)) {
            learn(pinged, wish, session.get(), now);
        }
    }

    private static Optional<Hold> hold(Wish wish, Instant now) {
        Wish.Standing standing = wish.standing().get();
        return Hold.of(
                standing.inService(),
                standing.provisioned(),
                wish.concurrency(),
                wish.wanted().test(now),
                wish.paid());
    }

    private void send(Pinged pinged, Wish wish, SessionRequest session, Instant now) throws InterruptedException {
        Burst.Outcome outcome = new Burst(sessions.open(session).inference(), wish).send(wish.concurrency());
        pinged.sent(new Bursts.Burst(now, outcome.answered()), outcome.billed());
        outcome.failure().ifPresentOrElse(failure -> say(pinged, wish, failure), () -> pinged.failing(""));
    }

    private void learn(Pinged pinged, Wish wish, SessionRequest session, Instant now) {
        Effect effect;
        try {
            effect = Effect.read(sessions.open(session).metrics(), wish, pinged.unread(now), now);
        } catch (AwsException e) {
            if (pinged.cannotLearn(e.failure().code(), now)) {
                log.warn(
                        "effect of pings not read policy={}/{} endpoint={} failure={}",
                        wish.namespace(),
                        wish.name(),
                        wish.endpointName(),
                        e.failure().describeAttempt());
            }
            return;
        }
        Duration before = pinged.interval();
        boolean dayEnded = pinged.learned(effect, now);
        if (dayEnded || !pinged.interval().equals(before)) {
            news.accept(wish);
        }
        if (!pinged.interval().equals(before)) {
            log.info(
                    "interval learned policy={}/{} seconds={} was={}",
                    wish.namespace(),
                    wish.name(),
                    pinged.interval().toSeconds(),
                    before.toSeconds());
        }
    }

    /** The same trouble is said once. */
    private static void say(Pinged pinged, Wish wish, AwsException e) {
        if (pinged.failing(e.failure().code())) {
            log.warn(
                    "pings fail policy={}/{} endpoint={} failure={}",
                    wish.namespace(),
                    wish.name(),
                    wish.endpointName(),
                    e.failure().describeAttempt());
        }
    }
}
