package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Dockerfile by the rules a linter would hold it to; continuous integration has no engine to build it with. */
class DockerfileTest {
    private static List<Instruction> instructions;

    /**
     * One line of the file, continuations joined.
     *
     * @param name instruction in capitals
     * @param value the rest of the line
     */
    private record Instruction(String name, String value) {}

    @BeforeAll
    static void parse() throws IOException {
        instructions = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String raw : Files.readAllLines(Path.of("Dockerfile"))) {
            if (raw.isBlank() || raw.stripLeading().startsWith("#")) {
                continue;
            }
            line.append(raw.strip());
            if (line.charAt(line.length() - 1) == '\\') {
                line.setCharAt(line.length() - 1, ' ');
                continue;
            }
            String[] words = line.toString().split("\\s+", 2);
            instructions.add(new Instruction(words[0].toUpperCase(Locale.ROOT), words[1]));
            line.setLength(0);
        }
    }

    @Test
    void everyBaseIsPinnedToOneRelease() {
        Set<String> stages = new HashSet<>();
        for (String from : values("FROM")) {
            String[] words = from.split("\\s+", -1);
            if (!stages.contains(words[0])) {
                assertThat(words[0]).matches("[a-z0-9./-]+:\\d+\\.\\d+[A-Za-z0-9._-]*(@sha256:[0-9a-f]{64})?");
            }
            if (words.length == 3) {
                stages.add(words[2]);
            }
        }
        assertThat(values("FROM")).hasSizeGreaterThan(1);
    }

    @Test
    void itRunsAsANumberThatIsNotRoot() {
        assertThat(values("USER").getLast()).matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(instructions.indexOf(last("USER"))).isLessThan(instructions.indexOf(last("ENTRYPOINT")));
    }

    @Test
    void theProgramIsStartedWithoutAShellInBetweenSoThatSignalsReachIt() {
        assertThat(values("ENTRYPOINT")).hasSize(1).allMatch(value -> value.startsWith("[\""));
        assertThat(values("CMD")).allMatch(value -> value.startsWith("[\""));
    }

    @Test
    void nothingIsFetchedBesideTheBuild() {
        assertThat(values("ADD")).isEmpty();
        assertThat(values("RUN")).noneMatch(command -> command.matches(".*\\b(curl|wget|apt-get|sudo)\\b.*"));
    }

    @Test
    void foldersAreAbsoluteAndStagesNamed() {
        assertThat(values("WORKDIR")).allMatch(folder -> folder.startsWith("/"));
        assertThat(values("COPY")).noneMatch(copy -> copy.matches(".*--from=\\d.*"));
    }

    @Test
    void theUserIsTheOneOfTheManifests() {
        String user = Yaml.documents(Path.of("deploy/kustomize/deployment.yaml"))
                .getFirst()
                .at("/spec/template/spec/securityContext/runAsUser")
                .asText();
        assertThat(values("USER").getLast()).startsWith(user + ":");
    }

    private static Instruction last(String name) {
        return instructions.stream().filter(i -> i.name().equals(name)).toList().getLast();
    }

    private static List<String> values(String name) {
        return instructions.stream()
                .filter(i -> i.name().equals(name))
                .map(Instruction::value)
                .toList();
    }
}
