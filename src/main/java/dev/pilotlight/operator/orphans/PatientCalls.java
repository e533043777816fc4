package dev.pilotlight.operator.orphans;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSession;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Hosting;
import dev.pilotlight.aws.Priority;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** AWS calls of a program that has time: what is throttled is tried again, and where one identity is refused the next is tried. */
final class PatientCalls {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
    private static final int TRIES = 30;

    private final AwsSessions sessions;
    private final Pause pause;
    private final Clock clock;
    private final String clusterID;

    PatientCalls(AwsSessions sessions, Pause pause, Clock clock, String clusterID) {
        this.sessions = sessions;
        this.pause = pause;
        this.clock = clock;
        this.clusterID = clusterID;
    }

    /** @throws AwsException when no identity may, or AWS fails in a way that waiting does not mend */
    <T> T call(Place place, SessionRequest.Purpose purpose, Function<Hosting, T> call) {
        List<SessionRequest> requests = place.sessions(clusterID, purpose);
        AwsException denied = refusal("NoIdentity", "no AWSIdentity leads to " + place.location());
        for (SessionRequest request : requests) {
            try {
                return patiently(() -> call.apply(hosting(place, request)));
            } catch (AwsException e) {
                if (e.kind() != FailureKind.DENIED) {
                    throw e;
                }
                denied = e;
            }
        }
        throw denied;
    }

    private Hosting hosting(Place place, SessionRequest request) {
        AwsSession session = sessions.open(request);
        if (!session.location().equals(place.location())) {
            throw refusal(
                    "WrongLocation", "AWSIdentity " + request.identity() + " leads to " + session.location() + " now");
        }
        return session.hosting(Priority.DELETE);
    }

    private interface Try<T> {
        T now();
    }

    private <T> T patiently(Try<T> what) {
        for (int tries = 1; ; tries++) {
            try {
                return what.now();
            } catch (AwsException e) {
                boolean passes = e.kind() == FailureKind.THROTTLED || e.kind() == FailureKind.RETRIABLE;
                if (!passes || tries == TRIES) {
                    throw e;
                }
                Instant soon = clock.instant().plus(BETWEEN_TRIES);
                pause.until(e.retryAt().orElse(soon));
            }
        }
    }

    private static AwsException refusal(String code, String message) {
        return new AwsException(new AwsFailure(FailureKind.DENIED, "sts:AssumeRole", code, message, ""), null);
    }
}
