package dev.pilotlight.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code make demo}. Exit codes: 0 done, 1 something went wrong, 3 no API server can be had. */
public final class Demo {
    private static final String DEFAULT_SPEED = "20";

    private Demo() {}

    public static void main(String... args) throws IOException, InterruptedException {
        boolean check = "1".equals(System.getenv("CHECK"));
        Optional<String> kubeConfig =
                Optional.ofNullable(System.getenv("KUBECONFIG")).filter(path -> !path.isBlank());
        double speed = Double.parseDouble(Optional.ofNullable(System.getenv("PILOTLIGHT_DEMO_SPEED"))
                .filter(text -> !text.isBlank())
                .orElse(DEFAULT_SPEED));
        int exit = 0;
        try {
            run(kubeConfig, speed, check);
        } catch (DemoFailure e) {
            System.err.println("demo: " + e.getMessage());
            exit = 1;
        } catch (RuntimeException e) {
            e.printStackTrace();
            exit = 1;
        }
        // Threads of the clients would keep the JVM for a while.
        System.exit(exit);
    }

    private static void run(Optional<String> usersKubeConfig, double speed, boolean check)
            throws IOException, InterruptedException {
        Watchdog watchdog = Watchdog.start();
        say(
                usersKubeConfig.isPresent()
                        ? "using the cluster of " + usersKubeConfig.get()
                        : "starting etcd and kube-apiserver");
        try (DemoCluster cluster = Waiting.during("the API server", () -> DemoCluster.open(usersKubeConfig))) {
            say("installing CRDs and rights");
            cluster.install();
            Path operatorKubeConfig = cluster.operatorKubeConfig(watchdog.folder());
            if (check) {
                new Measurements(watchdog, cluster, operatorKubeConfig)
                        .print(new CheckStory(watchdog, cluster, operatorKubeConfig).tell());
                return;
            }
            say("starting the simulator and the operator, at " + speed + " times the speed of the clock on the wall");
            try (Stage stage = Stage.start(watchdog, operatorKubeConfig, speed, freePort(), List.of())) {
                stage.awaitOperator();
                cluster.kubectl("", "apply", "--server-side", "-k", "samples/quickstart");
                explain(cluster, stage);
                LiveTable table = new LiveTable(new Endpoints(cluster.admin()), stage.account(), isTerminal());
                while (true) {
                    table.show();
                    Thread.sleep(500);
                }
            }
        }
    }

    private static void explain(DemoCluster cluster, Stage stage) {
        String kubectl = cluster.kubectlProgram();
        System.out.printf(
                """

                samples/quickstart is applied. In another terminal:

                  export KUBECONFIG=%s
                  %s get sep -A -o wide
                  %s describe sep -n ml-prod sentiment
                  %s patch sep -n ml-prod sentiment --type=merge -p '{"spec":{"serverless":{"memorySizeInMB":3072}}}'

                  export AWS_ENDPOINT_URL=%s AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
                  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any
                  unset AWS_CA_BUNDLE
                  aws sagemaker list-endpoints

                The operator's log is in %s. Ctrl-C ends it all.

                """,
                cluster.kubeConfig(),
                kubectl,
                kubectl,
                kubectl,
                stage.account().address(),
                stage.operator().log());
        if (!cluster.isOurs()) {
            System.out.printf("""
                    The cluster is yours, and so is what the demo put there. Before you end it, while the operator can clean up:

                      %1$s delete -k samples/quickstart
                      %1$s delete -k deploy/kustomize

                    """, kubectl);
        }
    }

    /** Not System.console(), which newer JDKs make up where there is none; src/demo/run has looked. */
    private static boolean isTerminal() {
        return "true".equals(System.getenv("PILOTLIGHT_DEMO_TERMINAL"));
    }

    /** A TCP port nobody listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static void say(String what) {
        System.out.println("demo: " + what);
    }
}
