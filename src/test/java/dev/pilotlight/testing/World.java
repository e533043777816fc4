package dev.pilotlight.testing;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.aws.AwsCallListener;
import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.aws.RateLimiter;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.operator.OperatorSettings;
import dev.pilotlight.operator.PilotlightOperator;
import dev.pilotlight.operator.metrics.OperatorMetrics;
import dev.pilotlight.simulator.Simulator;
import dev.pilotlight.simulator.SimulatorServer;
import dev.pilotlight.simulator.SimulatorSettings;
import dev.pilotlight.simulator.sagemaker.HostingSettings;
import dev.pilotlight.simulator.sagemaker.HostingSettings.StateDurations;
import dev.pilotlight.simulator.time.ManualClock;
import dev.pilotlight.testing.proxy.KubeProxy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A cluster, an AWS and an operator between them, on one clock that only the test turns. Nothing sleeps: {@link #advanceUntil} turns the
 * clock to whatever is due next on either side, and lets everything that causes come to rest before it looks again.
 */
public final class World implements AutoCloseable {
    /** When every story begins. */
    public static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private static final Duration WALL_LIMIT = Duration.ofSeconds(60);
    private static final Duration STORY_LIMIT = Duration.ofHours(2);
    private static final StateDurations BRISK = new StateDurations(
            Duration.ofSeconds(12), Duration.ofSeconds(8), Duration.ofSeconds(6), Duration.ofSeconds(4), 0);

    private final KubeApi api;
    private final Optional<KubeProxy> proxy;
    private final KubernetesClient client;
    private final ManualClock simulatorClock = new ManualClock(START);
    private final ManualScheduler scheduler = new ManualScheduler(START);
    private final Simulator simulator;
    private OperatorSettings settings;
    private final List<AwsCall> calls = new CopyOnWriteArrayList<>();
    private final List<String> held = new CopyOnWriteArrayList<>();
    private final AtomicReference<CallBoundary> boundary = new AtomicReference<>(CallBoundary.OPEN);
    private final AwsConsole console;
    private PilotlightOperator operator;
    private SimpleMeterRegistry registry;
    private Life life;
    private volatile BooleanSupplier stopped = () -> false;
    private final UnaryOperator<AwsSettings> aws;
    private OperatorTime time = OperatorTime.right(START);
    private long caughtUpAt = WriteCount.UNKNOWN;
    private final LastLooks looks;

    /** Starts the simulator and the operator; {@code changes} says what differs from the usual. */
    public static World start(KubeApi api, Consumer<Setup> changes) {
        Setup setup = new Setup();
        changes.accept(setup);
        return new World(api, setup);
    }

    public static World start(KubeApi api) {
        return start(api, setup -> {});
    }

    /** What a story needs to be different. */
    public static final class Setup {
        private final SimulatorSettings.Builder simulator = SimulatorSettings.builder();
        private OperatorSettings operator = OperatorSettings.defaults().withClusterID("test-cluster");
        private HostingSettings hosting = HostingSettings.defaults();
        private UnaryOperator<AwsSettings> aws = settings -> settings;
        private boolean started = true;
        private boolean proxied;

        public Setup simulator(Consumer<SimulatorSettings.Builder> change) {
            change.accept(simulator);
            return this;
        }

        /** AWS's states last seconds instead of minutes, for stories that are not about the waiting. */
        public Setup brisk() {
            return hosting(settings -> settings.withDurations(BRISK));
        }

        /** Changes how SageMaker hosting behaves. */
        public Setup hosting(UnaryOperator<HostingSettings> change) {
            hosting = change.apply(hosting);
            simulator.hosting(hosting);
            return this;
        }

        public Setup operator(OperatorSettings settings) {
            operator = settings;
            return this;
        }

        /** Changes how the operator reaches AWS, for example how long it waits for an answer on the wall. */
        public Setup aws(UnaryOperator<AwsSettings> change) {
            aws = change;
            return this;
        }

        /** Between operator and API server is a {@link KubeProxy} that the story gives orders to. */
        public Setup throughProxy() {
            proxied = true;
            return this;
        }

        /** The operator is started by the story. */
        public Setup withoutOperator() {
            started = false;
            return this;
        }
    }

    private World(KubeApi api, Setup setup) {
        this.api = api;
        this.looks = new LastLooks(api);
        this.proxy = setup.proxied ? Optional.of(api.newProxy()) : Optional.empty();
        this.client = proxy.map(api::asInstalledOperator).orElseGet(api::asInstalledOperator);
        this.simulator =
                SimulatorServer.start(setup.simulator.clock(simulatorClock).build());
        this.console = new AwsConsole(simulator);
        this.settings = setup.operator;
        this.aws = setup.aws;
        if (setup.started) {
            try {
                startOperator();
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }
    }

    // ---- the operator's life

    public void startOperator() {
        startOperatorAs("111122223333");
    }

    /** Starts the operator with the credentials of another principal than the account's administrator. */
    public void startOperatorAs(String accessKeyID) {
        AwsSettings reached = aws.apply(AwsSettings.defaults()
                .withEndpointOverride(simulator.endpoint())
                .withAccessKey(accessKeyID, "not-checked"));
        // A new one has passed over nothing yet.
        caughtUpAt = WriteCount.UNKNOWN;
        life = new Life();
        SdkAwsSessions sessions = new SdkAwsSessions(
                reached, new RateLimiter(reached.rates(), scheduler.clock()), life, List.of(new Recorder()));
        registry = new SimpleMeterRegistry();
        operator =
                new PilotlightOperator(client, settings, sessions, scheduler, new OperatorMetrics(registry), () -> {});
        operator.start();
    }

    /** The operator is nobody's any more and runs on; the story may start another one beside it, and closes this one. */
    public PilotlightOperator leaveOperatorRunning() {
        PilotlightOperator left = operator;
        operator = null;
        return left;
    }

    public void stopOperator() {
        operator.close();
        operator = null;
    }

    public void restartOperatorAs(String accessKeyID) {
        stopOperator();
        startOperatorAs(accessKeyID);
    }

    /** The id in ownership tags and external ids. */
    public String clusterID() {
        return settings.clusterID().orElseThrow();
    }

    /** Another cluster's operator takes the place of this one, in the same AWS account. */
    public void restartOperatorIn(String otherClusterID) {
        stopOperator();
        settings = settings.withClusterID(otherClusterID);
        startOperator();
    }

    public void restartOperator() {
        stopOperator();
        startOperator();
    }

    /** Places something at the edge of every AWS call from now on. */
    public void boundary(CallBoundary placed) {
        boundary.set(placed);
    }

    /** Keeps what every operator of this world asked for, and what its own rate limiter did not let out. */
    private final class Recorder implements AwsCallListener {
        @Override
        public void called(AwsCall call) {
            calls.add(call);
        }

        @Override
        public void held(Location location, String operation, Instant until) {
            held.add(operation);
        }
    }

    /** One operator's way to AWS. After a {@link Crash} it is a dead process: no call of it leaves any more. */
    private final class Life implements CallBoundary {
        private volatile boolean over;

        @Override
        public void before(String operation) {
            pass(operation, boundary.get()::before);
        }

        @Override
        public void after(String operation) {
            pass(operation, boundary.get()::after);
        }

        private void pass(String operation, Consumer<String> edge) {
            if (over) {
                throw new Crash("dead");
            }
            try {
                edge.accept(operation);
            } catch (Crash crash) {
                over = true;
                throw crash;
            }
        }
    }

    // ---- time

    /** The one clock. */
    public Clock clock() {
        return scheduler.clock();
    }

    public Instant now() {
        return simulatorClock.now();
    }

    /** Turns the clock from event to event until the condition holds. */
    public void advanceUntil(String what, BooleanSupplier condition) {
        Instant limit = now().plus(STORY_LIMIT);
        settle();
        while (!condition.getAsBoolean()) {
            Instant next = nextDue()
                    .orElseThrow(
                            () -> new AssertionError("nothing is due any more, and not yet: " + what + describe()));
            if (next.isAfter(limit)) {
                throw new AssertionError("not within " + STORY_LIMIT + ": " + what + describe());
            }
            turnTo(next);
            settleByItself();
        }
    }

    /** As {@link #advanceUntil}, where the condition is also that something holds the operator, which then does not come to rest. */
    public void advanceUntilHeld(String what, BooleanSupplier condition) {
        stopped = condition;
        try {
            advanceUntil(what, condition);
        } finally {
            stopped = () -> false;
        }
    }

    /**
     * As {@link #advanceUntil}, where calls beside the passes hang meanwhile: nobody waits for those.
     *
     * @param hanging whether all that hang do so
     */
    public void advanceUntilBeside(String what, BooleanSupplier hanging, BooleanSupplier condition) {
        stopped = () -> hanging.getAsBoolean()
                && operator.passes().running() == 0
                && operator.inventory().idle()
                && scheduler.idle()
                && nothingDelivered()
                && caughtUp();
        try {
            advanceUntil(what, condition);
        } finally {
            stopped = () -> false;
        }
    }

    /** Lets time pass, event by event. */
    public void advanceBy(Duration duration) {
        Instant end = now().plus(duration);
        settle();
        while (true) {
            Optional<Instant> next = nextDue().filter(due -> !due.isAfter(end));
            turnTo(next.orElse(end));
            settleByItself();
            if (next.isEmpty()) {
                return;
            }
        }
    }

    /** The operator's clock is set to another time, and AWS's is not. */
    public void setOperatorClock(Duration later) {
        time = time.set(now(), later);
        scheduler.set(later);
    }

    /** From now on the operator's clock goes on by some seconds while AWS's goes on by others. */
    public void paceOperatorClock(long seconds, long inSeconds) {
        time = time.paced(now(), seconds, inSeconds);
    }

    /** The operator's clock shows what AWS's does, and keeps pace with it. */
    public void correctOperatorClock() {
        paceOperatorClock(1, 1);
        setOperatorClock(Duration.between(time.at(now()), now()));
    }

    private Optional<Instant> nextDue() {
        return Stream.concat(simulatorClock.nextDue().stream(), scheduler.nextDue().map(time::whenItShows).stream())
                .min(Instant::compareTo);
    }

    private void turnTo(Instant instant) {
        simulatorClock.advanceTo(instant);
        scheduler.advanceTo(time.at(instant));
    }

    /** Waits, on the wall, until everything that is due now has been done. An operator that {@linkplain Crash crashed} is started anew. */
    public void settle() {
        caughtUpAt = WriteCount.UNKNOWN;
        looks.forget();
        settleByItself();
    }

    /** As {@link #settle}; what was written past this harness since it last came to rest is not waited for. */
    private void settleByItself() {
        rest();
        while (operator != null && life.over) {
            restartOperator();
            rest();
        }
    }

    private void rest() {
        if (isSettled()) {
            // Most steps are over at once, and need not be waited for.
            return;
        }
        try {
            // A crash is an uncaught error of a thread of the operator, and meant to be.
            Awaitility.await()
                    .dontCatchUncaughtExceptions()
                    .atMost(WALL_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(this::isSettled);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("does not come to rest" + describe(), e);
        }
    }

    private boolean isSettled() {
        return (operator != null && life.over) || stopped.getAsBoolean() || atRest();
    }

    private boolean atRest() {
        turnTo(now());
        if (operator == null) {
            return true;
        }
        // Twice: the pass that has caught up may have placed a task, and may not have begun when that was looked at
        // first.
        return nothingIsUnderWay() && caughtUp() && nothingIsUnderWay();
    }

    private boolean nothingIsUnderWay() {
        return operator.idle() && scheduler.idle() && nothingDelivered();
    }

    private boolean caughtUp() {
        return proxy.filter(KubeProxy::disturbing)
                .map(disturbed ->
                        new Belief(disturbed, operator).caughtUp(objects().toList()))
                .orElseGet(this::caughtUpWithTheTruth);
    }

    /** Every object was passed over in the version the API server has now. */
    private boolean caughtUpWithTheTruth() {
        long before = api.writesSoFar();
        if (caughtUpAt == before) {
            // Most steps of a story change nothing in the cluster, and then there is nothing to list.
            return true;
        }
        boolean caughtUp = objects()
                .filter(object -> !isLetGo(object))
                .allMatch(object -> operator.passes()
                        .lastVersion(object.getMetadata().getUid())
                        .filter(object.getMetadata().getResourceVersion()::equals)
                        .isPresent());
        caughtUpAt = caughtUp ? before : WriteCount.UNKNOWN;
        return caughtUp;
    }

    /** A look at an object that is gone reaches nobody: JOSDK drops it. */
    private boolean nothingDelivered() {
        if (proxy.filter(KubeProxy::disturbing).isPresent()) {
            return new Belief(proxy.get(), operator).nothingDelivered();
        }
        return operator.delivered().stream()
                        .map(id -> endpoint(id.getNamespace().orElseThrow(), id.getName()))
                        .allMatch(object -> object == null || isLetGo(object))
                && operator.deliveredPolicies().stream()
                        .map(id -> policy(id.getNamespace().orElseThrow(), id.getName()))
                        .allMatch(object -> object == null || isLetGo(object))
                && operator.deliveredIdentities().stream()
                        .map(id -> identity(id.getName()))
                        .allMatch(object -> object == null || isLetGo(object));
    }

    /** We took our finalizer off; what others still do with the object is no business of the operator's. */
    private static boolean isLetGo(HasMetadata object) {
        return object.isMarkedForDeletion() && !object.hasFinalizer(Pilotlight.FINALIZER);
    }

    private Stream<HasMetadata> objects() {
        Stream<HasMetadata> endpoints =
                api.admin().resources(ServerlessEndpoint.class).inAnyNamespace().list().getItems().stream()
                        .map(HasMetadata.class::cast);
        Stream<HasMetadata> identities = api.admin().resources(AWSIdentity.class).list().getItems().stream()
                .map(HasMetadata.class::cast);
        Stream<HasMetadata> policies =
                api.admin().resources(WarmPolicy.class).inAnyNamespace().list().getItems().stream()
                        .map(HasMetadata.class::cast);
        return Stream.of(endpoints, policies, identities).flatMap(objects -> objects);
    }

    // ---- what a story looks at

    public KubeApi api() {
        return api;
    }

    /** What is between operator and API server, where the story asked for it. */
    public KubeProxy proxy() {
        return proxy.orElseThrow();
    }

    public Simulator simulator() {
        return simulator;
    }

    /** The account in other hands. */
    public AwsConsole console() {
        return console;
    }

    public PilotlightOperator operator() {
        return operator;
    }

    public ServerlessEndpoint endpoint(String namespace, String name) {
        return look(ServerlessEndpoint.class, namespace, name);
    }

    public WarmPolicy policy(String namespace, String name) {
        return look(WarmPolicy.class, namespace, name);
    }

    private <T extends HasMetadata> T look(Class<T> kind, String namespace, String name) {
        return looks.at(
                kind,
                namespace,
                name,
                () -> api.admin()
                        .resources(kind)
                        .inNamespace(namespace)
                        .withName(name)
                        .get());
    }

    public AWSIdentity identity(String name) {
        return looks.at(
                AWSIdentity.class,
                "",
                name,
                () -> api.admin().resources(AWSIdentity.class).withName(name).get());
    }

    public static Optional<Condition> condition(List<Condition> conditions, String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /** AWS requests of the operator by operation, since the last {@link #forgetCalls()}. */
    public Map<String, Long> calls() {
        Map<String, Long> counts = new TreeMap<>();
        for (AwsCall call : calls) {
            counts.merge(call.operation(), 1L, Long::sum);
        }
        return counts;
    }

    /** All names, tags and values of the present operator's metrics, as text. */
    public String metrics() {
        return registry.getMetersAsString();
    }

    /** Sum of a gauge of the present operator over all its tags. */
    public double gauge(String name) {
        return registry.find(name).gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    /** Mutating AWS requests of the operator since the last {@link #forgetCalls()}. */
    public List<String> mutations() {
        return calls.stream().filter(AwsCall::mutating).map(AwsCall::operation).toList();
    }

    /** The operator's AWS requests since the last {@link #forgetCalls()}, oldest first. */
    public List<AwsCall> requests() {
        return List.copyOf(calls);
    }

    /** Operations that the operator's own rate limiter held back, once for each time. */
    public List<String> held() {
        return List.copyOf(held);
    }

    public void forgetCalls() {
        calls.clear();
    }

    private String describe() {
        StringBuilder text = new StringBuilder("\n  now ").append(now());
        api.admin()
                .resources(ServerlessEndpoint.class)
                .inAnyNamespace()
                .list()
                .getItems()
                .forEach(endpoint -> text.append("\n  ")
                        .append(endpoint.getMetadata().getNamespace())
                        .append('/')
                        .append(endpoint.getMetadata().getName())
                        .append(" version ")
                        .append(endpoint.getMetadata().getResourceVersion())
                        .append(" seen ")
                        .append(
                                operator == null
                                        ? "-"
                                        : operator.passes()
                                                .lastVersion(
                                                        endpoint.getMetadata().getUid())
                                                .orElse("-"))
                        .append(' ')
                        .append(endpoint.getStatus()));
        text.append("\n  calls ").append(calls());
        if (operator != null) {
            text.append("\n  passes running ")
                    .append(operator.passes().running())
                    .append(" delivered ")
                    .append(operator.delivered())
                    .append(" idle ")
                    .append(operator.idle())
                    .append(" scheduler idle ")
                    .append(scheduler.idle());
        }
        return text.toString();
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        console.close();
        simulator.close();
        client.close();
        proxy.ifPresent(KubeProxy::close);
        cleanUp();
    }

    /** The API server is shared: the next story must not find this one's objects, and nobody is left to remove the finalizers. */
    private void cleanUp() {
        List<HasMetadata> left = new ArrayList<>(objects().toList());
        for (HasMetadata object : left) {
            api.admin().resource(object).edit(o -> {
                o.getMetadata().setFinalizers(List.of());
                return o;
            });
            api.admin().resource(object).delete();
        }
    }
}
