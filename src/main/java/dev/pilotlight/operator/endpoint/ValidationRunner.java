package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.ValidationRequest;
import dev.pilotlight.api.v1alpha1.ValidationRequestResult;
import dev.pilotlight.api.v1alpha1.ValidationStatus;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.Inference;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.validation.Answer;
import dev.pilotlight.domain.validation.CompiledExpectation;
import dev.pilotlight.domain.validation.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends validation requests outside of reconciling, because a cold start may take minutes. A pass starts a run; its result waits here for
 * the pass that {@link Finished} wakes. A namespace gets a share of the threads, so that endpoints that hang harm only their own.
 */
final class ValidationRunner {
    private static final Logger log = LoggerFactory.getLogger(ValidationRunner.class);

    /** Nothing but a change of the role's permissions helps. */
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

    private final NamespaceShares shares;
    private final Expectations expectations;
    private final Finished finished;
    private final Map<String, ValidationStatus> results = new ConcurrentHashMap<>();
    private final Map<String, AwsFailure> refused = new ConcurrentHashMap<>();
    private final Set<Run.Key> started = new HashSet<>();
    private final Set<Run.Key> forgotten = new HashSet<>();

    /** Wakes the object whose run has ended. */
    @FunctionalInterface
    interface Finished {

        /**
         * @param retry how long to wait before trying again; zero when the run has a result
         */
        void finished(Run run, Duration retry);
    }

    /**
     * One validation of one revision.
     *
     * @param inference opened on the thread of the run, since assuming a role is a call too
     */
    record Run(
            String namespace,
            String name,
            Key key,
            String digest,
            String endpointName,
            List<ValidationRequest> requests,
            Supplier<Inference> inference) {

        /** A result belongs to exactly this attempt; anything else is stale. */
        record Key(String uid, String revision, int attempt, String digest) {}
    }

    /**
     * @param shares say when a run gets its thread
     */
    ValidationRunner(NamespaceShares shares, Expectations expectations, Finished finished) {
        this.shares = shares;
        this.expectations = expectations;
        this.finished = finished;
    }

    /** Starts the run, unless it was started before: then it goes on, or has ended while the pass that asks was under way. */
    void start(Run run) {
        synchronized (this) {
            if (hasResult(run.key()) || !started.add(run.key())) {
                return;
            }
        }
        shares.execute(run.namespace(), () -> perform(run));
    }

    private boolean hasResult(Run.Key key) {
        ValidationStatus latest = results.get(key.uid());
        return latest != null
                && key.equals(new Run.Key(key.uid(), latest.revision(), latest.attempt(), latest.digest()));
    }

    /** The last result for an object; the decision checks that it is of the attempt it waits for. */
    Optional<ValidationStatus> finished(String uid) {
        return Optional.ofNullable(results.get(uid));
    }

    /** Why AWS did not let the last run's requests through; empty once it did. */
    Optional<AwsFailure> refused(String uid) {
        return Optional.ofNullable(refused.get(uid));
    }

    /** The object is gone. */
    synchronized void forget(String uid) {
        results.remove(uid);
        refused.remove(uid);
        started.stream().filter(key -> key.uid().equals(uid)).forEach(forgotten::add);
    }

    /** No run is under way or waiting. */
    synchronized boolean idle() {
        return started.isEmpty();
    }

    private void perform(Run run) {
        Duration retry = Duration.ZERO;
        try {
            retry = attempt(run);
        } catch (RuntimeException e) {
            log.error(
                    "validation of {}/{} revision {} ended in an error of ours",
                    run.namespace(),
                    run.name(),
                    run.key().revision(),
                    e);
            retry = Duration.ofSeconds(30);
        } finally {
            ended(run);
            finished.finished(run, retry);
        }
    }

    private synchronized void ended(Run run) {
        started.remove(run.key());
        if (forgotten.remove(run.key())) {
            // Its result is for nobody.
            forget(run.key().uid());
        }
    }

    /** Returns how long to wait before trying again; zero when there is a result, good or bad. */
    private Duration attempt(Run run) {
        List<ValidationRequestResult> answers = new ArrayList<>();
        boolean passed = true;
        for (ValidationRequest request : run.requests()) {
            try {
                Inference.Response response = run.inference().get().invoke(invocation(run, request));
                Outcome outcome = judge(request, response);
                passed &= outcome instanceof Outcome.Passed;
                answers.add(new ValidationRequestResult(
                        request.name(),
                        describe(outcome, response.status()),
                        response.latency().toMillis()));
            } catch (AwsException e) {
                switch (e.kind()) {
                    case DENIED -> {
                        refused.put(run.key().uid(), e.failure());
                        return AFTER_REFUSAL;
                    }
                    case THROTTLED, RETRIABLE, IN_PROGRESS, NOT_FOUND -> {
                        log.info(
                                "validation of {}/{} revision {} waits: {}",
                                run.namespace(),
                                run.name(),
                                run.key().revision(),
                                e.getMessage());
                        return Duration.ofSeconds(2);
                    }
                    case CONFLICT, QUOTA_EXCEEDED, INVALID -> {
                        passed = false;
                        answers.add(new ValidationRequestResult(
                                request.name(),
                                "Error " + e.failure().code() + ": "
                                        + e.failure().message(),
                                null));
                    }
                }
            }
        }
        refused.remove(run.key().uid());
        results.put(
                run.key().uid(),
                new ValidationStatus(run.key().revision(), run.key().attempt(), passed, run.digest(), answers));
        log.info(
                "validation of {}/{} revision {} {}",
                run.namespace(),
                run.name(),
                run.key().revision(),
                passed ? "passed" : "failed");
        return Duration.ZERO;
    }

    private static Inference.Request invocation(Run run, ValidationRequest request) {
        String body = request.body() == null ? "" : request.body();
        return new Inference.Request(
                run.endpointName(),
                request.contentType() == null ? "application/json" : request.contentType(),
                Optional.ofNullable(request.accept()),
                body.getBytes(StandardCharsets.UTF_8),
                "pilotlight-validation-" + run.key().revision());
    }

    private Outcome judge(ValidationRequest request, Inference.Response response) {
        return switch (expectations.of(request)) {
            case CompiledExpectation compiled ->
                compiled.evaluate(
                        new Answer(response.status(), response.headers(), response.body(), response.latency()));
            case dev.pilotlight.domain.validation.Expectation.InvalidExpectation invalid ->
                new Outcome.Errored(Outcome.Code.INTERNAL, invalid.describe());
        };
    }

    private static String describe(Outcome outcome, int status) {
        return switch (outcome) {
            case Outcome.Passed passed -> "Passed";
            case Outcome.Failed failed -> "Failed (HTTP " + status + "): " + failed.message();
            case Outcome.Errored errored -> "Error (HTTP " + status + "): " + errored.message();
        };
    }
}
