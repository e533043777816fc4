package dev.pilotlight.simulator.sts;

import dev.pilotlight.simulator.iam.UniqueIds;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.Caller;
import dev.pilotlight.simulator.world.Accounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who an access key belongs to. A key that STS issued belongs to its session; an access key of exactly 12 digits to a
 * user of the account of that number; any other to a user of the default account.
 *
 * <p>These users, not the account root, are the default: AWS lets a user assume a role and refuses it to the root.
 */
public final class SessionStore implements Accounts {
    private static final String DEFAULT_USER = "user/default";
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final String defaultAccount;
    private final InstantSource wallClock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /**
     * @param defaultAccount account of keys that nobody issued, 12 digits
     * @param wallClock the time that AWS SDKs compare expiry with; never the simulator's own clock
     */
    public SessionStore(String defaultAccount, InstantSource wallClock) {
        this.defaultAccount = defaultAccount;
        this.wallClock = wallClock;
    }

    Instant now() {
        return wallClock.instant();
    }

    /** Keeps a session under its access key; what expired long ago is forgotten. */
    void add(String accessKeyId, Session session) {
        Instant forgotten = now().minus(REMEMBERED);
        sessions.values().removeIf(old -> old.expires().isBefore(forgotten));
        sessions.put(accessKeyId, session);
    }

    Optional<Session> find(String accessKeyId) {
        return Optional.ofNullable(sessions.get(accessKeyId));
    }

    /**
     * {@inheritDoc}
     *
     * @throws AwsError {@code ExpiredTokenException}, and {@code UnrecognizedClientException} for a key that a
     *     simulator issued and this one does not know: it was started anew, or the key expired long ago
     */
    @Override
    public Caller identify(String accessKeyId, String region) {
        Session session = sessions.get(accessKeyId);
        if (session != null) {
            if (!now().isBefore(session.expires())) {
                throw new AwsError(
                        400, "ExpiredTokenException", "The security token included in the request is expired");
            }
            return new Caller(session.accountId(), session.arn(), accessKeyId, region);
        }
        if (UniqueIds.isTemporaryAccessKey(accessKeyId)) {
            throw new AwsError(
                    400, "UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        String account = accessKeyId.matches("\\d{12}") ? accessKeyId : defaultAccount;
        return new Caller(account, "arn:aws:iam::" + account + ":" + DEFAULT_USER, accessKeyId, region);
    }
}
