package dev.pilotlight.operator.warm.forecast;

import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Metrics;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.time.Scheduler;
import dev.pilotlight.domain.warm.decision.Outlook;
import dev.pilotlight.domain.warm.forecast.ForecastReport;
import dev.pilotlight.domain.warm.forecast.ForecastResult;
import dev.pilotlight.domain.warm.forecast.Forecaster;
import dev.pilotlight.domain.warm.forecast.History;
import dev.pilotlight.domain.warm.forecast.MeasuredTraffic;
import dev.pilotlight.domain.warm.forecast.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads weeks of traffic from CloudWatch and has a forecast made of them, outside of reconcile: every six hours, and at once when another one
 * is asked for. A pass follows the policies that want one; an outlook that is another than before wakes its policy. What cannot be read leaves
 * the last forecast where it is, and is tried again after an hour.
 */
public final class ForecastRunner {
    private static final Logger log = LoggerFactory.getLogger(ForecastRunner.class);
    private static final Duration REFRESH = Duration.ofHours(6);
    private static final Duration AFTER_FAILURE = Duration.ofHours(1);

    private final AwsSessions sessions;
    private final BiConsumer<String, Runnable> slow;
    private final Scheduler scheduler;
    private final Consumer<ForecastQuestion> answered;
    private final Map<String, Followed> byUid = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();

    /** What is asked for one policy and what came of it; guarded by itself. */
    private static final class Followed {
        private final Optional<WarmForecastStatus> remembered;
        private ForecastQuestion question;
        private boolean running;
        private Optional<Outlook> outlook = Optional.empty();
        private Optional<ForecastQuestion> madeFor = Optional.empty();
        private Optional<Scheduler.Task> planned = Optional.empty();

        private Followed(ForecastQuestion question, Optional<WarmForecastStatus> remembered) {
            this.question = question;
            this.remembered = remembered;
        }

        private Optional<WarmForecastStatus> shown() {
            return outlook.map(Outlook::forecast).orElse(remembered);
        }
    }

    /**
     * @param slow runs a task as soon as its namespace may have a thread for slow calls
     * @param answered hears of an outlook that is another than before
     */
    public ForecastRunner(
            AwsSessions sessions,
            BiConsumer<String, Runnable> slow,
            Scheduler scheduler,
            Consumer<ForecastQuestion> answered) {
        this.sessions = sessions;
        this.slow = slow;
        this.scheduler = scheduler;
        this.answered = answered;
    }

    /**
     * Makes this forecast from now on.
     *
     * @param remembered the last one of the same policy, as its status has it
     */
    public void follow(ForecastQuestion question, Optional<WarmForecastStatus> remembered) {
        Followed followed = byUid.computeIfAbsent(question.uid(), uid -> new Followed(question, remembered));
        synchronized (followed) {
            ForecastQuestion before = followed.question;
            followed.question = question;
            if (!question.hasTheEndpointOf(before)) {
                followed.outlook = Optional.of(Outlook.NONE);
            }
            if ((followed.planned.isEmpty() && !followed.running) || !question.asksTheSameAs(before)) {
                plan(followed, scheduler.clock().instant());
            }
        }
    }

    public void stop(String uid) {
        Followed gone = byUid.remove(uid);
        if (gone != null) {
            synchronized (gone) {
                gone.planned.ifPresent(Scheduler.Task::cancel);
            }
        }
    }

    /** Makes no more. */
    public void stop() {
        byUid.keySet().forEach(this::stop);
    }

    /** Empty until something is known that the status does not say. */
    public Optional<Outlook> latest(String uid) {
        Followed followed = byUid.get(uid);
        if (followed == null) {
            return Optional.empty();
        }
        synchronized (followed) {
            return followed.outlook;
        }
    }

    /** Nothing is being read or waits for a thread. */
    public boolean idle() {
        return underWay.get() == 0;
    }

    private void plan(Followed followed, Instant due) {
        followed.planned.ifPresent(Scheduler.Task::cancel);
        followed.planned = Optional.of(scheduler.at(due, "forecast " + followed.question.uid(), () -> due(followed)));
    }

    private void due(Followed followed) {
        ForecastQuestion question;
        synchronized (followed) {
            // Whoever asks for another one meanwhile is served when this one has ended.
            if (followed.running || byUid.get(followed.question.uid()) != followed) {
                return;
            }
            followed.running = true;
            followed.planned = Optional.empty();
            question = followed.question;
        }
        underWay.incrementAndGet();
        slow.accept(question.namespace(), () -> perform(followed, question));
    }

