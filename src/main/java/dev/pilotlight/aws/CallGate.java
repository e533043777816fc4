package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.Location;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** The one way out: every attempt passes the limiter, the boundary, the SDK, the boundary and the listeners, in this order. */
final class CallGate {

    private final RateLimiter limiter;
    private final CallBoundary boundary;
    private final List<AwsCallListener> listeners;

    CallGate(RateLimiter limiter, CallBoundary boundary, List<AwsCallListener> listeners) {
        this.limiter = limiter;
        this.boundary = boundary;
        this.listeners = List.copyOf(listeners);
    }

    /** A call that is about to be made. */
    record Call(Location location, String operation, Priority priority, boolean mutating, Toll toll) {}

    /** What the limiter asks of a call. */
    enum Toll {
        /** A token, or it is held back. */
        TOKEN,
        /** A token, if need be on credit: what was begun is ended. */
        CREDIT,
        /** Nothing. InvokeEndpoint: its throttling speaks of the endpoint's concurrency, not of our rate. */
        NONE
    }

    /**
     * @param requestId reads AWS's request id from an answer
     * @param onFailure sees a failure before the caller does
     * @throws AwsException for whatever AWS, the network or the limiter refuses
     */
    <T> T make(Call call, Supplier<T> sdk, Function<T, String> requestId, Consumer<AwsFailure> onFailure) {
        switch (call.toll()) {
            case TOKEN -> acquire(call);
            case CREDIT -> limiter.acquireOnCredit(call.location(), call.operation());
            case NONE -> {}
        }
        boundary.before(call.operation());
        T answer = attempt(call, sdk, requestId, onFailure);
        boundary.after(call.operation());
        return answer;
    }

    private void acquire(Call call) {
        try {
            limiter.acquire(call.location(), call.operation(), call.priority());
        } catch (AwsException e) {
            e.retryAt()
                    .ifPresent(until ->
                            listeners.forEach(listener -> listener.held(call.location(), call.operation(), until)));
            throw e;
        }
    }

    private <T> T attempt(Call call, Supplier<T> sdk, Function<T, String> requestId, Consumer<AwsFailure> onFailure) {
        long begun = System.nanoTime();
        try {
            T answer = sdk.get();
            tell(call, Optional.empty(), "", requestId.apply(answer), begun);
            return answer;
        } catch (SdkException e) {
            AwsFailure failure = ErrorClassifier.classify(call.operation(), e);
            tell(call, Optional.of(failure.kind()), failure.code(), failure.requestId(), begun);
            if (failure.kind() == FailureKind.THROTTLED && call.toll() != Toll.NONE) {
                limiter.throttled(call.location(), call.operation());
            }
            onFailure.accept(failure);
            throw new AwsException(failure, e);
        }
    }

    private void tell(Call call, Optional<FailureKind> failure, String code, String requestId, long begun) {
        AwsCall made = new AwsCall(
                call.location(),
                call.operation(),
                call.mutating(),
                failure,
                code,
                requestId,
                Duration.ofNanos(System.nanoTime() - begun));
        listeners.forEach(listener -> listener.called(made));
    }
}
