package dev.pilotlight.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSession;
import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.aws.Hosting;
import dev.pilotlight.aws.Inference;
import dev.pilotlight.aws.Priority;
import dev.pilotlight.aws.RateLimiter;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointConfigRequest;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelRequest;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.simulator.Simulator;
import dev.pilotlight.simulator.SimulatorServer;
import dev.pilotlight.simulator.SimulatorSettings;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultPlan;
import dev.pilotlight.simulator.sagemaker.HostingSettings;
import dev.pilotlight.simulator.time.ManualClock;
import dev.pilotlight.testing.ManualScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The adapter and the inventory over HTTP, against the simulator, on one clock turned by hand. */
class InventoryOnSimulatorTest {

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final Location HERE = new Location("111122223333", "us-east-1");
    private static final Ownership OWNER =
            new Ownership("c1", "ml-prod", "a", "uid-1", Ownership.Role.PRIMARY, "rev1", "digest1");
    private static final String EXECUTION_ROLE = "arn:aws:iam::111122223333:role/sagemaker/sentiment";
    private static final String IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0";
    private static final Duration STEP = Duration.ofMillis(500);

    private final ManualClock simulated = new ManualClock(START);
    private final ManualScheduler scheduler = new ManualScheduler(START);
    private final List<AwsCall> attempts = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Simulator simulator;
    private SdkAwsSessions sessions;
    private Inventory inventory;

