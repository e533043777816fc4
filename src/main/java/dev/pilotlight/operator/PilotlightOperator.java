package dev.pilotlight.operator;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.identity.IdentityDecider;
import dev.pilotlight.domain.time.Scheduler;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.operator.cost.BundledPrices;
import dev.pilotlight.operator.cost.Prices;
import dev.pilotlight.operator.endpoint.EndpointController;
import dev.pilotlight.operator.endpoint.NamespaceShares;
import dev.pilotlight.operator.health.Passes;
import dev.pilotlight.operator.identity.AWSIdentityReconciler;
import dev.pilotlight.operator.identity.InventoryAccess;
import dev.pilotlight.operator.kube.ClusterIds;
import dev.pilotlight.operator.kube.Definitions;
import dev.pilotlight.operator.kube.EventRecorder;
import dev.pilotlight.operator.kube.Finalizers;
import dev.pilotlight.operator.kube.FreshRead;
import dev.pilotlight.operator.kube.ServedKinds;
import dev.pilotlight.operator.kube.StatusWriter;
import dev.pilotlight.operator.leader.AlwaysLeading;
import dev.pilotlight.operator.leader.Leadership;
import dev.pilotlight.operator.leader.LeaseLeadership;
import dev.pilotlight.operator.metrics.OperatorMetrics;
import dev.pilotlight.operator.orphans.OrphanWatch;
import dev.pilotlight.operator.orphans.Owners;
import dev.pilotlight.operator.time.LookEventSource;
import dev.pilotlight.operator.warm.WarmController;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator as one object: production, tests and fault injection all start this, with other ports. It holds no static state, so that a
 * process can start, stop and start it again.
 */
