package dev.pilotlight.simulator.cloudwatch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the samples of a period become one value. */
sealed interface Stat {
    Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(?:\\.\\d{1,10})?|100)");

    record Sum() implements Stat {}

    record Average() implements Stat {}

    record Minimum() implements Stat {}

    record Maximum() implements Stat {}

    record SampleCount() implements Stat {}

    /** @param percent from 0 to 100 */
    record Percentile(double percent) implements Stat {}

    /** Empty for a statistic that is not simulated (trimmed means and the like). */
    static Optional<Stat> of(String name) {
        return switch (name) {
            case "Sum" -> Optional.of(new Sum());
            case "Average" -> Optional.of(new Average());
            case "Minimum" -> Optional.of(new Minimum());
            case "Maximum" -> Optional.of(new Maximum());
            case "SampleCount" -> Optional.of(new SampleCount());
            default -> {
                Matcher percentile = PERCENTILE.matcher(name);
                yield percentile.matches()
                        ? Optional.of(new Percentile(Double.parseDouble(percentile.group(1))))
                        : Optional.empty();
            }
        };
    }
}
