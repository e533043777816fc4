package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.RegionUsage;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.endpoint.Policy;
import dev.pilotlight.domain.endpoint.PreviewQueue;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.preflight.Foreign;
import dev.pilotlight.domain.preflight.Quotas;
import dev.pilotlight.domain.preflight.Usage;
import dev.pilotlight.domain.time.Scheduler;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.inventory.Stranger;
import dev.pilotlight.operator.endpoint.Gathered.Access;
import dev.pilotlight.operator.health.Passes;
import dev.pilotlight.operator.kube.Definitions;
import dev.pilotlight.operator.kube.EventRecorder;
import dev.pilotlight.operator.kube.Finalizers;
import dev.pilotlight.operator.kube.FreshRead;
import dev.pilotlight.operator.kube.StatusWriter;
import dev.pilotlight.operator.leader.Leadership;
import dev.pilotlight.operator.time.LookEventSource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Puts the parts of the ServerlessEndpoint controller together. */
public final class EndpointController {
    private final ServerlessEndpointReconciler reconciler;
    private final Neighbours neighbours = new Neighbours();
    private final LookEventSource<ServerlessEndpoint> looks;
    private final ValidationRunner validations;
    private final Inspector inspector;
    private final UsageReader usage;
    private final Consumer<String> identityUse;
    private final Inventory inventory;
    private final PreviewSlots previewSlots;
    private final EndpointGatherer gatherer;
    private final Clock clock;

    /**
     * What the controller works with.
     *
     * @param imageTagPeriod between two looks at what an image's tag means
     * @param slowCalls has a thread for each validation and inspection that may run
     * @param slowCallsPerNamespace the most of each that one namespace may have at a time
     * @param slowCallsShared the most of each at a time, beyond the one that every namespace may have
     * @param places told once of every account and Region that endpoints are in
     * @param identityUse told of an identity whose endpoints may ask for more or less than before
     */
    public record Parts(
            String clusterID,
            Policy policy,
            AwsSessions sessions,
            Inventory inventory,
            Scheduler scheduler,
            Leadership leadership,
            StatusWriter statusWriter,
            Finalizers finalizers,
            FreshRead freshRead,
            Definitions definitions,
            EventRecorder eventRecorder,
            Passes passes,
            Duration imageTagPeriod,
            Executor slowCalls,
            int slowCallsPerNamespace,
            int slowCallsShared,
            RandomGenerator random,
            Consumer<Location> places,
            Consumer<String> identityUse) {}

    public EndpointController(Parts parts) {
        clock = parts.scheduler().clock();
        identityUse = parts.identityUse();
        inventory = parts.inventory();
        looks = new LookEventSource<>("look", parts.scheduler(), this::gone);
        Expectations expectations = new Expectations();
        validations = new ValidationRunner(
                shares(parts),
                expectations,
                (run, retry) -> looks.lookAt(
                        new ResourceID(run.name(), run.namespace()),
                        clock.instant().plus(retry)));
        inspector = new Inspector(
                shares(parts),
                parts.sessions(),
                (round, retry) -> looks.lookAt(
                        new ResourceID(round.name(), round.namespace()),
                        clock.instant().plus(retry)),
                clock);
        usage = new UsageReader(neighbours, inventory::strangers, parts.places());
        previewSlots = new PreviewSlots(parts.policy().previewSlots(), neighbours::previewing, clock);
        CallEvents events = new CallEvents(parts.eventRecorder());
        gatherer = new EndpointGatherer(
                new DesiredReader(parts.clusterID(), neighbours::demandOn, clock),
                neighbours::identity,
                new StandingReader(neighbours::namespaceLabels),
                parts.inventory(),
                expectations,
                validations,
                inspector,
                usage,
                previewSlots,
                new ImageTags(parts.sessions(), parts.imageTagPeriod(), clock),
                new ScalingReader(parts.sessions(), parts.imageTagPeriod(), clock));
        EndpointActor actor = new EndpointActor(
                parts.sessions(),
                parts.inventory(),
                validations,
                inspector,
                usage,
                parts.leadership(),
                events,
                previewSlots,
                parts.freshRead()::isOvertaken,
                clock);
        reconciler = new ServerlessEndpointReconciler(
                neighbours,
                gatherer,
                parts.policy(),
                actor,
                new EndpointReporter(parts.statusWriter(), events, validations, identityUse),
                parts.finalizers(),
                parts.definitions(),
                new EndpointMemories(),
                looks,
                new Backoff(parts.random()),
                parts.passes(),
                gathered -> gathered.access().ifPresent(access -> previewSlotIsFree(access.location())),
                clock);
        parts.inventory()
                .subscribe((location, endpointName) ->
                        neighbours.concernedBy(endpointName).forEach(id -> looks.lookAt(id, clock.instant())));
    }

