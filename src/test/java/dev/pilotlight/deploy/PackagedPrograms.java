package dev.pilotlight.deploy;

import dev.pilotlight.demo.SimulatedAccount;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.ProgramRun;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged simulator, and as many packaged operators beside it as a test starts, with the rights of the shipped install. */
final class PackagedPrograms implements AutoCloseable {
    private final Path folder;
    private final Path kubeConfig;
    private final ProgramRun simulator;
    private final URI address;
    private final SimulatedAccount aws;

    private PackagedPrograms(Path folder, Path kubeConfig, ProgramRun simulator) {
        this.folder = folder;
        this.kubeConfig = kubeConfig;
        this.simulator = simulator;
        this.address = URI.create(simulator.awaitLine("simulator listening on ").replaceFirst(".* ", ""));
        this.aws = new SimulatedAccount(address);
    }

    /** Starts a simulator whose endpoints are made in seconds. */
    static PackagedPrograms start(KubeApi api, Path folder) {
        return new PackagedPrograms(
                folder,
                api.operatorKubeConfig(folder),
                ProgramRun.pilotlight(
                        folder,
                        Map.of(),
                        "simulator",
                        "--port",
                        "0",
                        "--creating-seconds",
                        "3",
                        "--updating-seconds",
                        "3"));
    }

    SimulatedAccount aws() {
        return aws;
    }

    /** Starts an operator that looks after one namespace. The caller closes it. */
    ProgramRun operator(String namespace, Map<String, String> environment, String... flags) {
        Map<String, String> own = new HashMap<>(environment);
        own.put("KUBECONFIG", kubeConfig.toString());
        own.put("AWS_ACCESS_KEY_ID", "111122223333");
        own.put("AWS_SECRET_ACCESS_KEY", "not-checked");
        own.put("AWS_REGION", "us-east-1");
        List<String> arguments = new ArrayList<>(List.of(
                "operator",
                "--watch-namespace",
                namespace,
                "--http-port",
                "0",
                "--aws-endpoint-url",
                address.toString()));
        arguments.addAll(List.of(flags));
        return ProgramRun.pilotlight(folder, own, arguments.toArray(String[]::new));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
