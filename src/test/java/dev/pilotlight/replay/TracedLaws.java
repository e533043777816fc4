package dev.pilotlight.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The traces themselves in the place of the laws that were measured on them. */
final class TracedLaws {
    /** Silence that ends a burst, as in the measurement. */
    private static final double SILENCE = 2;

    private TracedLaws() {}

    static Function<String, ArrivalLaw> of(Families families, List<Trace> traces) {
        return name -> traces.stream()
                .filter(trace -> trace.name().contains(name.substring(0, 4)))
                .findFirst()
                .map(trace -> families.law(name) instanceof ArrivalLaw.Bursts ? bursts(trace) : stretched(trace))
                .orElseThrow(() -> new IllegalArgumentException("TRACES has no trace of " + name));
    }

    /** The trace over and over, each hour from another point, faster or slower as the rate wants it. */
    private static ArrivalLaw stretched(Trace trace) {
        return (perSecond, dice) -> {
            Times times = new Times();
            double[] arrivals = trace.arrivals();
            int at = dice.below(arrivals.length - 1);
            double now = 0;
            double end = perSecond.length * 60.0;
            for (int used = 0; now < end; used++) {
                if (used % arrivals.length == 0 || at == arrivals.length - 1) {
                    at = dice.below(arrivals.length - 1);
                }
                double gap = arrivals[at + 1] - arrivals[at];
                now += gap * trace.perSecond() / Math.max(1e-6, perSecond[(int) (now / 60)]);
                at++;
                if (now < end) {
                    times.add(now);
                }
            }
            return times.toArray();
        };
    }

    /** Bursts of the trace, drawn at random; the rate says how many. */
    private static ArrivalLaw bursts(Trace trace) {
        double[] arrivals = trace.arrivals();
        List<int[]> bursts = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= arrivals.length; i++) {
            if (i == arrivals.length || arrivals[i] - arrivals[i - 1] > SILENCE) {
                bursts.add(new int[] {from, i});
                from = i;
            }
        }
        double size = (double) arrivals.length / bursts.size();
        return (perSecond, dice) -> {
            Times times = new Times();
            double end = perSecond.length * 60.0;
            for (double start : ArrivalLaw.Bursts.starts(perSecond, size, dice)) {
                int[] burst = bursts.get(dice.below(bursts.size()));
                for (int i = burst[0]; i < burst[1]; i++) {
                    double at = start + arrivals[i] - arrivals[burst[0]];
                    if (at < end) {
                        times.add(at);
                    }
                }
            }
            return times.sorted();
        };
    }
}
