package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/pilotlight} as a user meets it first. */
class PackagedProgramE2E {
    @TempDir
    Path folder;

    @Test
    void helpNamesTheSubcommands() throws Exception {
        Ended help = pilotlight("--help");
        assertThat(help.exitCode).as(help.err).isZero();
        assertThat(help.out).contains("operator", "simulator");
        assertThat(help.err).isEmpty();
    }

    @Test
    void versionNamesTheProgramAndTheJvm() throws Exception {
        Ended version = pilotlight("--version");
        assertThat(version.exitCode).as(version.err).isZero();
        assertThat(version.out).matches("pilotlight \\d+\\.\\d+\\.\\d+\\S*\nJava \\d+.*\n");
    }

    @Test
    void aWrongFlagIsNamedAndEndsInTwo() throws Exception {
        Ended wrong = pilotlight("operator", "--no-such-flag");
        assertThat(wrong.exitCode).isEqualTo(2);
        assertThat(wrong.out).isEmpty();
        assertThat(wrong.err).contains("--no-such-flag");
    }

    @Test
    void aValueThatMakesNoSenseIsRefusedBeforeAnythingStarts() throws Exception {
        Ended wrong = pilotlight("operator", "--stall-after", "0");
        assertThat(wrong.exitCode).isEqualTo(2);
        assertThat(wrong.err).contains("--stall-after");
    }

    private Ended pilotlight(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        var command = new ArrayList<String>(
                List.of(Path.of("bin/pilotlight").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("%s ended", command)
                .isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private record Ended(int exitCode, String out, String err) {}
}
