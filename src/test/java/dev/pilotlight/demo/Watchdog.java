package dev.pilotlight.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sees to it that nothing the demo started outlives it, also when the demo is killed without being asked: a small process beside it that
 * waits for its end and then ends the rest.
 */
public final class Watchdog {
    private static final Set<String> SERVERS = Set.of("etcd", "kube-apiserver");
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Path folder;

    private Watchdog(Path folder) {
        this.folder = folder;
    }

    /** Starts it over a new folder of the demo's own, which goes with the demo. */
    public static Watchdog start() throws IOException {
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
        Watchdog watchdog = new Watchdog(folder);
        Thread.ofPlatform().daemon().name("watchdog").start(watchdog::watchServers);
        return watchdog;
    }

    public Path folder() {
        return folder;
    }

    void watch(long pid) {
        try {
            Files.write(folder.resolve("pids"), List.of(Long.toString(pid)), UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Watches the API server and its store from the moment they are there: who starts them for us tells only when both are up, and the demo
     * may be killed before.
     */
    private void watchServers() {
        Set<Long> known = new HashSet<>();
        while (true) {
            ProcessHandle.current()
                    .children()
                    .filter(child -> SERVERS.contains(child.info()
                            .command()
                            .map(command -> Path.of(command).getFileName().toString())
                            .orElse("")))
                    .map(ProcessHandle::pid)
                    .filter(known::add)
                    .forEach(this::watch);
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
