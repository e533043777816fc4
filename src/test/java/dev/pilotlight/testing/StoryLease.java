package dev.pilotlight.testing;

import dev.pilotlight.operator.OperatorSettings;
import dev.pilotlight.operator.leader.LeaseSettings;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;

/**
 * The Lease of one story, and what can happen to it past its holder. It is written whatever version it has: its holder renews it all the
 * time. Renewals are so far apart that a holder does not find out by itself within the story.
 */
public final class StoryLease implements AutoCloseable {
    private static final String NAMESPACE = "pilotlight-system";

    private final KubeApi api;
    private final String name;

    public StoryLease(KubeApi api, String name) {
        this.api = api;
        this.name = name;
    }

    /** An operator that leads by this lease. */
    public OperatorSettings holder(String identity) {
        return OperatorSettings.defaults()
                .withClusterID("test-cluster")
                .withLease(
                        identity,
                        new LeaseSettings(
                                NAMESPACE,
                                name,
                                Duration.ofSeconds(90),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(20)));
    }

    /** Somebody else holds it from now on. */
    public void isTaken() {
        write("{\"spec\": {\"holderIdentity\": \"usurper\"}}");
    }

    /** Nobody holds it any more, and the next one need not wait. */
    public void isFree() {
        write(
                "{\"spec\": {\"holderIdentity\": \"\", \"leaseDurationSeconds\": 1, \"renewTime\": \"2026-01-01T00:00:00.000000Z\"}}");
    }

    private void write(String patch) {
        api.admin().leases().inNamespace(NAMESPACE).withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /** The next story finds none. */
    @Override
    public void close() {
        api.admin().leases().inNamespace(NAMESPACE).withName(name).delete();
    }
}
