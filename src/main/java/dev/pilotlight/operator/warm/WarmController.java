package dev.pilotlight.operator.warm;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.time.Scheduler;
import dev.pilotlight.domain.warm.decision.WarmDecider;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.operator.cost.Prices;
import dev.pilotlight.operator.endpoint.NamespaceShares;
import dev.pilotlight.operator.health.Passes;
import dev.pilotlight.operator.kube.EventRecorder;
import dev.pilotlight.operator.kube.Finalizers;
import dev.pilotlight.operator.kube.StatusWriter;
import dev.pilotlight.operator.metrics.OperatorMetrics;
import dev.pilotlight.operator.time.LookEventSource;
import dev.pilotlight.operator.warm.coldstart.ColdStartReader;
import dev.pilotlight.operator.warm.forecast.ForecastRunner;
import dev.pilotlight.operator.warm.ping.KeepWarm;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Puts the parts of the WarmPolicy controller together. */
public final class WarmController {
    private final WarmPolicyReconciler reconciler;
    private final LookEventSource<WarmPolicy> looks;
    private final UseReader use;
    private final Prices prices;
    private final KeepWarm keepWarm;
    private final ColdStartReader coldStarts;
    private final ForecastRunner forecasts;

    /**
     * What the controller works with.
     *
     * @param stallAfter how long a missing endpoint is waited for before a person is asked
     * @param shares gives reads of CloudWatch their threads
     * @param readSession how an endpoint's namespace may read AWS; empty while it may not
     */
    public record Parts(
            Duration stallAfter,
            AwsSessions sessions,
            Inventory inventory,
            Scheduler scheduler,
            StatusWriter statusWriter,
            Finalizers finalizers,
            EventRecorder eventRecorder,
            Passes passes,
            OperatorMetrics metrics,
            Prices prices,
            NamespaceShares shares,
            Function<ServerlessEndpoint, Optional<SessionRequest>> readSession) {}

    public WarmController(Parts parts) {
        looks = new LookEventSource<>("look", parts.scheduler(), this::gone);
        use = new UseReader(
                parts.sessions(),
                parts.shares(),
                question -> looks.wake(new ResourceID(question.name(), question.namespace())),
                parts.scheduler().clock());
        prices = parts.prices();
        WarmNeighbours neighbours = new WarmNeighbours();
        keepWarm = new KeepWarm(
                parts.sessions(),
                parts.shares()::execute,
                parts.scheduler(),
                wish -> looks.wake(new ResourceID(wish.name(), wish.namespace())));
        coldStarts = new ColdStartReader(
                parts.sessions(),
                parts.shares()::execute,
                parts.scheduler(),
                subject -> looks.wake(new ResourceID(subject.name(), subject.namespace())),
                (uid, date) -> keepWarm.of(uid)
                        .map(pinged -> pinged.on(date, parts.scheduler().clock().instant())
                                .map(day -> new ColdStartReader.Pings(day.pings(), day.cold(), day.read()))
                                .orElse(ColdStartReader.Pings.NONE))
                        .orElse(ColdStartReader.Pings.NONE));
        forecasts = new ForecastRunner(
                parts.sessions(),
                parts.shares()::execute,
                parts.scheduler(),
                question -> looks.wake(new ResourceID(question.name(), question.namespace())));
        reconciler = new WarmPolicyReconciler(
                neighbours,
                new WarmGatherer(neighbours, use, forecasts, parts.readSession(), parts.inventory(), parts.prices()),
                new WarmDecider(parts.stallAfter()),
                parts.statusWriter(),
                parts.eventRecorder(),
                parts.finalizers(),
                new WarmMemories(),
                new WarmMeters(parts.metrics()),
                new WarmDuties(
                        keepWarm, coldStarts, neighbours, parts.readSession(), parts.inventory(), parts.metrics()),
                looks,
                parts.passes(),
                parts.scheduler().clock());
    }

    private void gone(WarmPolicy object) {
        reconciler.gone(object);
    }

    public WarmPolicyReconciler reconciler() {
        return reconciler;
    }

    /** Ends what runs beside the passes; the operator stops. */
    public void stop() {
        keepWarm.stop();
        coldStarts.stop();
        forecasts.stop();
    }

    /** Nothing is being read, and no ping is under way. */
    public boolean idle() {
        return use.idle() && keepWarm.idle() && coldStarts.idle() && forecasts.idle() && prices.idle();
    }

    /** Objects whose reconcile was asked for and has not begun. */
    public Set<ResourceID> delivered() {
        return looks.delivered();
    }
}
