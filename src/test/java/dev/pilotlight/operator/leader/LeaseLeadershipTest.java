package dev.pilotlight.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class LeaseLeadershipTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final LeaseSettings SETTINGS = LeaseSettings.standard("pilotlight-system", "pilotlight");

    KubernetesMockServer server;
    KubernetesClient client;

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private LeaseLeadership leadership;
    private LeaderCallbacks election;

    @BeforeEach
    void standby() {
        leadership = new LeaseLeadership(
                client, SETTINGS, "pod-a_1", begun::incrementAndGet, lost::incrementAndGet, () -> NOW);
        election = leadership.election().getLeaderCallbacks().orElseThrow();
    }

    @Test
    void aStandbyMayNotMutateEvenIfTheLeaseNamesIt() {
        hold("pod-a_1", NOW);
        assertThat(leadership.leading()).isFalse();
        refuses("STANDBY");
    }

    @Test
    void aLeaderWithALeaseThatHoldsMayMutate() {
        hold("pod-a_1", NOW.minusSeconds(14));
        election.onStartLeading();
        assertThat(leadership.leading()).isTrue();
        assertThat(begun).hasValue(1);
        assertThatCode(leadership::assertLeading).doesNotThrowAnyException();
    }

    @Test
    void aLeaderWhoseLeaseRanOutMayNotMutateThoughNobodyTookIt() {
        hold("pod-a_1", NOW.minusSeconds(15));
        election.onStartLeading();
        refuses("ran out");
    }

    @Test
    void anOldLeaderThatHasNotNoticedYetMayNotMutate() {
        election.onStartLeading();
        hold("pod-b_2", NOW);
        assertThat(leadership.leading()).isTrue();
        refuses("held by pod-b_2");
    }

    @Test
    void aLeaderWithoutALeaseMayNotMutate() {
        election.onStartLeading();
        refuses("held by nobody");
    }

    @Test
    void aLeaderThatCannotReadTheLeaseMayNotMutate() {
        hold("pod-a_1", NOW);
        election.onStartLeading();
        server.expect()
                .get()
                .withPath("/apis/coordination.k8s.io/v1/namespaces/pilotlight-system/leases/pilotlight")
                .andReturn(403, null)
                .always();
        refuses("cannot read Lease");
    }

    @Test
    void leadershipThatWasLostEndsTheProcessOnceAndDoesNotComeBack() {
        hold("pod-a_1", NOW);
        election.onStartLeading();
        election.onStopLeading();
        election.onStopLeading();
        assertThat(lost).hasValue(1);
        election.onStartLeading();
        assertThat(begun).hasValue(1);
        assertThat(leadership.leading()).isFalse();
        refuses("LOST");
    }

    @Test
    void losingTheLeaseDuringAShutdownIsNoNews() {
        hold("pod-a_1", NOW);
        election.onStartLeading();
        leadership.stopping();
        election.onStopLeading();
        assertThat(lost).hasValue(0);
        refuses("STOPPING");
    }

    @Test
    void aStandbyThatStopsIsNoLoss() {
        election.onStopLeading();
        assertThat(lost).hasValue(0);
    }

    @Test
    void aReleasedLeaseIsFreeAtOnce() {
        hold("pod-a_1", NOW);
        election.onStartLeading();
        leadership.release();
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
        assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(1);
    }

    @Test
    void aLeaseOfAnotherIsNotReleased() {
        hold("pod-b_2", NOW);
        leadership.release();
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("pod-b_2");
    }

    @Test
    void replicasOfOnePodNameAreToldApart() {
        LeaseLeadership first =
                new LeaseLeadership(client, SETTINGS, "pod-a", begun::incrementAndGet, lost::incrementAndGet);
        LeaseLeadership second =
                new LeaseLeadership(client, SETTINGS, "pod-a", begun::incrementAndGet, lost::incrementAndGet);
        assertThat(first.identity()).startsWith("pod-a_").isNotEqualTo(second.identity());
    }

    @Test
    void theElectionNeverExitsByItself() {
        assertThat(leadership.election().isExitOnStopLeading()).isFalse();
        assertThat(leadership.election().getIdentity()).contains("pod-a_1");
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseSettings(
                        "ns", "name", Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(2)))
                .withMessageContaining("renewDeadline");
    }

    @Test
    void withoutAnElectionEverybodyLeads() {
        Leadership alone = new AlwaysLeading();
        assertThat(alone.leading()).isTrue();
        assertThatCode(alone::assertLeading).doesNotThrowAnyException();
    }

    private void refuses(String why) {
        assertThatExceptionOfType(NotLeading.class)
                .isThrownBy(leadership::assertLeading)
                .withMessageContaining(why);
    }

    private void hold(String holder, Instant renewed) {
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace("pilotlight-system")
                        .withName("pilotlight")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(holder)
                        .withLeaseDurationSeconds(15)
                        .withRenewTime(renewed.atZone(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .create();
    }

    private Lease lease() {
        return client.leases()
                .inNamespace("pilotlight-system")
                .withName("pilotlight")
                .get();
    }
}
