package dev.pilotlight.replay;

import dev.pilotlight.domain.warm.forecast.History;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Requests that really came.
 *
 * @param arrivals seconds since the first, ascending
 * @param durations seconds; empty where the trace has none, and a model has to be stated
 * @param begun seconds from Monday, 00:00 UTC, to the first
 */
record Trace(String name, double[] arrivals, double[] durations, double begun) {
    private static final int WEEK = 7 * Workload.DAY;
    private static final int LEAST_DAYS = 21;
    /** The first request of a log need not be one of its first second. In days. */
    private static final double SOME_HOURS = 0.25;

    /** Monday, 1970-01-05. */
    private static final int FIRST_MONDAY = 4 * Workload.DAY;

    /** The Azure LLM inference traces of 2023 in a folder. */
    static List<Trace> azure(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("TRACES=" + folder + " is no folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches("azure-?llm.*\\.csv|AzureLLM.*\\.csv"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("TRACES=" + folder
                        + " has no azure-llm-*.csv or AzureLLM*.csv; they are in Azure/AzurePublicDataset, 2023");
            }
            List<Trace> traces = new ArrayList<>();
            for (Path file : found) {
                traces.add(read(file, false));
            }
            return traces;
        }
    }

    /** Any CSV: a timestamp (ISO 8601, or seconds) and, if there is a second column, how long the request took in seconds. */
    static Trace read(Path file) throws IOException {
        return read(file, true);
    }

    private static Trace read(Path file, boolean withDurations) throws IOException {
        List<double[]> rows = rows(file, withDurations);
        if (rows.size() < 2) {
            throw new IllegalArgumentException(
                    file + " has " + rows.size() + " requests: a line each is needed, TIMESTAMP or TIMESTAMP,SECONDS");
        }
        rows.sort(Comparator.comparingDouble(row -> row[0]));
        double first = rows.getFirst()[0];
        boolean durations = rows.getFirst().length > 1;
        return new Trace(
                file.getFileName().toString(),
                rows.stream().mapToDouble(row -> row[0] - first).toArray(),
                durations ? rows.stream().mapToDouble(row -> row[1]).toArray() : new double[0],
                Math.floorMod((long) first - FIRST_MONDAY, (long) WEEK) + (first - Math.floor(first)));
    }

    private static List<double[]> rows(Path file, boolean withDurations) throws IOException {
        List<double[]> rows = new ArrayList<>();
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = line.replace("\uFEFF", "").strip();
                boolean header = number == 1 && text.matches("\"?[A-Za-z_#].*");
                if (!text.isEmpty() && !header) {
                    double[] row = Row.read(file + ", line " + number, text, withDurations);
                    if (!rows.isEmpty() && rows.getFirst().length != row.length) {
                        throw new IllegalArgumentException(file + ", line " + number + ": " + text
                                + ": either all lines have a duration or none; add it here, or leave the column out");
                    }
                    rows.add(row);
                }
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    file + ", line " + (number + 1) + " or a little after: not text in UTF-8; save the file as UTF-8",
                    e);
        }
        return rows;
    }

    /** The last 7 whole days as a week to be judged, when there are at least 14 before. */
    Optional<Workload> weeks(double meanSeconds) {
        int days = (int) ((begun + seconds()) / Workload.DAY);
        if (days < LEAST_DAYS || days - begun / Workload.DAY < LEAST_DAYS - SOME_HOURS) {
            return Optional.empty();
        }
        double end = days * (double) Workload.DAY;
        double[] shifted = Arrays.stream(arrivals)
                .map(arrival -> arrival + begun)
                .filter(at -> at < end)
                .toArray();
        double[] lasting = Arrays.copyOf(durations(meanSeconds), shifted.length);
        return Optional.of(new Workload(name, (days - 7) * (double) Workload.DAY, days, shifted, lasting));
    }

    /** Its requests before the judged week, as a log has them; empty where the trace has no durations. */
    Optional<History.Requests> logBefore(Workload week) {
        if (durations.length == 0) {
            return Optional.empty();
        }
        int end = week.first();
        return Optional.of(
                new History.Requests(Arrays.copyOf(week.arrivals(), end), Arrays.copyOf(week.durations(), end)));
    }

    double seconds() {
        return arrivals[arrivals.length - 1];
    }

    double perSecond() {
        return arrivals.length / seconds();
    }

    /** Its own durations, or log-normal ones around a mean. */
    double[] durations(double mean) {
        if (durations.length > 0) {
            return durations;
        }
        Dice.LogNormal law = new Dice(1).logNormal(mean, 0.53);
        double[] drawn = new double[arrivals.length];
        Arrays.setAll(drawn, i -> law.draw());
        return drawn;
    }
}
