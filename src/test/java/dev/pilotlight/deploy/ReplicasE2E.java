package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pilotlight.demo.SimulatedAccount;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.ProgramRun;
import dev.pilotlight.testing.RealApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the packaged operator, as the shipped Deployment runs them, with the rights it gives them. */
@RealApiServer
class ReplicasE2E {
    private static final String NAMESPACE = "replicas";

    /** Longer than a graceful end takes, shorter than the 30 s after which Kubernetes kills. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private PackagedPrograms programs;
    private SimulatedAccount aws;
    private ProgramTeam team;

    @BeforeEach
    void start(KubeApi api) {
        programs = PackagedPrograms.start(api, folder);
        aws = programs.aws();
        team = new ProgramTeam(api, aws, NAMESPACE);
    }

    @AfterEach
    void stop() {
        programs.close();
    }

    @Test
    void theWorkOfALeaderThatEndsOrDiesIsTakenUpWhereItWas() throws Exception {
        try (ProgramRun first = replica("first");
                ProgramRun second = leaderThenStandby(first)) {
            healthAndMetricsAnswer(first, second);
            team.apply(2048);
            awaitCalls(first, "CreateEndpoint", 1);

            long told = System.nanoTime();
            first.signal("TERM");
            ProgramRun.Ended ended = first.awaitEnd();

            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(GRACE);
            assertThat(ended.out()).contains("operator stopped").doesNotContain(" ERROR ");
            second.awaitLine("leads");
            team.awaitReady();
            assertThat(mutations())
                    .containsExactlyInAnyOrder("CreateModel 1", "CreateEndpointConfig 1", "CreateEndpoint 1");

            try (ProgramRun third = replica("third")) {
                third.awaitLine("operator started");
                team.apply(3072);
                awaitCalls(second, "CreateModel", 2);
                second.signal("KILL");

                third.awaitLine("leads");
                team.awaitReady();
                assertThat(aws.hostingResources())
                        .as("two models and their configs, one endpoint, no preview")
                        .isEqualTo(5);
                assertThat(mutations()).contains("UpdateEndpoint 1", "DeleteEndpoint 1", "DeleteEndpointConfig 1");
                assertThat(requests())
                        .as(
                                "ten, and once more the model and the config whose making died with its leader: AWS refuses those")
                        .isBetween(10L, 12L);

                team.kubectl("delete", "sep", "sentiment", "-n", NAMESPACE, "--timeout=60s");
                assertThat(aws.hostingResources()).isZero();
                team.kubectl("delete", "awsid", NAMESPACE, "--timeout=60s");
            }
        }
    }

    private ProgramRun leaderThenStandby(ProgramRun leader) {
        leader.awaitLine("first_");
        leader.awaitLine("leads");
        ProgramRun standby = replica("second");
        standby.awaitLine("operator started");
        return standby;
    }

    private ProgramRun replica(String name) {
        return programs.operator(
                NAMESPACE, Map.of("POD_NAME", name, "POD_NAMESPACE", "pilotlight-system"), "--leader-election");
    }

    private void healthAndMetricsAnswer(ProgramRun leader, ProgramRun standby) {
        for (ProgramRun replica : List.of(leader, standby)) {
            URI address = address(replica);
            for (String probe : List.of("started", "live", "ready")) {
                assertThat(get(address.resolve("/q/health/" + probe)).statusCode())
                        .as(probe)
                        .isEqualTo(200);
            }
            assertThat(get(address.resolve("/q/metrics")).body())
                    .contains(
                            "pilotlight_oldest_unreconciled_seconds",
                            "pilotlight_passes_total",
                            "pilotlight_passes_failed_total",
                            "pilotlight_inventory_lists_total",
                            "pilotlight_inventory_describes_total",
                            "pilotlight_inventory_followed");
        }
        assertThat(leaseHolder()).as("one leads, both are ready").startsWith("first_");
    }

    private static URI address(ProgramRun replica) {
        String line = replica.awaitLine("Listening on: ");
        return URI.create("http://127.0.0.1:" + line.substring(line.lastIndexOf(':') + 1));
    }

    private HttpResponse<String> get(URI address) {
        try {
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(address + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String leaseHolder() {
        return team.kubectl(
                "get", "lease", "pilotlight", "-n", "pilotlight-system", "-o", "jsonpath={.spec.holderIdentity}");
    }

    private void awaitCalls(ProgramRun leader, String operation, long count) {
        try {
            await(operation)
                    .atMost(ProgramTeam.LIMIT)
                    .until(() -> aws.calls().getOrDefault("sagemaker." + operation, 0L) == count);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no " + operation + "; the leader said:\n" + leader.output(), e);
        }
    }

    private List<String> mutations() {
        return aws.calls().entrySet().stream()
                .filter(call -> call.getKey().matches("sagemaker\\.(Create|Update|Delete|Add).*"))
                .map(call -> call.getKey().substring("sagemaker.".length()) + " " + call.getValue())
                .toList();
    }

    private long requests() {
        return mutations().stream()
                .mapToLong(mutation -> Long.parseLong(mutation.replaceFirst(".* ", "")))
                .sum();
    }
}
