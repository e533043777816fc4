package dev.pilotlight.cli;

import java.io.File;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that {@code $KUBECONFIG} names: the client would take no notice of one that is not there and look for another cluster. */
final class KubeConfig {
    private KubeConfig() {}

    /** What is wrong with the variable as it is set; empty where nothing is. */
    static Optional<String> problem() {
        return problem(System.getenv("KUBECONFIG"));
    }

    /**
     * @param files the variable's value; null where it is not set
     */
    static Optional<String> problem(String files) {
        boolean unreadable = files != null
                && !files.isBlank()
                && Stream.of(files.split(File.pathSeparator, -1)).noneMatch(file -> new File(file).canRead());
        return unreadable ? Optional.of("KUBECONFIG names " + files + ", which cannot be read") : Optional.empty();
    }

    /** @throws MissingException when the variable names nothing that can be read */
    static void require() {
        problem().ifPresent(problem -> {
            throw new MissingException(problem, null);
        });
    }
}
