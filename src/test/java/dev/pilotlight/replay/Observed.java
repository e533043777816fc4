package dev.pilotlight.replay;

import dev.pilotlight.domain.warm.forecast.History;
import dev.pilotlight.domain.warm.forecast.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What CloudWatch would show of a workload: points of one minute, and none where nothing came. */
final class Observed {
    /** Second 0 of every workload, a Monday. */
    static final Instant EPOCH = Instant.parse("2026-08-03T00:00:00Z");

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int[] counts;
    private final double[] busySeconds;
    private final int[] maxima;

    Observed(Workload workload) {
        int minutes = workload.days() * 24 * 60;
        this.counts = new int[minutes];
        this.busySeconds = new double[minutes];
        this.maxima = new int[minutes];
        Busy busy = new Busy();
        for (int i = 0; i < workload.arrivals().length; i++) {
            double now = workload.arrivals()[i];
            int minute = (int) (now / 60);
            busy.freeUntil(now);
            busy.add(now + workload.durations()[i]);
            counts[minute]++;
            busySeconds[minute] += workload.durations()[i];
            maxima[minute] = Math.max(maxima[minute], busy.size());
        }
    }

    /**
     * @param log single requests, where somebody logged them
     */
    History history(Optional<History.Requests> log) {
        List<Sample> samples = new ArrayList<>();
        for (int minute = 0; minute < counts.length; minute++) {
            if (counts[minute] > 0) {
                samples.add(new Sample(
                        EPOCH.plusSeconds(60L * minute),
                        MINUTE,
                        counts[minute],
                        OptionalDouble.of(busySeconds[minute] / counts[minute]),
                        OptionalDouble.of(maxima[minute])));
            }
        }
        return History.of(samples, log);
    }

    double meanSeconds(int fromDay, int toDay) {
        double busy = 0;
        double requests = 0;
        for (int minute = fromDay * 1440; minute < toDay * 1440; minute++) {
            busy += busySeconds[minute];
            requests += counts[minute];
        }
        return requests == 0 ? 0 : busy / requests;
    }

    /** The highest concurrency of the usual day: the median of the daily highest, within some hours of the day. */
    int usualPeak(int fromDay, int toDay, int fromHour, int toHour, boolean workdaysOnly) {
        List<Integer> highest = new ArrayList<>();
        for (int day = fromDay; day < toDay; day++) {
            if (!workdaysOnly || day % 7 < 5) {
                highest.add(Arrays.stream(maxima, day * 1440 + fromHour * 60, day * 1440 + toHour * 60)
                        .max()
                        .orElse(0));
            }
        }
        return highest.stream().sorted().skip(highest.size() / 2).findFirst().orElse(0);
    }

    /** Requests of every hour of the day, summed over working days. */
    double[] hoursOfWorkdays(int fromDay, int toDay) {
        double[] hours = new double[24];
        for (int minute = fromDay * 1440; minute < toDay * 1440; minute++) {
            if (minute / 1440 % 7 < 5) {
                hours[minute / 60 % 24] += counts[minute];
            }
        }
        return hours;
    }
}
