package dev.pilotlight.domain.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.EnvironmentVariable;
import dev.pilotlight.api.v1alpha1.ModelSpec;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The revision decides what is redeployed. Its hashes are checked in: they may never change again. */
class RevisionTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/revisions.txt");
    private static final String IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0";
    private static final String DATA = "s3://ml-prod-models/sentiment/1.4.0/model.tar.gz";
    private static final String ROLE = "arn:aws:iam::111122223333:role/sagemaker/sentiment";
    private static final ModelSpec MODEL = model(IMAGE, DATA, ROLE, "A", "1", "B", "2");

    private static ModelSpec model(String image, String data, String role, String... environment) {
        List<EnvironmentVariable> variables = new ArrayList<>();
        for (int i = 0; i < environment.length; i += 2) {
            variables.add(new EnvironmentVariable(environment[i], environment[i + 1]));
        }
        return new ModelSpec(image, data, role, variables);
    }

    @Test
    void noRevisionOfAnythingCheckedInEverChanges() throws IOException {
        Map<String, String> now = new LinkedHashMap<>(samples());
        now.put("hand-made: all fields", line(Revision.of(MODEL, 2048)));
        now.put("hand-made: no model data", line(Revision.of(model(IMAGE, null, ROLE, "A", "1"), 2048)));
        now.put("hand-made: no environment", line(Revision.of(model(IMAGE, DATA, ROLE), 1024)));
        now.put(
                "hand-made: empty and absent values",
                line(Revision.of(model(IMAGE, null, ROLE, "A", "", "B", null), 6144)));
        now.put(
                "hand-made: not only ASCII",
                line(Revision.of(model(IMAGE, null, ROLE, "GREETING", "Grüße, 世界 \uD83D\uDD25\n"), 3072)));
        now.put(
                "hand-made: config of all fields, 20 and 2",
                Revision.of(MODEL, 2048).configDigest(new Concurrency(20, 2)));

        Map<String, String> golden = new LinkedHashMap<>();
        for (String row : Files.readAllLines(GOLDEN, StandardCharsets.UTF_8)) {
            if (!row.isBlank() && !row.startsWith("#")) {
                String[] cells = row.split("\\s*\\|\\s*", 2);
                golden.put(cells[0], cells[1]);
            }
        }
        assertThat(now)
                .as(
                        "a changed hash means: an upgrade of the operator would redeploy every endpoint there is. Only a new row may be"
                                + " added to %s",
                        GOLDEN)
                .isEqualTo(golden);
    }

    private static String line(Revision revision) {
        return revision.name() + " " + revision.digest();
    }

    private static Map<String, String> samples() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Path.of("samples"))) {
            files = walk.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            for (String document : Files.readString(file).split("(?m)^---.*$", -1)) {
                if (document.contains("\nkind: ServerlessEndpoint\n")) {
                    ServerlessEndpoint endpoint = Serialization.unmarshal(document, ServerlessEndpoint.class);
                    lines.put(
                            file + ": " + endpoint.getMetadata().getName(),
                            line(Desired.of(withUid(endpoint), "cluster", List.of())
                                    .revision()));
                }
            }
        }
        return lines;
    }

    private static ServerlessEndpoint withUid(ServerlessEndpoint endpoint) {
        endpoint.getMetadata().setUid("uid");
        endpoint.getMetadata().setGeneration(1L);
        if (endpoint.getMetadata().getNamespace() == null) {
            endpoint.getMetadata().setNamespace("default");
        }
        return endpoint;
    }

    @Test
    void theOrderOfTheEnvironmentIsNoDifference() {
        assertThat(Revision.of(model(IMAGE, DATA, ROLE, "B", "2", "A", "1"), 2048))
                .isEqualTo(Revision.of(MODEL, 2048));
    }

    @Test
    void anAbsentEnvironmentIsAnEmptyOne() {
        assertThat(Revision.of(new ModelSpec(IMAGE, DATA, ROLE, null), 2048))
                .isEqualTo(Revision.of(new ModelSpec(IMAGE, DATA, ROLE, List.of()), 2048));
    }

    @Test
    void everythingThatNeedsARedeployIsADifference() {
        assertThat(List.of(
                        Revision.of(MODEL, 2048),
                        Revision.of(MODEL, 3072),
                        Revision.of(model(IMAGE + "1", DATA, ROLE, "A", "1", "B", "2"), 2048),
                        Revision.of(model(IMAGE, DATA + "x", ROLE, "A", "1", "B", "2"), 2048),
                        Revision.of(model(IMAGE, null, ROLE, "A", "1", "B", "2"), 2048),
                        Revision.of(model(IMAGE, DATA, ROLE + "x", "A", "1", "B", "2"), 2048),
                        Revision.of(model(IMAGE, DATA, ROLE, "A", "1", "B", "3"), 2048),
                        Revision.of(model(IMAGE, DATA, ROLE, "A", "1", "C", "2"), 2048),
                        Revision.of(model(IMAGE, DATA, ROLE, "A", "1"), 2048)))
                .doesNotHaveDuplicates()
                .extracting(Revision::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void aValueThatLooksLikeAnotherFieldIsStillAValue() {
        Revision honest = Revision.of(model(IMAGE, null, ROLE, "A", "1", "B", "2"), 2048);

        assertThat(Revision.of(model(IMAGE, null, ROLE, "A", "1\nenvironment.B=1:2"), 2048))
                .isNotEqualTo(honest);
        assertThat(Revision.of(model(IMAGE, null, ROLE, "A", "1\nenvironment.B=1:2\n"), 2048))
                .isNotEqualTo(honest);
        assertThat(Revision.of(model(IMAGE, null, ROLE, "A=1:1\nenvironment.B", "2"), 2048))
                .isNotEqualTo(honest);
    }

    @Property
    void differentEnvironmentsAreDifferentRevisions(
            @ForAll @Size(max = 4) Map<String, String> one, @ForAll @Size(max = 4) Map<String, String> other) {
        boolean same = one.equals(other);

        assertThat(of(one).equals(of(other))).isEqualTo(same);
    }

    private static Revision of(Map<String, String> environment) {
        return Revision.of(
                new ModelSpec(
                        IMAGE,
                        null,
                        ROLE,
                        environment.entrySet().stream()
                                .map(e -> new EnvironmentVariable(e.getKey(), e.getValue()))
                                .toList()),
                1024);
    }

    @Test
    void aConfigIsToldFromAnotherByItsConcurrencyToo() {
        Revision revision = Revision.of(MODEL, 2048);

        assertThat(List.of(
                        revision.configDigest(new Concurrency(1, 12)),
                        revision.configDigest(new Concurrency(11, 2)),
                        revision.configDigest(new Concurrency(11, 0)),
                        Revision.of(MODEL, 1024).configDigest(new Concurrency(11, 0))))
                .doesNotHaveDuplicates();
    }
}
