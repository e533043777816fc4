package dev.pilotlight.operator.warm;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.metrics.EndpointMetric;
import dev.pilotlight.domain.metrics.MetricQuery;
import dev.pilotlight.domain.metrics.Point;
import dev.pilotlight.domain.metrics.Statistic;
import dev.pilotlight.domain.warm.tracking.Measured;
import dev.pilotlight.operator.endpoint.NamespaceShares;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from CloudWatch how an endpoint is used, outside of reconcile: a pass asks, and the answer wakes its policy. Three series a minute for
 * each policy that tracks; a policy that does not costs nothing.
 */
final class UseReader {
    private static final Logger log = LoggerFactory.getLogger(UseReader.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Shortly before the next value is due, so that a pass a minute finds the last answer old enough. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(55);

    private final AwsSessions sessions;
    private final NamespaceShares shares;
    private final Consumer<Question> answered;
    private final Clock clock;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final Map<String, Question> asked = new HashMap<>();

    /**
     * What is asked.
     *
     * @param name of the policy
     * @param uid of the policy
     * @param lookback how much of the past
     */
    record Question(
            String namespace,
            String name,
            String uid,
            SessionRequest session,
            String endpointName,
            String variantName,
            Duration lookback) {}

    private record Answer(Measured measured, Instant at) {}

    UseReader(AwsSessions sessions, NamespaceShares shares, Consumer<Question> answered, Clock clock) {
        this.sessions = sessions;
        this.shares = shares;
        this.answered = answered;
        this.clock = clock;
    }

    /** What was answered last. */
    Optional<Measured> latest(String uid) {
        return Optional.ofNullable(answers.get(uid)).map(Answer::measured);
    }

    /** Asks, unless an answer is under way or fresh. */
    void ask(Question question) {
        Answer last = answers.get(question.uid());
        Instant now = clock.instant();
        boolean fresh = last != null
                && now.isBefore(last.at().plus(GOOD_FOR))
                // The clock may have been set back.
                && !last.at().isAfter(now.plus(GOOD_FOR));
        synchronized (this) {
            if (fresh || !underWay.add(question.uid())) {
                return;
            }
            asked.put(question.uid(), question);
        }
        shares.execute(question.namespace(), () -> perform(question));
    }

    /** What was answered does not count any more, and neither does an answer under way. */
    synchronized void forget(String uid) {
        asked.remove(uid);
        answers.remove(uid);
    }

    /** Nothing is asked for now. */
    synchronized boolean idle() {
        return underWay.isEmpty();
    }

    private void perform(Question question) {
        try {
            keep(question, new Answer(read(question), clock.instant()));
        } catch (RuntimeException e) {
            log.error("reading the use of {}/{} ended in an error of ours", question.namespace(), question.name(), e);
        } finally {
            synchronized (this) {
                underWay.remove(question.uid());
            }
            answered.accept(question);
        }
    }

    private synchronized void keep(Question question, Answer answer) {
        if (question.equals(asked.get(question.uid()))) {
            answers.put(question.uid(), answer);
        }
    }

    private Measured read(Question question) {
        MetricQuery executions = query(question, EndpointMetric.PROVISIONED_CONCURRENCY_EXECUTIONS, Statistic.MAXIMUM);
        MetricQuery utilization = query(question, EndpointMetric.CONCURRENT_EXECUTIONS_UTILIZATION, Statistic.MAXIMUM);
        MetricQuery spillover =
                query(question, EndpointMetric.PROVISIONED_CONCURRENCY_SPILLOVER_INVOCATIONS, Statistic.SUM);
        Instant now = clock.instant();
        try {
            Map<MetricQuery, List<Point>> series = sessions.open(question.session())
                    .metrics()
                    .read(List.of(executions, utilization, spillover), now.minus(question.lookback()), now);
            return new Measured.Series(series.get(executions), series.get(utilization), series.get(spillover));
        } catch (AwsException e) {
            log.info(
                    "use not read policy={}/{} failure={}",
                    question.namespace(),
                    question.name(),
                    e.failure().describeAttempt());
            return new Measured.Failed(
                    "CloudWatch cannot be read: " + e.failure().describe());
        }
    }

    private static MetricQuery query(Question question, EndpointMetric metric, Statistic statistic) {
        return new MetricQuery(question.endpointName(), question.variantName(), metric, statistic, MINUTE);
    }
}