    private void perform(Followed followed, ForecastQuestion question) {
        boolean made = false;
        try {
            made = attempt(followed, question);
        } catch (RuntimeException e) {
            log.error("the forecast of {}/{} ended in an error of ours", question.namespace(), question.name(), e);
        } finally {
            ended(followed, question, made);
            underWay.decrementAndGet();
        }
    }

    private void ended(Followed followed, ForecastQuestion question, boolean made) {
        synchronized (followed) {
            followed.running = false;
            if (byUid.get(question.uid()) == followed) {
                Instant now = scheduler.clock().instant();
                boolean another = !followed.question.asksTheSameAs(question);
                plan(followed, another ? now : now.plus(made ? REFRESH : AFTER_FAILURE));
            }
        }
    }

    /** Whether CloudWatch could be read. */
    private boolean attempt(Followed followed, ForecastQuestion question) {
        Instant now = scheduler.clock().instant();
        try {
            Optional<SessionRequest> session = question.session().get();
            if (session.isEmpty()) {
                return false;
            }
            History history = read(question, sessions.open(session.get()).metrics(), now);
            ForecastResult result = Forecaster.forecast(history, question.settings(), now);
            if (conclude(followed, question, result, now)) {
                answered.accept(question);
            }
            return true;
        } catch (AwsException e) {
            log.info(
                    "forecast not made policy={}/{} failure={}",
                    question.namespace(),
                    question.name(),
                    e.failure().describeAttempt());
            String why = "CloudWatch cannot be read: " + e.failure().describe();
            if (unread(followed, question, why, now)) {
                answered.accept(question);
            }
            return false;
        }
    }

    private static History read(ForecastQuestion question, Metrics metrics, Instant now) {
        MeasuredTraffic traffic = question.traffic();
        List<Sample> samples = new ArrayList<>();
        for (MeasuredTraffic.Part part :
                MeasuredTraffic.parts(Duration.ofDays(question.settings().lookbackDays()), now)) {
            samples.addAll(traffic.samples(part, metrics.read(traffic.queries(part), part.from(), part.to())));
        }
        return History.of(samples);
    }

    /** Whether there is news. */
    private boolean conclude(Followed followed, ForecastQuestion question, ForecastResult result, Instant now) {
        WarmForecastStatus made = ForecastReport.of(result, question.settings().prices(), question.estimate());
        log.info(
                "forecast policy={}/{} verdict={} days={} baseline={} windows={}",
                question.namespace(),
                question.name(),
                made.verdict(),
                made.daysOfData(),
                made.baseline(),
                made.windows().size());
        synchronized (followed) {
            Optional<WarmForecastStatus> shown = followed.shown();
            if (!ForecastReport.hasForecast(made)
                    && shown.filter(ForecastReport::hasForecast).isPresent()) {
                return show(
                        followed, question, kept(shown.get(), "CloudWatch has too little of late for a new forecast"));
            }
            boolean asked = followed.madeFor
                    .filter(before -> !before.asksTheSameAs(question))
                    .isPresent();
            followed.madeFor = Optional.of(question);
            return show(
                    followed,
                    question,
                    new Outlook(Optional.of(ForecastReport.next(shown, made, asked, now)), Optional.empty()));
        }
    }

    private boolean unread(Followed followed, ForecastQuestion question, String why, Instant now) {
        synchronized (followed) {
            Optional<WarmForecastStatus> shown = followed.shown();
            if (shown.filter(ForecastReport::hasForecast).isPresent()) {
                return show(followed, question, kept(shown.get(), why));
            }
            WarmForecastStatus none = ForecastReport.next(shown, ForecastReport.unread(why, now), false, now);
            return show(followed, question, new Outlook(Optional.of(none), Optional.of(why)));
        }
    }

    private static Outlook kept(WarmForecastStatus shown, String why) {
        return new Outlook(Optional.of(shown), Optional.of(why + "; the forecast of " + shown.computedAt() + " stays"));
    }

    /** What was asked for meanwhile makes this one out of date before it is seen. */
    private boolean show(Followed followed, ForecastQuestion question, Outlook outlook) {
        if (!followed.question.asksTheSameAs(question)) {
            return false;
        }
        boolean another = !followed.outlook.equals(Optional.of(outlook));
        followed.outlook = Optional.of(outlook);
        return another;
    }
}