public final class PilotlightOperator implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PilotlightOperator.class);

    private static final Duration API_SERVER_COMES_UP = Duration.ofSeconds(30);

    private static final Duration EVENTS_FLUSHED_WITHIN = Duration.ofSeconds(1);

    /** Many endpoints that change at once are one change of what their identity is used for. */
    private static final Duration USAGE_SETTLES = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Operator operator;
    private final Optional<LeaseLeadership> lease;
    private final Inventory inventory;
    private final EventRecorder eventRecorder;
    private final ExecutorService slowCalls;
    private final EndpointController endpoints;
    private final AWSIdentityReconciler identities;
    private final OrphanWatch orphans;
    private final WarmController policies;
    private final Passes passes;
    private final LookEventSource<AWSIdentity> identityLooks;
    private final String clusterID;
    private final OperatorSettings settings;
    private final OperatorMetrics metrics;

    /**
     * @param client talks to the cluster; stays open when the operator closes
     * @param sessions the way to AWS
     * @param scheduler the operator's clock and timer
     * @param onLost called when another replica took the lead; ends the process
     */
    public PilotlightOperator(
            KubernetesClient client,
            OperatorSettings settings,
            AwsSessions sessions,
            Scheduler scheduler,
            OperatorMetrics metrics,
            Runnable onLost) {
        this.client = client;
        this.settings = settings;
        this.metrics = metrics;
        clusterID = ClusterIds.resolve(client, settings.clusterID());
        passes = new Passes(scheduler.clock());
        inventory = new Inventory(sessions, scheduler, settings.inventory());
        eventRecorder = new EventRecorder(client, settings.instance(), InstantSource.system());
        // Bounded by what is handed to it, so that no hung call takes the thread of another namespace.
        slowCalls = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("pilotlight-slow-", 0).factory());
        lease = settings.lease()
                .map(l -> new LeaseLeadership(client, l, settings.instance(), inventory::start, onLost));
        Leadership leadership = lease.<Leadership>map(l -> l).orElseGet(AlwaysLeading::new);
        StatusWriter statusWriter = new StatusWriter(client, settings.policy().safeguards(), leadership::assertLeading);
        Finalizers finalizers = new Finalizers(client);
        identityLooks = new LookEventSource<>("look", scheduler, this::gone);
        FreshRead freshRead = new FreshRead(client, settings.policy().safeguards());
        endpoints = new EndpointController(new EndpointController.Parts(
                clusterID,
                settings.policy(),
                sessions,
                inventory,
                scheduler,
                leadership,
                statusWriter,
                finalizers,
                freshRead,
                new Definitions(client),
                eventRecorder,
                passes,
                settings.inventory().slowPeriod(),
                slowCalls,
                settings.slowCallsPerNamespace(),
                settings.slowCalls(),
                RandomGenerator.getDefault(),
                this::meter,
                identity -> identityLooks.lookAt(
                        new ResourceID(identity), scheduler.clock().instant().plus(USAGE_SETTLES))));
        orphans = new OrphanWatch(
                clusterID, settings.namespaces(), endpoints::nobodys, new Owners(client), scheduler, slowCalls);
        identities = new AWSIdentityReconciler(
                new IdentityDecider(
                        clusterID,
                        settings.isolationRequired(),
                        settings.policy().stallAfter()),
                sessions,
                new InventoryAccess(clusterID, inventory),
                endpoints.neighbours()::usersOf,
                endpoints::usage,
                identity -> freshRead.usersOf(identity, settings.namespaces()),
                statusWriter,
                finalizers,
                identityLooks,
                passes,
                scheduler.clock());
        NamespaceShares shares = new NamespaceShares(slowCalls, settings.slowCallsPerNamespace(), settings.slowCalls());
        policies = new WarmController(new WarmController.Parts(
                settings.policy().stallAfter(),
                sessions,
                inventory,
                scheduler,
                statusWriter,
                finalizers,
                eventRecorder,
                passes,
                metrics,
                new Prices(BundledPrices.read(), sessions, shares::execute, scheduler.clock()),
                shares,
                endpoints::session));
        operator = new Operator(configuration -> {
            configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withConcurrentReconciliationThreads(settings.reconcileThreads())
                    .withReconciliationTerminationTimeout(settings.shutdownGrace())
                    .withStopOnInformerErrorDuringStartup(true);
            lease.ifPresent(l -> l.configure(configuration));
        });
        operator.register(endpoints.reconciler(), this::inNamespaces);
        operator.register(policies.reconciler(), this::inNamespaces);
        operator.register(identities);
        metrics.watch(passes);
        metrics.watch(inventory);
    }

    private void gone(AWSIdentity identity) {
        identities.gone(identity);
    }

    private void meter(Location location) {
        orphans.watch(location);
        metrics.watch(
                location,
                () -> endpoints.usage(location),
                () -> endpoints.foreignUsage(location),
                () -> orphans.count(location),
                () -> endpoints.quotas(location));
    }

    private <P extends HasMetadata> void inNamespaces(ControllerConfigurationOverrider<P> controller) {
        if (!settings.namespaces().isEmpty()) {
            controller.settingNamespaces(settings.namespaces());
        }
    }

    /** Starts the watches, and the controllers as soon as this replica leads. Returns when the watches have caught up. */
    public void start() {
        ServedKinds.await(
                client, List.of(AWSIdentity.class, ServerlessEndpoint.class, WarmPolicy.class), API_SERVER_COMES_UP);
        operator.start();
        if (lease.isEmpty()) {
            inventory.start();
        }
        log.info(
                "operator started cluster={} namespaces={}",
                clusterID,
                settings.namespaces().isEmpty() ? "all" : settings.namespaces());
    }

    /** Ends passes under way within the grace period, gives the Lease back, and leaves AWS and the cluster as they are. */
    @Override
    public void close() {
        lease.ifPresent(LeaseLeadership::stopping);
        inventory.stop();
        operator.stop();
        // JOSDK leaves it running, and with it everything that this operator knew.
        operator.getConfigurationService()
                .getExecutorServiceManager()
                .scheduledExecutorService()
                .shutdownNow();
        policies.stop();
        slowCalls.shutdownNow();
        flushEvents();
        eventRecorder.close();
        lease.ifPresent(LeaseLeadership::release);
        log.info("operator stopped");
    }

    private void flushEvents() {
        try {
            eventRecorder.flush(EVENTS_FLUSHED_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Book of passes, for health and for harnesses. */
    public Passes passes() {
        return passes;
    }

    public Inventory inventory() {
        return inventory;
    }

    public String clusterID() {
        return clusterID;
    }

    /** ServerlessEndpoints whose reconcile was asked for and has not begun; for harnesses. */
    public Set<ResourceID> delivered() {
        return endpoints.delivered();
    }

    /** WarmPolicies whose reconcile was asked for and has not begun; for harnesses. */
    public Set<ResourceID> deliveredPolicies() {
        return policies.delivered();
    }

    /** AWSIdentities whose reconcile was asked for and has not begun; for harnesses. */
    public Set<ResourceID> deliveredIdentities() {
        return identityLooks.delivered();
    }

    /** Nothing runs beside the passes: no poll, no validation, no event on its way. */
    public boolean idle() {
        return passes.running() == 0
                && inventory.idle()
                && endpoints.idle()
                && policies.idle()
                && orphans.idle()
                && eventRecorder.idle();
    }
}
