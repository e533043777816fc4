package dev.pilotlight.inventory;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.Priority;
import dev.pilotlight.aws.RateLimiter;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * When one location is looked at. Three independent rounds, each scheduled anew only when it ended, so that none overlaps itself:
 * fast (ListEndpoints), slow (audits, spread by name over the slow period) and follow (endpoints between states).
 */
final class Poller {

    private static final System.Logger LOG = System.getLogger(Poller.class.getName());

    /**
     * An audit makes several calls of one operation, and what was refused begins it anew: tokens for all of them have to gather first, or it
     * would come for one token at a time and never end.
     */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);

    /** Neither AWS nor our own rate limiter asks for a longer one. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final Shelf shelf;
    private final Lookout lookout;
    private final Scheduler scheduler;
    private final InventorySettings settings;
    private final Executor executor;
    private final AtomicInteger busy;

    private boolean running;
    private Optional<Scheduler.Task> fast = Optional.empty();
    private Optional<Scheduler.Task> slow = Optional.empty();
    private Optional<Scheduler.Task> follow = Optional.empty();
    private Instant auditedUntil = Instant.MIN;
    private boolean auditing;
    private Instant auditNotBefore = Instant.MIN;
    private boolean following;
    private Duration followDelay;
    private Instant followNotBefore = Instant.MIN;

    /**
     * @param busy counts rounds under way, for all locations together
     */
    Poller(
            Shelf shelf,
            Lookout lookout,
            Scheduler scheduler,
            InventorySettings settings,
            Executor executor,
            AtomicInteger busy) {
        this.shelf = shelf;
        this.lookout = lookout;
        this.scheduler = scheduler;
        this.settings = settings;
        this.executor = executor;
        this.busy = busy;
        this.followDelay = settings.followPeriod();
    }

    synchronized void start() {
        if (!running) {
            running = true;
            auditedUntil = now();
            planFast(Optional.empty());
            wakeSlow();
            wakeFollow();
        }
    }

    synchronized void stop() {
        running = false;
        List.of(fast, slow, follow).forEach(task -> task.ifPresent(Scheduler.Task::cancel));
        fast = Optional.empty();
        slow = Optional.empty();
        follow = Optional.empty();
    }

    /** Something may be in flight: sees to it that a follow round comes, and in time for what has just begun. */
    synchronized void wakeFollow() {
        if (!following) {
            planFollow();
        }
    }

    /** A name came to be watched, or others appeared: its audit may be the next. */
    synchronized void wakeSlow() {
        if (!auditing) {
            planSlow();
        }
    }

    /** Runs on the executor, so that AWS's time is not taken from the scheduler or from a reconcile. */
    void later(Runnable work) {
        busy.incrementAndGet();
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "polling " + shelf.location() + " failed", e);
                } finally {
                    busy.decrementAndGet();
                }
            });
        } catch (RuntimeException e) {
            busy.decrementAndGet();
            throw e;
        }
    }

    private synchronized void planFast(Optional<Instant> retryAt) {
        // A round from before a stop may end after the start that followed it, and plan beside what that has planned.
        fast.ifPresent(Scheduler.Task::cancel);
        fast = Optional.empty();
        if (running) {
            Instant regular = next(shelf.location().toString(), settings.fastPeriod(), now());
            Instant due = retryAt.filter(regular::isAfter).orElse(regular);
            fast = Optional.of(scheduler.at(due, name("fast"), () -> later(this::fastRound)));
        }
    }

    private void fastRound() {
        Optional<Instant> retryAt = Optional.empty();
        try {
            lookout.confirmMissing(shelf, lookout.sweep(shelf, Priority.DRIFT));
        } catch (AwsException e) {
            log("fast", e);
            retryAt = e.retryAt();
        } finally {
            planFast(retryAt);
            wakeFollow();
            wakeSlow();
        }
    }

    private synchronized void planSlow() {
        slow.ifPresent(Scheduler.Task::cancel);
        slow = Optional.empty();
        if (running) {
            auditNotBefore = unlessSetBack(auditNotBefore);
            audits().stream().map(Audit::due).min(Comparator.naturalOrder()).ifPresent(next -> {
                Instant due = next.isAfter(auditNotBefore) ? next : auditNotBefore;
                slow = Optional.of(scheduler.at(due, name("slow"), this::startSlowRound));
            });
        }
    }

    private void startSlowRound() {
        synchronized (this) {
            slow = Optional.empty();
            auditing = true;
        }
        later(this::slowRound);
    }

    private void slowRound() {
        Optional<Instant> retryAt = Optional.empty();
        try {
            Iterator<Audit> due = dueAudits().iterator();
            while (due.hasNext() && retryAt.isEmpty()) {
                retryAt = perform(due.next());
            }
        } finally {
            endAudits(retryAt);
            wakeFollow();
        }
    }

    /** Answers when to go on, where AWS or our own limiter asks for fewer calls. Whatever else goes wrong stays with the one name. */
    private Optional<Instant> perform(Audit audit) {
        try {
            lookout.audit(shelf, audit.name());
        } catch (AwsException e) {
            log("slow", e);
            if (e.kind() == FailureKind.THROTTLED) {
                Instant soonest = now().plus(SHORTEST_PAUSE);
                Instant asked = e.retryAt().orElse(now().plus(settings.fastPeriod()));
                return Optional.of(asked.isAfter(soonest) ? asked : soonest);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the audit of " + audit.name() + " ended in an error of ours", e);
        }
        audited(audit);
        return Optional.empty();
    }

    private synchronized List<Audit> dueAudits() {
        Instant now = now();
        return audits().stream()
                .filter(audit -> !audit.due().isAfter(now))
                .sorted(Comparator.comparing(Audit::due))
                .toList();
    }

    private synchronized void audited(Audit audit) {
        auditedUntil = audit.due();
    }

    private synchronized void endAudits(Optional<Instant> retryAt) {
        auditing = false;
        auditNotBefore = retryAt.orElse(Instant.MIN);
        planSlow();
    }

    private record Audit(String name, Instant due) {}

    /** The next audit of each name, all reckoned from one moment. */
    private synchronized List<Audit> audits() {
        Instant now = now();
        Instant earliest = now.minus(settings.slowPeriod());
        // After a clock was set, or stood still, one round is due of each: not all of a day, and not none for a day.
        if (auditedUntil.isAfter(now)) {
            auditedUntil = now;
        }
        Instant from = auditedUntil.isBefore(earliest) ? earliest : auditedUntil;
        return shelf.toAudit().stream()
                .map(name -> new Audit(name, next(name, settings.slowPeriod(), from)))
                .toList();
    }

    private synchronized void planFollow() {
        if (running) {
            followNotBefore = unlessSetBack(followNotBefore);
            shelf.nextFollow(now())
                    .map(wanted -> wanted.isAfter(followNotBefore) ? wanted : followNotBefore)
                    .filter(due -> follow.filter(planned -> !planned.due().isAfter(due))
                            .isEmpty())
                    .ifPresent(due -> {
                        follow.ifPresent(Scheduler.Task::cancel);
                        follow = Optional.of(scheduler.at(due, name("follow"), this::startFollowRound));
                    });
        }
    }

    private void startFollowRound() {
        synchronized (this) {
            follow = Optional.empty();
            following = true;
        }
        later(this::followRound);
    }

    private void followRound() {
        Optional<Instant> retryAt = Optional.empty();
        boolean smooth = false;
        try {
            lookout.follow(shelf);
            smooth = true;
        } catch (AwsException e) {
            log("follow", e);
            retryAt = e.retryAt();
        } finally {
            endFollow(smooth, retryAt);
        }
    }

    private synchronized void endFollow(boolean smooth, Optional<Instant> retryAt) {
        following = false;
        followDelay = smooth
                ? max(settings.followPeriod(), followDelay.dividedBy(2))
                : min(settings.slowestFollow(), followDelay.multipliedBy(2));
        Instant regular = now().plus(followDelay);
        followNotBefore = retryAt.filter(regular::isBefore).orElse(regular);
        planFollow();
    }

    /** What was noted before the clock was set back would hold a round up until it shows that time again. */
    private Instant unlessSetBack(Instant notBefore) {
        return notBefore.isAfter(now().plus(LONGEST_PAUSE)) ? now() : notBefore;
    }

    private Instant now() {
        return scheduler.clock().instant();
    }

    private String name(String round) {
        return "inventory." + round + " " + shelf.location();
    }

    /** What our own limiter holds back is no trouble, and has a metric. */
    private void log(String round, AwsException e) {
        System.Logger.Level level =
                e.failure().code().equals(RateLimiter.CODE) ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
        LOG.log(level, "{0} round of {1}: {2}", round, shelf.location(), e.getMessage());
    }

    /** The first instant after {@code after} in a rhythm whose phase is the key's own: keys spread evenly over the period. */
    static Instant next(String key, Duration period, Instant after) {
        long length = period.toMillis();
        long phase = Math.floorMod((key.hashCode() * 0x9E3779B97F4A7C15L) >>> 20, length);
        long millis = after.toEpochMilli();
        long into = Math.floorMod(millis - phase, length);
        return Instant.ofEpochMilli(millis - into + length);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
