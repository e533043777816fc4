package dev.pilotlight.faults;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Rows whose experiments are test classes of the API-server tier: each test is one experiment, and a failure is a violation. */
final class Elsewhere {
    private static final String KUBE = "dev.pilotlight.faults.kube.";

    private Elsewhere() {}

    static List<Row> rows() {
        return List.of(
                row("F12", "status writes refused, lost, their answers lost", KUBE + "WriteFaultsApiServerTest"),
                row("F13", "an old view of the cluster", KUBE + "StaleViewApiServerTest"),
                row("F14", "events of watches lost, late, twice, out of order", KUBE + "WatchEventsApiServerTest"),
                row("F15", "watches end, the API server is away", KUBE + "ApiServerAwayApiServerTest"),
                row("F16", "lists that lack what there is", KUBE + "FalseListApiServerTest"),
                row(
                        "F17",
                        "a leader that stands still and wakes up late",
                        KUBE + "FailoverApiServerTest",
                        "dev.pilotlight.stories.LeaderApiServerTest",
                        "dev.pilotlight.stories.AutoScalingFaultsApiServerTest",
                        "dev.pilotlight.stories.WarmRestartApiServerTest"),
                row(
                        "F22",
                        "namespaces, finalizers, definitions, the operator go",
                        KUBE + "EndsApiServerTest",
                        "dev.pilotlight.stories.OrphansApiServerTest"),
                row(
                        "F25",
                        "bad specs by the schema; at length: make fuzz",
                        "dev.pilotlight.fuzz.BadSpecFuzzApiServerTest"),
                row("F28", "metrics that are dead or lie", "dev.pilotlight.stories.TrackingApiServerTest"),
                row("F29", "another version of the operator", "dev.pilotlight.upgrade.UpgradeApiServerTest"),
                row("F34", "a sync engine heals, prunes, recreates", KUBE + "SyncEngineApiServerTest"));
    }

    private static Row row(String id, String title, String... classes) {
        return new Row(id, title, lab -> run(lab, id, classes));
    }

    private static void run(Lab lab, String id, String... classes) {
        // The classes run more of their rows when they are asked to.
        System.setProperty("pilotlight.faults.full", String.valueOf(lab.extent().full()));
        ClassSelector[] selectors =
                Stream.of(classes).map(name -> selectClass(name)).toArray(ClassSelector[]::new);
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
        LauncherFactory.create().execute(request, new Counting(lab.tally(), id));
    }

    private record Counting(Tally tally, String row) implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
            if (!test.isTest() && !failed) {
                return;
            }
            List<Violation> found = failed
                    ? List.of(new Violation(
                            "test",
                            test.getDisplayName(),
                            result.getThrowable().map(Throwable::getMessage).orElse("failed")))
                    : List.of();
            tally.ended(row, source(test), test.getDisplayName(), found);
        }

        private static String source(TestIdentifier test) {
            return test.getSource()
                    .map(source -> switch (source) {
                        case MethodSource method -> method.getClassName();
                        case ClassSource type -> type.getClassName();
                        default -> "test";
                    })
                    .map(name -> name.substring(name.lastIndexOf('.') + 1).replace("ApiServerTest", ""))
                    .orElse("test");
        }
    }
}