    private static NamespaceShares shares(Parts parts) {
        return new NamespaceShares(parts.slowCalls(), parts.slowCallsPerNamespace(), parts.slowCallsShared());
    }

    /** Not at once: the watch has to show first that the slot is free. */
    private void previewSlotIsFree(Location location) {
        Instant soon = clock.instant().plusSeconds(1);
        previewSlots.next(location).forEach(id -> looks.lookAt(id, soon));
    }

    /** Nobody looks after the name in AWS any more, unless another object wants it too. */
    private void gone(ServerlessEndpoint object) {
        reconciler.gone(object);
        inspector.forget(object.getMetadata().getUid());
        usage.forget(object.getMetadata().getUid());
        identityUse.accept(object.getSpec().identityRef().name());
        ServerlessEndpointStatus status = object.getStatus();
        if (status == null || status.accountID() == null) {
            return;
        }
        if (PreviewQueue.holds(status)) {
            previewSlotIsFree(new Location(status.accountID(), status.region()));
        }
        if (neighbours.concernedBy(status.endpointName()).isEmpty()) {
            inventory.unwatch(new Location(status.accountID(), status.region()), status.endpointName());
        }
    }

    /** A session in which the endpoint's own namespace may read AWS; empty while its identity does not let it, or before it has a status. */
    public Optional<SessionRequest> session(ServerlessEndpoint object) {
        return Optional.ofNullable(object.getStatus())
                .flatMap(status -> gatherer.access(object, status))
                .map(Access::session);
    }

    public ServerlessEndpointReconciler reconciler() {
        return reconciler;
    }

    public Neighbours neighbours() {
        return neighbours;
    }

    /** No validation and no inspection is under way or waiting. */
    public boolean idle() {
        return validations.idle() && inspector.idle();
    }

    /** What the endpoints of an account and Region take, as far as this cluster knows. */
    public Usage usage(Location location) {
        return usage.of(location);
    }

    /** Endpoints of an account and Region that no object of this cluster wants, or has as its preview. */
    public List<Stranger> nobodys(Location location) {
        return usage.nobodys(location);
    }

    /** What other endpoints take there, as far as the inventory looked at them. */
    public Usage foreignUsage(Location location) {
        return usage.foreign(location).usage();
    }

    /**
     * What the endpoints behind an identity ask for, against the quotas of its account.
     *
     * @param reported what was reported last; a quota that was not read since the start stays as it was
     */
    public List<RegionUsage> usage(String identity, String accountID, List<RegionUsage> reported) {
        Map<String, RegionUsage> before =
                reported.stream().collect(Collectors.toMap(RegionUsage::region, Function.identity(), (a, b) -> a));
        List<RegionUsage> regions = new ArrayList<>();
        usage.askedByRegion(identity).forEach((region, sum) -> {
            Optional<RegionUsage> last = Optional.ofNullable(before.get(region));
            Location location = new Location(accountID, region);
            Optional<Quotas> quotas = quotas(location);
            Optional<Usage> others = others(location, last);
            Optional<Usage> all = others.map(usage.of(location)::plus);
            regions.add(new RegionUsage(
                    region,
                    sum.endpoints(),
                    sum.concurrency(),
                    sum.provisioned(),
                    quota(quotas.map(Quotas::endpoints), last.map(RegionUsage::endpointsQuota)),
                    quota(quotas.map(Quotas::totalConcurrency), last.map(RegionUsage::totalConcurrencyQuota)),
                    all.map(Usage::endpoints).orElse(null),
                    all.map(Usage::concurrency).orElse(null),
                    others.map(Usage::endpoints).orElse(null),
                    others.map(Usage::concurrency).orElse(null)));
        });
        return regions;
    }

    /** What is not this cluster's; after a start what was reported last, until all of it was looked at. */
    private Optional<Usage> others(Location location, Optional<RegionUsage> last) {
        Foreign foreign = usage.foreign(location);
        if (foreign.unknown() == 0 && inventory.listed(location)) {
            return Optional.of(foreign.usage());
        }
        return last.filter(known -> known.otherEndpoints() != null && known.otherTotalConcurrency() != null)
                .map(known -> new Usage(known.otherEndpoints(), known.otherTotalConcurrency(), 0));
    }

    private static Integer quota(Optional<OptionalInt> read, Optional<Integer> reported) {
        return read.filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .or(() -> reported)
                .orElse(null);
    }

    /** The quotas of an account and Region as last read; empty where no change has needed them yet. */
    public Optional<Quotas> quotas(Location location) {
        return inspector.quotas(location);
    }

    /** Objects whose reconcile was asked for and has not begun. */
    public Set<ResourceID> delivered() {
        return looks.delivered();
    }
}
