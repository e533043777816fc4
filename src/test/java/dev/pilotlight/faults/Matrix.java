package dev.pilotlight.faults;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All rows, in order of their numbers. */
final class Matrix {
    private Matrix() {}

    /** The experiments of this package. */
    static List<Row> rows() {
        return sorted(Stream.of(
                        Crashes.rows(),
                        Answers.rows(),
                        Storms.rows(),
                        Refusals.rows(),
                        Outcomes.rows(),
                        Users.rows(),
                        Deletions.rows(),
                        Console.rows(),
                        References.rows(),
                        Neighbours.rows())
                .flatMap(List::stream));
    }

    /** These, and those that are test classes. */
    static List<Row> allRows() {
        return sorted(Stream.concat(rows().stream(), Elsewhere.rows().stream()));
    }

    private static List<Row> sorted(Stream<Row> rows) {
        return rows.sorted(
                        Comparator.comparingInt(row -> Integer.parseInt(row.id().substring(1))))
                .toList();
    }
}