    private void start(HostingSettings.Consistency consistency) {
        simulator = SimulatorServer.start(SimulatorSettings.builder()
                .clock(simulated)
                .hosting(HostingSettings.defaults().withConsistency(consistency))
                .build());
        AwsSettings settings = AwsSettings.defaults()
                .withEndpointOverride(simulator.endpoint())
                .withAccessKey("AKIAPOD", "secret");
        sessions = new SdkAwsSessions(
                settings,
                new RateLimiter(settings.rates(), scheduler.clock()),
                CallBoundary.OPEN,
                List.of(attempts::add));
        inventory = new Inventory(sessions, scheduler, InventorySettings.defaults(), Runnable::run);
        inventory.subscribe((location, name) -> told.add(name));
        inventory.identities(HERE, List.of(request(new SessionRequest.Purpose.Inventory())));
        inventory.start();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private static SessionRequest request(SessionRequest.Purpose purpose) {
        return new SessionRequest(
                Optional.of("arn:aws:iam::111122223333:role/pilotlight/ml-prod"),
                "us-east-1",
                "c1",
                "ml-prod",
                purpose);
    }

    private AwsSession tenant() {
        return sessions.open(request(new SessionRequest.Purpose.Tenant("ml-prod")));
    }

    private void pass(Duration time) {
        Instant end = simulated.now().plus(time);
        while (simulated.now().isBefore(end)) {
            Instant next = simulated.now().plus(STEP);
            simulated.advanceTo(next);
            scheduler.advanceTo(next);
        }
    }

    private static ModelRequest model() {
        return new ModelRequest(
                "a",
                IMAGE,
                Optional.of("s3://ml-prod-models/sentiment/1.4.0/model.tar.gz"),
                EXECUTION_ROLE,
                Map.of(),
                OWNER.toTags());
    }

    private static EndpointConfigRequest config() {
        return new EndpointConfigRequest(
                "a", "AllTraffic", "a", new ServerlessCapacity(2048, new Concurrency(5, 0)), OWNER.toTags());
    }

    private void createParts() {
        Hosting hosting = tenant().hosting(Priority.CHANGE);
        hosting.createModel(model());
        hosting.createEndpointConfig(config());
    }

    /** Creates the endpoint as the operator does; its parts are there already. */
    private void createEndpoint() {
        String arn = tenant().hosting(Priority.CHANGE)
                .createEndpoint("a", "a", OWNER.toTags())
                .arn();
        Instant now = simulated.now();
        inventory.created(
                HERE,
                new EndpointSnapshot("a", arn, EndpointStatus.CREATING, now, now, "a", Optional.empty(), List.of()),
                OWNER.toTags());
    }

    private Sighting.Present<EndpointSnapshot> seen() {
        return InventoryFixture.present(inventory.endpoint(HERE, "a"));
    }

    @Test
    void anEndpointLivesFromCreationToDeletion() {
        start(HostingSettings.Consistency.STRONG);
        assertThat(inventory.endpoint(HERE, "a")).isInstanceOf(Sighting.Absent.class);
        createParts();
        createEndpoint();
        assertThat(seen().resource().status()).isEqualTo(EndpointStatus.CREATING);

        pass(Duration.ofSeconds(167));

        assertThat(told).containsExactly("a");
        assertThat(seen().resource().status()).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(seen().resource().capacity()).contains(new ServerlessCapacity(2048, new Concurrency(5, 0)));
        assertThat(seen().owner().map(Ownership::uid)).contains("uid-1");
        assertThat(simulator.calls().of("sagemaker.DescribeEndpoint")).isBetween(30L, 44L);
        assertThat(simulator.calls().of("sagemaker.ListTags")).isZero();

        Inference.Response answer = tenant().inference()
                .invoke(new Inference.Request(
                        "a", "application/json", Optional.empty(), utf8("{\"text\":\"good\"}"), "probe-1"));
        assertThat(answer.status()).isEqualTo(200);

        Hosting hosting = tenant().hosting(Priority.DELETE);
        hosting.deleteEndpoint("a");
        inventory.deleted(HERE, Kind.ENDPOINT, "a");
        assertThat(seen().resource().status()).isEqualTo(EndpointStatus.DELETING);
        pass(Duration.ofSeconds(12));
        assertThat(inventory.endpoint(HERE, "a")).isInstanceOf(Sighting.Absent.class);

        assertThat(inventory.findOwned(HERE, "a"))
                .extracting(OwnedResource::kind)
                .containsExactlyInAnyOrder(Kind.ENDPOINT_CONFIG, Kind.MODEL);
        hosting.deleteEndpointConfig("a");
        inventory.deleted(HERE, Kind.ENDPOINT_CONFIG, "a");
        hosting.deleteModel("a");
        inventory.deleted(HERE, Kind.MODEL, "a");
        assertThat(inventory.findOwned(HERE, "a")).isEmpty();
        assertThat(simulator.calls().total()).isEqualTo(attempts.size());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatReadsDoNotShowYetIsNeverTakenForAbsent() {
        start(new HostingSettings.Consistency(0, Duration.ofSeconds(4)));
        Hosting hosting = tenant().hosting(Priority.CHANGE);
        hosting.createModel(model());
        pass(Duration.ofSeconds(5));
        hosting.createEndpointConfig(config());
        pass(Duration.ofSeconds(5));
        createEndpoint();

        for (int i = 0; i < 20; i++) {
            assertThat(seen().resource().status()).isEqualTo(EndpointStatus.CREATING);
            assertThat(inventory.confirmEndpoint(HERE, "a")).isInstanceOf(Sighting.Present.class);
            pass(STEP);
        }
        pass(Duration.ofSeconds(170));
        assertThat(seen().resource().status()).isEqualTo(EndpointStatus.IN_SERVICE);
    }

    @Test
    void everyAttemptIsOneRequestAtTheOtherEndUnderFaultsToo() {
        start(HostingSettings.Consistency.STRONG);
        createParts();
        createEndpoint();
        simulator
                .faults()
                .sometimes(0.2, FaultPlan.named("sagemaker.*"), Fault.Refuse.throttled())
                .sometimes(0.2, FaultPlan.named("sagemaker.*"), new Fault.DropBefore())
                .sometimes(0.2, FaultPlan.named("sagemaker.*"), new Fault.LoseAnswer());
        pass(Duration.ofSeconds(60));
        for (int i = 0; i < 30; i++) {
            try {
                inventory.confirmEndpoint(HERE, "a");
            } catch (AwsException e) {
                assertThat(e.kind()).isIn(FailureKind.THROTTLED, FailureKind.RETRIABLE);
            }
            pass(STEP);
        }

        assertThat(attempts.stream().filter(attempt -> attempt.failure().isPresent()))
                .isNotEmpty();
        assertThat(simulator.calls().total()).isEqualTo(attempts.size());
    }

    @Test
    void anAnswerThatWasLostIsAConflictTheNextTime() {
        start(HostingSettings.Consistency.STRONG);
        Hosting hosting = tenant().hosting(Priority.CHANGE);
        simulator.faults().next("sagemaker.CreateModel", new Fault.LoseAnswer());

        AwsException lost = catchThrowableOfType(AwsException.class, () -> hosting.createModel(model()));
        AwsException again = catchThrowableOfType(AwsException.class, () -> hosting.createModel(model()));

        assertThat(lost.kind()).isEqualTo(FailureKind.RETRIABLE);
        assertThat(again.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(InventoryFixture.present(inventory.inspectModel(HERE, "a")).owner())
                .contains(OWNER);
    }

    @Test
    void thePollersSessionCannotChangeAnything() {
        start(HostingSettings.Consistency.STRONG);
        Hosting poller =
                sessions.open(request(new SessionRequest.Purpose.Inventory())).hosting(Priority.DRIFT);

        AwsException denied = catchThrowableOfType(AwsException.class, () -> poller.deleteModel("a"));

        assertThat(denied.kind()).isEqualTo(FailureKind.DENIED);
    }
}
