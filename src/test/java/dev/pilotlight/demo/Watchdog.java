package dev.pilotlight.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Sees to it that nothing the demo started outlives it, also when the demo is killed without being asked: a small process beside it that
 * waits for its end and then ends the rest.
 */
final class Watchdog {
    private final Path folder;

    private Watchdog(Path folder) {
        this.folder = folder;
    }

    /** Starts it over a new folder of the demo's own, which goes with the demo. */
    static Watchdog start() throws IOException {
        Path folder = Files.createTempDirectory("pilotlight-demo-");
        Files.createFile(folder.resolve("pids"));
        Process process = new ProcessBuilder(
                        "sh",
                        "src/demo/watchdog",
                        Long.toString(ProcessHandle.current().pid()),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("watchdog.log").toFile())
                .start();
        process.getOutputStream().close();
        return new Watchdog(folder);
    }

    Path folder() {
        return folder;
    }

    void watch(long pid) {
        try {
            Files.write(folder.resolve("pids"), List.of(Long.toString(pid)), UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Watches what was started by others for us, such as the API server and its store. */
    void watchAllStarted() {
        ProcessHandle.current()
                .children()
                .filter(child -> !child.info().commandLine().orElse("").contains("src/demo/watchdog"))
                .forEach(child -> watch(child.pid()));
    }
}
