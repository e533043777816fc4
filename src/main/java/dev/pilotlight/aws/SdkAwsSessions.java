package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.Location;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Sessions on the AWS SDK. A role is assumed by a call of our own, seen by limiter, boundary and listeners like any other, and the
 * credentials are kept until five minutes before they expire. Expiry is STS's, so it is read on the wall clock even where the
 * operator's clock is another.
 */
public final class SdkAwsSessions implements AwsSessions {

    private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);
    private static final Set<String> EXPIRED =
            Set.of("ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException");

    private final AwsSettings settings;
    private final Clock wallClock;
    private final CallGate gate;
    private final ScheduledExecutorService timeouts;
    private final Lazy<AwsCredentialsProvider> podCredentials;
    private final Map<String, SdkClients> clients = new ConcurrentHashMap<>();
    private final Map<SessionRequest, Slot> slots = new ConcurrentHashMap<>();

    public SdkAwsSessions(
            AwsSettings settings, RateLimiter limiter, CallBoundary boundary, List<AwsCallListener> listeners) {
        this(settings, limiter, boundary, listeners, Clock.systemUTC());
    }

    SdkAwsSessions(
            AwsSettings settings,
            RateLimiter limiter,
            CallBoundary boundary,
            List<AwsCallListener> listeners,
            Clock wallClock) {
        this.settings = settings;
        this.wallClock = wallClock;
        this.gate = new CallGate(limiter, boundary, listeners);
        this.timeouts = timeouts();
        this.podCredentials = new Lazy<>(() -> podCredentials(settings));
    }

    /** Its thread ends by itself when no call has been made for a while: sessions are never closed. */
    private static ScheduledExecutorService timeouts() {
        ScheduledThreadPoolExecutor timeouts = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("aws-call-timeout").factory());
        timeouts.setKeepAliveTime(30, TimeUnit.SECONDS);
        timeouts.allowCoreThreadTimeOut(true);
        // A timeout that was not needed would otherwise stay until its time comes.
        timeouts.setRemoveOnCancelPolicy(true);
        return timeouts;
    }

    /** The real thing without listeners: what {@code clock} reads is the limiter's time. */
    public static SdkAwsSessions create(AwsSettings settings, Clock clock) {
        return new SdkAwsSessions(settings, new RateLimiter(settings.rates(), clock), CallBoundary.OPEN, List.of());
    }

    /** One request's place in the cache; its lock makes callers that come together share one AssumeRole. */
    private static final class Slot {
        private Optional<Held> held = Optional.empty();

        private record Held(AwsSession session, Instant goodUntil) {}

        synchronized AwsSession open(Instant now, Opener opener) {
            if (held.filter(known -> now.isBefore(known.goodUntil())).isEmpty()) {
                held = Optional.empty();
                held = Optional.of(opener.open());
            }
            return held.get().session();
        }

        interface Opener {
            Held open();
        }
    }

    @Override
    public AwsSession open(SessionRequest request) {
        return slots.computeIfAbsent(request, key -> new Slot()).open(wallClock.instant(), () -> begin(request));
    }

    @Override
    public void forget(String identity) {
        slots.keySet().removeIf(request -> request.identity().equals(identity));
    }

    private Slot.Held begin(SessionRequest request) {
        return request.roleARN().isPresent() ? assume(request, request.roleARN().get()) : asPod(request);
    }

    private Slot.Held assume(SessionRequest request, String roleARN) {
        Location location = new Location(accountOf(roleARN), request.region());
        RoleSession assumed = new SecurityTokens(calls(request, location, podCredentials.get()))
                .assume(request, roleARN, settings.sessionDuration());
        AwsSession session = session(
                request,
                new Location(assumed.accountID(), request.region()),
                StaticCredentialsProvider.create(assumed.credentials()));
        return new Slot.Held(session, assumed.expires().minus(BEFORE_EXPIRY));
    }

    private Slot.Held asPod(SessionRequest request) {
        Location nowhere = new Location("unknown", request.region());
        String account = new SecurityTokens(calls(request, nowhere, podCredentials.get())).account();
        return new Slot.Held(
                session(request, new Location(account, request.region()), podCredentials.get()), Instant.MAX);
    }

    private AwsSession session(SessionRequest request, Location location, AwsCredentialsProvider credentials) {
        return new SdkSession(calls(request, location, credentials), settings);
    }

    private SessionCalls calls(SessionRequest request, Location location, AwsCredentialsProvider credentials) {
        SdkClients regional =
                clients.computeIfAbsent(request.region(), region -> new SdkClients(settings, region, timeouts));
        return new SessionCalls(location, regional, gate, credentials, failure -> forgetExpired(request, failure));
    }

    /** Credentials that AWS does not know any more will not get better: the next call asks STS again. */
    private void forgetExpired(SessionRequest request, AwsFailure failure) {
        if (EXPIRED.contains(failure.code())) {
            slots.remove(request);
        }
    }

    private static String accountOf(String roleARN) {
        List<String> parts = List.of(roleARN.split(":", 6));
        if (parts.size() < 6 || !parts.get(0).equals("arn")) {
            throw new AwsException(
                    new AwsFailure(
                            FailureKind.INVALID,
                            SecurityTokens.ASSUME_ROLE,
                            "InvalidRoleARN",
                            "not a role ARN: " + roleARN,
                            ""),
                    null);
        }
        return parts.get(4);
    }

    private static AwsCredentialsProvider podCredentials(AwsSettings settings) {
        return settings.accessKey()
                .<AwsCredentialsProvider>map(
                        key -> StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }
}
