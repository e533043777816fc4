package dev.pilotlight.replay;

import dev.pilotlight.domain.warm.forecast.ArrivalReplay;
import dev.pilotlight.domain.warm.forecast.Loss;
import java.util.Arrays;
import java.util.Locale;

/**
 * Sizes on the first 60 % of a trace, judged on the rest: by replay of its requests, by Hayward's formula with the peakedness of those requests,
 * and by Erlang's; and what target tracking does on the rest.
 */
final class TraceStudy {
    private static final double[] MEANS = {0.15, 0.5, 1};
    private static final double LEARNED = 0.6;
    private static final double ALLOWED = 0.01;
    private static final int MOST = 400;

    private TraceStudy() {}

    static String of(Trace trace) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%s: %d requests in %.0f s; sized for 1 %% on the first 60 %%, spill-over on the rest%n  %8s %7s"
                        + " %11s  %-18s %-18s %-18s %s%n",
                trace.name(),
                trace.arrivals().length,
                trace.seconds(),
                "mean s",
                "load",
                "peakedness",
                "by replay",
                "by Hayward",
                "by Erlang B",
                "target tracking"));
        double[] means = trace.durations().length > 0
                ? new double[] {Arrays.stream(trace.durations()).average().orElseThrow()}
                : MEANS;
        for (double mean : means) {
            text.append(row(trace, mean));
        }
        return text.toString();
    }

    private static String row(Trace trace, double mean) {
        double[] arrivals = trace.arrivals();
        double[] durations = trace.durations(mean);
        int cut = 0;
        while (arrivals[cut] < LEARNED * trace.seconds()) {
            cut++;
        }
        double[] learned = Arrays.copyOf(arrivals, cut);
        double[] learnedDurations = Arrays.copyOf(durations, cut);
        double[] judged = Arrays.copyOfRange(arrivals, cut, arrivals.length);
        double[] judgedDurations = Arrays.copyOfRange(durations, cut, arrivals.length);
        double load = Arrays.stream(learnedDurations).sum() / learned[cut - 1];
        double peakedness = peakedness(learned, learnedDurations);
        int byReplay = ArrivalReplay.slotsFor(learned, learnedDurations, ALLOWED, MOST);
        int byHayward = first(load, peakedness);
        int byErlang = first(load, 1);
        int days = (int) Math.ceil(trace.seconds() / Workload.DAY);
        Workload rest = new Workload(trace.name(), judged[0], days, arrivals, durations);
        Provisioned tracked = Provisioned.replay(rest, new Tracking(rest, SeedRun.READINESS).run());
        return String.format(
                Locale.ROOT,
                "  %8.2f %7.2f %11.1f  %-18s %-18s %-18s %.1f %%%n",
                mean,
                load,
                peakedness,
                size(judged, judgedDurations, byReplay),
                size(judged, judgedDurations, byHayward),
                size(judged, judgedDurations, byErlang),
                100 * tracked.spillover());
    }

    private static String size(double[] arrivals, double[] durations, int slots) {
        return String.format(
                Locale.ROOT, "%d: %.1f %%", slots, 100 * ArrivalReplay.spillover(arrivals, durations, slots));
    }

    private static int first(double load, double peakedness) {
        int slots = 0;
        while (Loss.hayward(slots, load, peakedness) > ALLOWED) {
            slots++;
        }
        return slots;
    }

    /** Variance over mean of the number of busy containers, if there were always one free. */
    static double peakedness(double[] arrivals, double[] durations) {
        Busy busy = new Busy();
        double last = 0;
        double sum = 0;
        double squares = 0;
        double end = arrivals[arrivals.length - 1];
        for (int i = 0; i < arrivals.length; i++) {
            while (busy.first() <= arrivals[i]) {
                double free = busy.first();
                sum += busy.size() * (free - last);
                squares += (double) busy.size() * busy.size() * (free - last);
                last = free;
                busy.free();
            }
            sum += busy.size() * (arrivals[i] - last);
            squares += (double) busy.size() * busy.size() * (arrivals[i] - last);
            last = arrivals[i];
            busy.add(arrivals[i] + durations[i]);
        }
        double mean = sum / end;
        return (squares / end - mean * mean) / mean;
    }
}
