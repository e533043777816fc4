package dev.pilotlight.testing;

import dev.pilotlight.aws.AccountQuotas;
import dev.pilotlight.aws.AutoScaling;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSession;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.ExecutionRoles;
import dev.pilotlight.aws.Hosting;
import dev.pilotlight.aws.ImageRegistry;
import dev.pilotlight.aws.Inference;
import dev.pilotlight.aws.Metrics;
import dev.pilotlight.aws.ModelArchives;
import dev.pilotlight.aws.PriceLists;
import dev.pilotlight.aws.Priority;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.Location;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An AWS in memory: one {@link FakeHosting} per account and Region, and identities that can be refused. */
public final class FakeAwsSessions implements AwsSessions {

    private final Clock clock;
    private final Map<Location, FakeHosting> hostings = new ConcurrentHashMap<>();
    private final Set<String> denied = new HashSet<>();
    private final List<String> opened = new ArrayList<>();
    private volatile Optional<Metrics> metrics = Optional.empty();

    public FakeAwsSessions(Clock clock) {
        this.clock = clock;
    }

    /** What a pass over an object in the namespace {@code ml} asks a session with, whose AWSIdentity is {@code ml}. */
    public static SessionRequest requestOfATeam() {
        return new SessionRequest(
                Optional.of("arn:aws:iam::111122223333:role/ml"),
                "us-east-1",
                "c1",
                "ml",
                new SessionRequest.Purpose.Tenant("ml"));
    }

    public FakeHosting at(Location location) {
        return hostings.computeIfAbsent(location, key -> new FakeHosting(key, clock));
    }

    /** What CloudWatch answers, in every account and Region. */
    public FakeAwsSessions withMetrics(Metrics answers) {
        metrics = Optional.of(answers);
        return this;
    }

    public synchronized void deny(String identity) {
        denied.add(identity);
    }

    public synchronized void allow(String identity) {
        denied.remove(identity);
    }

    /** Identities whose session was asked for since the last time this was asked. */
    public synchronized List<String> drainOpened() {
        List<String> asked = List.copyOf(opened);
        opened.clear();
        return asked;
    }

    @Override
    public synchronized AwsSession open(SessionRequest request) {
        opened.add(request.identity());
        if (denied.contains(request.identity())) {
            throw new AwsException(
                    new AwsFailure(FailureKind.DENIED, "sts:AssumeRole", "AccessDenied", "not trusted", "r-1"), null);
        }
        String account = request.roleARN().map(arn -> arn.split(":", 6)[4]).orElse("000000000000");
        return new Session(
                new Location(account, request.region()), at(new Location(account, request.region())), metrics);
    }

    @Override
    public void forget(String identity) {}

    private record Session(Location location, FakeHosting fake, Optional<Metrics> cloudWatch) implements AwsSession {

        @Override
        public Hosting hosting(Priority priority) {
            return fake;
        }

        @Override
        public Inference inference() {
            throw new UnsupportedOperationException("control plane only");
        }

        @Override
        public ImageRegistry images() {
            throw new UnsupportedOperationException("control plane only");
        }

        @Override
        public ModelArchives archives() {
            throw new UnsupportedOperationException("control plane only");
        }

        @Override
        public ExecutionRoles roles() {
            throw new UnsupportedOperationException("control plane only");
        }

        @Override
        public AccountQuotas quotas() {
            throw new UnsupportedOperationException("control plane only");
        }

        @Override
        public AutoScaling autoScaling(Priority priority) {
            throw new UnsupportedOperationException("control plane only");
        }

        @Override
        public Metrics metrics() {
            return cloudWatch.orElseThrow(() -> new UnsupportedOperationException("control plane only"));
        }

        @Override
        public PriceLists prices() {
            throw new UnsupportedOperationException("control plane only");
        }
    }
}
