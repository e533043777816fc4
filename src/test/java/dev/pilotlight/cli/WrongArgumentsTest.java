package dev.pilotlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a person reads who typed something wrong. */
class WrongArgumentsTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "operator --stall-after soon, --stall-after, pilotlight operator --help",
        "operator --stall-after 0, --stall-after, pilotlight operator --help",
        "operator --http-port 70000, --http-port, pilotlight operator --help",
        "operator --cluster-id a/b, --cluster-id, pilotlight operator --help",
        "operator --development-clock noon, noon, pilotlight operator --help",
        "simulator --speed 0, --speed, pilotlight simulator --help",
        "simulator --port x, --port, pilotlight simulator --help",
        "simulator --seed /no/such/file, /no/such/file, pilotlight simulator --help",
        "plane, plane, pilotlight --help",
    })
    void isToldWhatInOneLineAndWhereToRead(String line, String what, String where) {
        assertThat(execute(line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("pilotlight: ")
                .contains(what)
                .endsWith("(see " + where + ")");
    }

    @Test
    void isToldWhatThereIsToDo() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("operator, orphans, plan or simulator");
    }

    @Test
    void aSeedThatMakesNoSenseIsNamed(@TempDir Path folder) throws Exception {
        Path seed = Files.writeString(folder.resolve("seed.json"), "{\"roles\": 7");

        assertThat(execute("simulator", "--port", "0", "--seed", seed.toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("seed.json");
    }

    private int execute(String... arguments) {
        CommandLine pilotlight = Main.commandLine();
        pilotlight.setErr(new PrintWriter(err));
        return pilotlight.execute(arguments);
    }
}
