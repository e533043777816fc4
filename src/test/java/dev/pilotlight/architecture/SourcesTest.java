package dev.pilotlight.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only the source text shows. */
class SourcesTest {
    private static final Path MAIN = Path.of("src/main/java/dev/pilotlight");
    private static final int LONGEST = 400;

    /** Classes over {@value #LONGEST} lines, each with the reason why it is one thing all the same. */
    private static final Map<String, String> MAY_BE_LONG = Map.of();

    private static List<Path> sources() throws IOException {
        try (Stream<Path> walk = Files.walk(MAIN)) {
            return walk.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        Set<Path> packages = sources().stream().map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages)
                .allSatisfy(folder ->
                        assertThat(folder.resolve("package-info.java")).exists());
    }

    @Test
    void noClassIsTooLongToReadAtOnce() throws IOException {
        Map<String, Long> tooLong = new TreeMap<>();
        for (Path source : sources()) {
            long lines = read(source).lines().count();
            if (lines > LONGEST) {
                tooLong.put(source.getFileName().toString(), lines);
            }
        }

        assertThat(tooLong.keySet())
                .as("split it, or list it with a reason: %s", tooLong)
                .isEqualTo(MAY_BE_LONG.keySet());
    }

    @Test
    void onlyTheSimulatorItselfNamesItsAdminPaths() throws IOException {
        List<Path> naming = sources().stream()
                .filter(source -> !source.startsWith(MAIN.resolve("simulator/admin")))
                .filter(source -> read(source)
                        .lines()
                        .anyMatch(line ->
                                line.contains("_pilotlight") && !line.strip().matches("(/\\*)?\\*.*|//.*|/\\*\\*.*")))
                .toList();

        assertThat(naming)
                .as("tests and the demo's display may use admin paths, the program may not")
                .isEmpty();
    }
}
