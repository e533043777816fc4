package dev.pilotlight.replay;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * One policy from lavish to stingy: what it gives for what it costs. The points are the replay's; between two of them the line is straight.
 *
 * @param points in any order
 */
record Trade(List<Outcome> points) {

    /** A figure at a share of spill-over; empty when no setting comes that low, or all do. */
    Optional<Double> atSpillover(double spillover, ToDoubleFunction<Outcome> figure) {
        return at(Outcome::spillover, spillover, figure);
    }

    /** The lowest cold-start share for no more than an amount of money; empty when every setting costs more. */
    Optional<Double> coldShareFor(double usd) {
        return Stream.concat(
                        points.stream().filter(point -> point.usd() <= usd).map(Outcome::coldShare),
                        at(Outcome::usd, usd, Outcome::coldShare).stream())
                .min(Comparator.naturalOrder());
    }

    private Optional<Double> at(ToDoubleFunction<Outcome> axis, double value, ToDoubleFunction<Outcome> figure) {
        List<Outcome> ordered =
                points.stream().sorted(Comparator.comparingDouble(axis)).toList();
        for (int i = 1; i < ordered.size(); i++) {
            double low = axis.applyAsDouble(ordered.get(i - 1));
            double high = axis.applyAsDouble(ordered.get(i));
            if (low <= value && value <= high) {
                double right = high == low ? 0 : (value - low) / (high - low);
                return Optional.of((1 - right) * figure.applyAsDouble(ordered.get(i - 1))
                        + right * figure.applyAsDouble(ordered.get(i)));
            }
        }
        return Optional.empty();
    }
}
