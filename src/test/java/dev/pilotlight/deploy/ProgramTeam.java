package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pilotlight.demo.SimulatedAccount;
import dev.pilotlight.demo.SimulatedTeam;
import dev.pilotlight.testing.KubeApi;
import java.time.Duration;

/** A team with one endpoint, {@code sentiment}, that a packaged operator looks after. */
final class ProgramTeam {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final KubeApi api;
    private final SimulatedAccount aws;
    private final String namespace;

    ProgramTeam(KubeApi api, SimulatedAccount aws, String namespace) {
        this.api = api;
        this.aws = aws;
        this.namespace = namespace;
    }

    /** Ready for the spec as it is, and nothing left to do. */
    void awaitReady() {
        await("Ready for this generation").atMost(LIMIT).until(() -> {
            String[] says = kubectl(
                            "get",
                            "sep",
                            "sentiment",
                            "-n",
                            namespace,
                            "-o",
                            "jsonpath={.metadata.generation} {.status.conditions[?(@.type==\"Ready\")].observedGeneration}"
                                    + " {.status.conditions[?(@.type==\"Ready\")].status}"
                                    + " {.status.revision.desired} {.status.revision.deployed}")
                    .split(" ", -1);
            return says.length == 5
                    && says[0].equals(says[1])
                    && says[2].equals("True")
                    && says[3].equals(says[4])
                    && aws.hostingResources() <= 3 + 2 * (Integer.parseInt(says[0]) - 1);
        });
    }

    void apply(int memory) {
        KubeApi.Kubectl applied = api.kubectlWithInput(
                SimulatedTeam.manifest(namespace) + "---\n" + SimulatedTeam.endpoint(namespace, "sentiment", memory),
                "apply",
                "--server-side",
                "-f",
                "-");
        assertThat(applied.exitCode()).as(applied.err()).isZero();
    }

    String kubectl(String... arguments) {
        KubeApi.Kubectl done = api.kubectl(arguments);
        assertThat(done.exitCode())
                .as("kubectl %s: %s", String.join(" ", arguments), done.err())
                .isZero();
        return done.out().strip();
    }
}
