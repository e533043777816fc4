package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.Location;
import java.util.List;
import java.util.function.Function;

/**
 * Sessions that lead to one account and Region, in order of preference: one that is denied is followed by the next. One that leads elsewhere
 * counts as denied, since it would show an empty account, and its emptiness would be acted on.
 */
public record Candidates(Location location, List<SessionRequest> inOrder) {
    public Candidates {
        inOrder = List.copyOf(inOrder);
    }

    /** What AWS answered, and to whom. */
    public record Answer<T>(SessionRequest allowed, T value) {}

    /**
     * Calls with one after another until one is allowed.
     *
     * @throws AwsException of the last that was denied; code {@code NoIdentity} where there is none; and any other failure at once
     */
    public <T> Answer<T> ask(AwsSessions sessions, Function<AwsSession, T> call) {
        AwsException denied = denied("NoIdentity", "no AWSIdentity is ready for " + location);
        for (SessionRequest candidate : inOrder) {
            try {
                return new Answer<>(candidate, call.apply(open(sessions, candidate)));
            } catch (AwsException e) {
                if (e.kind() != FailureKind.DENIED) {
                    throw e;
                }
                denied = e;
            }
        }
        throw denied;
    }

    private AwsSession open(AwsSessions sessions, SessionRequest candidate) {
        AwsSession session = sessions.open(candidate);
        if (!session.location().equals(location)) {
            throw denied(
                    "WrongLocation",
                    "AWSIdentity " + candidate.identity() + " leads to " + session.location() + ", not to " + location);
        }
        return session;
    }

    private static AwsException denied(String code, String message) {
        return new AwsException(new AwsFailure(FailureKind.DENIED, "sts:AssumeRole", code, message, ""), null);
    }
}
