package dev.pilotlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample is taken as it stands, and applying it again changes nothing. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SamplesApiServerTest {
    private static final Path SAMPLES = Path.of("samples");

    private KubeApi api;

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @BeforeAll
    void applyTheQuickstart(KubeApi shared) {
        api = shared;
        succeeds("apply", "--server-side", "--field-manager=quickstart", "-k", "samples/quickstart");
    }

    /** Whoever starts an operator on the same API server next is not to find them. */
    @AfterAll
    void removeThem() {
        succeeds("delete", "warm", "--all", "--all-namespaces");
        succeeds("delete", "sep", "--all", "--all-namespaces");
        succeeds("delete", "awsid", "--all");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsTakenStrictlyAndAppliedAgainWithoutADiff(Path sample) {
        String file = sample.toString();
        for (List<String> mode : List.of(List.of("--server-side"), List.<String>of())) {
            succeeds(command("apply", mode, file, "--validate=strict"));
            // With the first update the API server stores the status that the definition begins with; as a rule that
            // update is ours.
            succeeds(command("apply", mode, file, "--validate=strict"));
            assertThat(resourceVersions(file))
                    .as("another apply writes nothing")
                    .isEqualTo(versionsAfter(command("apply", mode, file, "--validate=strict"), file));
            succeeds(command("diff", mode, file));
        }
    }

    @Test
    void theFullSampleHasEveryFieldOfTheSpec() throws IOException {
        String text = Files.readString(SAMPLES.resolve("full.yaml"));
        assertThat(CrdExportTest.specFields())
                .allSatisfy(field -> assertThat(text).contains(field + ":"));
    }

    private String versionsAfter(String[] command, String file) {
        succeeds(command);
        return resourceVersions(file);
    }

    private String resourceVersions(String file) {
        return succeeds("get", "-f", file, "-o", "jsonpath={..metadata.resourceVersion}");
    }

    private static String[] command(String verb, List<String> mode, String file, String... more) {
        return Stream.of(List.of(verb), mode, List.of("-f", file), List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    private String succeeds(String... arguments) {
        var result = api.kubectl(arguments);
        assertThat(result.exitCode())
                .as("kubectl %s: %s%s", String.join(" ", arguments), result.out(), result.err())
                .isZero();
        return result.out();
    }
}
