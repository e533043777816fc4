package dev.pilotlight.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leadership by a Lease. JOSDK's election acquires and renews it; before each mutating AWS call the Lease is read again, uncached, and
 * must name this process and not have run out.
 *
 * <p>How it plugs in:
 *
 * <pre>{@code
 * var leadership = new LeaseLeadership(client, LeaseSettings.standard(namespace, "pilotlight"), podName, inventory::start, () -> exit(1));
 * var operator = new Operator(config -> leadership.configure(config.withKubernetesClient(client)));
 * operator.start();
 * ...
 * leadership.stopping();   // first thing on SIGTERM
 * operator.stop();
 * leadership.release();    // a successor need not wait for the Lease to run out
 * }</pre>
 *
 * <p>Leadership that was lost does not come back in this process: informers and looks of the old reign are still about, so the process
 * ends and its successor starts clean. JOSDK is told not to exit by itself, because in this version it would do so inside the shutdown
 * hook as well, which never returns; {@code onLost} does it, and only outside a shutdown.
 *
 * <p>Needs {@code get}, {@code create} and {@code update} on the Lease; JOSDK looks these rights up when it starts.
 */
public final class LeaseLeadership implements Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseLeadership.class);
    private static final int RANDOM_BYTES = 4;

    private enum State {
        STANDBY,
        LEADING,
        LOST,
        STOPPING
    }

    private final KubernetesClient client;
    private final LeaseSettings settings;
    private final String identity;
    private final Runnable onStarted;
    private final Runnable onLost;
    private final InstantSource wallClock;
    private final AtomicReference<State> state = new AtomicReference<>(State.STANDBY);

    /**
     * @param podName of this replica; a random suffix is added, so that a restarted container is not mistaken for itself
     * @param onStarted called when this process has become the leader, on a thread of the election
     * @param onLost ends the process; called on a thread of the election, once, and not while the process is {@link #stopping()}
     */
    public LeaseLeadership(
            KubernetesClient client, LeaseSettings settings, String podName, Runnable onStarted, Runnable onLost) {
        this(client, settings, podName + "_" + random(), onStarted, onLost, InstantSource.system());
    }

    /** The wall clock, whatever clock the operator runs on: the election writes renewal times by the wall. */
    LeaseLeadership(
            KubernetesClient client,
            LeaseSettings settings,
            String identity,
            Runnable onStarted,
            Runnable onLost,
            InstantSource wallClock) {
        this.client = client;
        this.settings = settings;
        this.identity = identity;
        this.onStarted = onStarted;
        this.onLost = onLost;
        this.wallClock = wallClock;
    }

    /** What the Lease names while this process leads. */
    public String identity() {
        return identity;
    }

    /** Adds the election to an operator's configuration. */
    public ConfigurationServiceOverrider configure(ConfigurationServiceOverrider configuration) {
        return configuration.withLeaderElectionConfiguration(election());
    }

    /** JOSDK's builder would do as well, but offers the switch against exiting only in a method marked for removal. */
    @SuppressWarnings("deprecation")
    LeaderElectionConfiguration election() {
        boolean exitOnStopLeading = false;
        return new LeaderElectionConfiguration(
                settings.name(),
                settings.namespace(),
                settings.duration(),
                settings.renewDeadline(),
                settings.retryPeriod(),
                identity,
                new LeaderCallbacks(this::started, this::stopped, LeaseLeadership::announced),
                exitOnStopLeading);
    }

    @Override
    public boolean leading() {
        return state.get() == State.LEADING;
    }

    @Override
    public void assertLeading() {
        State now = state.get();
        if (now != State.LEADING) {
            throw new NotLeading(identity + " does not lead: " + now);
        }
        Lease lease;
        try {
            lease = lease();
        } catch (KubernetesClientException e) {
            throw new NotLeading("cannot read Lease " + settings.namespace() + "/" + settings.name(), e);
        }
        LeaseSpec spec = lease == null ? null : lease.getSpec();
        if (spec == null || !identity.equals(spec.getHolderIdentity())) {
            throw new NotLeading("Lease " + settings.namespace() + "/" + settings.name() + " is held by "
                    + (spec == null ? "nobody" : spec.getHolderIdentity()) + ", not by " + identity);
        }
        if (!valid(spec)) {
            throw new NotLeading("Lease " + settings.namespace() + "/" + settings.name() + " of " + identity
                    + " ran out: renewed " + spec.getRenewTime());
        }
    }

    /** The process is about to end: from now on it mutates nothing, and losing the Lease is no news. */
    public void stopping() {
        state.set(State.STOPPING);
    }

    /** Gives the Lease up if this process holds it, so that a successor may take it at once. Call after the operator has stopped. */
    public void release() {
        stopping();
        try {
            Lease lease = lease();
            if (lease == null
                    || lease.getSpec() == null
                    || !identity.equals(lease.getSpec().getHolderIdentity())) {
                return;
            }
            lease.getSpec().setHolderIdentity("");
            lease.getSpec().setLeaseDurationSeconds(1);
            lease.getSpec()
                    .setRenewTime(
                            wallClock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC));
            // An update with the resourceVersion that was read: whoever took the Lease meanwhile keeps it.
            client.resource(lease).update();
        } catch (KubernetesClientException e) {
            LOG.info("Lease not released, it runs out by itself: {}", e.getMessage());
        }
    }

    private Lease lease() {
        return client.leases()
                .inNamespace(settings.namespace())
                .withName(settings.name())
                .get();
    }

    private boolean valid(LeaseSpec spec) {
        if (spec.getRenewTime() == null || spec.getLeaseDurationSeconds() == null) {
            return false;
        }
        Instant end = spec.getRenewTime().toInstant().plusSeconds(spec.getLeaseDurationSeconds());
        return end.isAfter(wallClock.instant());
    }

    private void started() {
        // Only from standby: a late callback must not undo that leadership was lost or given up.
        if (state.compareAndSet(State.STANDBY, State.LEADING)) {
            LOG.info("{} leads", identity);
            onStarted.run();
        }
    }

    /** The election calls this more than once, and also at a shutdown and for a standby. */
    private void stopped() {
        if (state.compareAndSet(State.LEADING, State.LOST)) {
            LOG.warn("{} leads no longer", identity);
            onLost.run();
        }
    }

    private static void announced(String holder) {
        LOG.info("leader is {}", holder);
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
