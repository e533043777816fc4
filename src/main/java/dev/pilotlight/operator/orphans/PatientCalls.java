package dev.pilotlight.operator.orphans;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Candidates;
import dev.pilotlight.aws.Hosting;
import dev.pilotlight.aws.Priority;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.failure.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

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
        Candidates candidates = new Candidates(place.location(), place.sessions(clusterID, purpose));
        return patiently(() -> candidates
                .ask(sessions, session -> call.apply(session.hosting(Priority.DELETE)))
                .value());
    }

    private <T> T patiently(Supplier<T> what) {
        for (int tries = 1; ; tries++) {
            try {
                return what.get();
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
}
