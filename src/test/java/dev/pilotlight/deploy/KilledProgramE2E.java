package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pilotlight.demo.SimulatedAccount;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.ProgramRun;
import dev.pilotlight.testing.RealApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged operator is killed, as the kernel does it that has no memory left, and started again (F33). */
@RealApiServer
class KilledProgramE2E {
    private static final String NAMESPACE = "killed";
    /** Old revisions whose model and endpoint config stay in AWS. */
    private static final int HISTORY = 3;

    @TempDir
    Path folder;

    private PackagedPrograms programs;
    private SimulatedAccount aws;
    private ProgramTeam team;
    private ProgramRun operator;

    @BeforeEach
    void start(KubeApi api) {
        programs = PackagedPrograms.start(api, folder);
        aws = programs.aws();
        team = new ProgramTeam(api, aws, NAMESPACE);
        operator = operator();
    }

    @AfterEach
    void stop() {
        operator.close();
        programs.close();
    }

    @Test
    void whereverItIsKilledTheNextOneComesToTheSameEndAndLeavesNothing() {
        team.apply(2048);
        killAfter("CreateEndpointConfig");
        restart();
        atRest(3);

        // A rollout makes a model, a preview with its config, updates the endpoint, and takes the preview away.
        List<String> operations = List.of("CreateModel", "CreateEndpoint", "UpdateEndpoint", "DeleteEndpoint");
        for (int rollout = 1; rollout <= operations.size(); rollout++) {
            team.apply(2048 + 1024 * rollout);
            killAfter(operations.get(rollout - 1));
            restart();
            atRest(3 + 2 * Math.min(rollout, HISTORY));
        }

        aws.forgetCalls();
        team.kubectl("delete", "sep", "sentiment", "-n", NAMESPACE, "--wait=false");
        killAfter("DeleteEndpoint");
        assertThat(team.kubectl("get", "sep", "-n", NAMESPACE, "-o", "name"))
                .as("kept by its finalizer")
                .isNotEmpty();
        restart();
        team.kubectl("wait", "--for=delete", "sep/sentiment", "-n", NAMESPACE, "--timeout=60s");
        assertThat(aws.hostingResources()).isZero();
        team.kubectl("delete", "awsid", NAMESPACE, "--timeout=60s");
    }

    /** Kills it as soon as AWS has heard of one more such call, whatever it is at by then. */
    private void killAfter(String operation) {
        try {
            await(operation).atMost(ProgramTeam.LIMIT).until(() -> calls(operation) > 0);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no " + operation + "; the operator said:\n" + operator.output(), e);
        }
        operator.signal("KILL");
        assertThat(operator.awaitEnd().exitCode()).as("128 and SIGKILL").isEqualTo(137);
    }

    private long calls(String operation) {
        return aws.calls().getOrDefault("sagemaker." + operation, 0L);
    }

    private void restart() {
        operator = operator();
    }

    /** Ready for its spec, and AWS has the endpoint, and model and config of each revision that is kept, and no more. */
    private void atRest(int resources) {
        try {
            team.awaitReady();
            await(resources + " resources in AWS")
                    .atMost(ProgramTeam.LIMIT)
                    .until(() -> aws.hostingResources() == resources);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "AWS has " + aws.hostingResources() + "; the operator said:\n" + operator.output(), e);
        }
        aws.forgetCalls();
    }

    private ProgramRun operator() {
        return programs.operator(NAMESPACE, Map.of());
    }
}
