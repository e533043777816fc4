package dev.pilotlight.aws;

import dev.pilotlight.domain.hosting.Location;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The adapter against a {@link StubAws}, with what its listeners saw. */
final class AdapterFixture implements AutoCloseable {

    static final String ROLE = "arn:aws:iam::111122223333:role/ml";
    static final Location HERE = new Location("111122223333", "us-east-1");
    static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");

    final StubAws stub = new StubAws();
    final List<AwsCall> calls = new ArrayList<>();
    final List<String> held = new ArrayList<>();
    final AwsSettings settings =
            AwsSettings.defaults().withEndpointOverride(stub.url()).withAccessKey("AKIAPOD", "secret");
    private Instant wall = NOW;

    SdkAwsSessions sessions() {
        return sessions(settings, CallBoundary.OPEN);
    }

    SdkAwsSessions sessions(AwsSettings with, CallBoundary boundary) {
        AwsCallListener listener = new AwsCallListener() {
            @Override
            public void called(AwsCall call) {
                calls.add(call);
            }

            @Override
            public void held(Location location, String operation, Instant until) {
                held.add(operation);
            }
        };
        return new SdkAwsSessions(
                with,
                new RateLimiter(with.rates(), Clock.fixed(NOW, ZoneOffset.UTC)),
                boundary,
                List.of(listener),
                wallClock());
    }

    void passOnTheWall(Duration time) {
        wall = wall.plus(time);
    }

    private Clock wallClock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("instants only");
            }

            @Override
            public Instant instant() {
                return wall;
            }
        };
    }

    static SessionRequest tenant(String namespace) {
        return new SessionRequest(
                Optional.of(ROLE), "us-east-1", "c1", "ml", new SessionRequest.Purpose.Tenant(namespace));
    }

    static SessionRequest inventory() {
        return new SessionRequest(Optional.of(ROLE), "us-east-1", "c1", "ml", new SessionRequest.Purpose.Inventory());
    }

    static SessionRequest pod() {
        return new SessionRequest(Optional.empty(), "us-east-1", "c1", "pod", new SessionRequest.Purpose.Tenant("ns"));
    }

    /** A session whose AssumeRole is over, so that only the calls of the test count. */
    AwsSession opened() {
        return opened(settings, CallBoundary.OPEN);
    }

    AwsSession opened(AwsSettings with, CallBoundary boundary) {
        stub.role("ASIASESSION", "2026-01-05T09:00:00Z");
        AwsSession session = sessions(with, boundary).open(tenant("ns"));
        calls.clear();
        return session;
    }

    Hosting hosting() {
        return opened().hosting(Priority.CHANGE);
    }

    @Override
    public void close() {
        stub.close();
    }
}
