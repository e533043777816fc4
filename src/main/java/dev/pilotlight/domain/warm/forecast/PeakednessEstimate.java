package dev.pilotlight.domain.warm.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Learns {@link Peakedness} from the best there is. */
final class PeakednessEstimate {
    private static final double MOST = 64;
    private static final int MANY_MINUTES = 3000;
    private static final int FEW_MINUTES = 30;
    /** Below a mean of some requests a minute, the highest concurrency says nothing about bursts. */
    private static final double FEW_REQUESTS = 3;

    private final History history;
    private final int from;
    private final double meanSeconds;

    PeakednessEstimate(History history, int from, double meanSeconds) {
        this.history = history;
        this.from = from;
        this.meanSeconds = meanSeconds;
    }

    /**
     * @param spillover the share of requests that may find no slot, where sizes have to be right
     */
    Peakedness learn(double spillover, int mostSlots) {
        return history.requests()
                .filter(requests -> requests.arrivals().length >= 1000)
                .map(requests -> new Peakedness(ofRequests(requests, spillover, mostSlots), Peakedness.Origin.REQUESTS))
                .or(this::ofMaxima)
                .or(this::ofMinutes)
                .orElse(new Peakedness(1, Peakedness.Origin.ASSUMED));
    }

    /** The peakedness with which Hayward's formula, minute by minute, needs as many slots as the requests did. */
    private double ofRequests(History.Requests requests, double spillover, int mostSlots) {
        int slots = ArrivalReplay.slotsFor(requests.arrivals(), requests.durations(), spillover, mostSlots);
        double[] perMinute = perMinute(requests);
        double busy = 0;
        for (double duration : requests.durations()) {
            busy += duration;
        }
        double seconds = busy / requests.durations().length;
        return crossing(z -> {
            double spilled = 0;
            for (double count : perMinute) {
                spilled += count == 0 ? 0 : count * Loss.haywardCurve(count * seconds / 60, z, slots)[slots];
            }
            return spillover - spilled / requests.arrivals().length;
        });
    }

    private static double[] perMinute(History.Requests requests) {
        double first = requests.arrivals()[0];
        double[] counts = new double[(int) ((requests.arrivals()[requests.arrivals().length - 1] - first) / 60) + 1];
        for (double arrival : requests.arrivals()) {
            counts[(int) ((arrival - first) / 60)]++;
        }
        return counts;
    }

    /**
     * The peakedness with which half of the minutes had a higher concurrency than expected. The number of busy containers is taken as
     * negative binomial, looked at independently some times in a mean duration.
     */
    private Optional<Peakedness> ofMaxima() {
        List<float[]> seen = new ArrayList<>();
        for (int slot = from; slot < history.slots(); slot++) {
            if (history.maxima(slot) != null) {
                for (int minute = 0; minute < History.MINUTES; minute++) {
                    float count = history.minutes(slot)[minute];
                    if (history.maxima(slot)[minute] > 0 && count >= FEW_REQUESTS) {
                        seen.add(new float[] {count, history.maxima(slot)[minute]});
                    }
                }
            }
        }
        if (seen.size() < FEW_MINUTES) {
            return Optional.empty();
        }
        int stride = Math.max(1, seen.size() / MANY_MINUTES);
        return Optional.of(new Peakedness(
                crossing(z -> {
                    double sum = 0;
                    double weights = 0;
                    for (int i = 0; i < seen.size(); i += stride) {
                        double count = seen.get(i)[0];
                        sum += count * highestAtMost(count * meanSeconds / 60, z, seen.get(i)[1]);
                        weights += count;
                    }
                    return sum / weights - 0.5;
                }),
                Peakedness.Origin.MAXIMA));
    }

    /** Probability that the highest of a minute is at most what was seen, half of that of the very value included. */
    private double highestAtMost(double load, double z, double highest) {
        double looks = 1 + looksInADuration(z) * 60 / meanSeconds;
        double below = 0;
        double upTo = 0;
        double successes = z > 1.0001 ? load / (z - 1) : 0;
        double probability = z > 1.0001 ? Math.pow(z, -successes) : Math.exp(-load);
        for (int n = 0; n <= Math.round(highest); n++) {
            below = upTo;
            upTo += probability;
            probability *= z > 1.0001 ? (successes + n) / (n + 1) * ((z - 1) / z) : load / (n + 1);
        }
        return (Math.pow(Math.min(1, below), looks) + Math.pow(Math.min(1, upTo), looks)) / 2;
    }

    /**
     * How often the number of busy containers is new: twice in a mean duration for Poisson arrivals, and once for long bursts, during which it
     * stays high.
     */
    private static double looksInADuration(double z) {
        return 1 + 1 / z;
    }

    /** From the dispersion of the counts of one and of five minutes: the power law through both, at the length of a request. */
    private Optional<Peakedness> ofMinutes() {
        double one = 0;
        double five = 0;
        double weight = 0;
        int used = 0;
        for (int slot = from; slot < history.slots(); slot++) {
            float[] minutes = history.minutes(slot);
            if (minutes != null && history.count(slot) >= FEW_REQUESTS * History.MINUTES) {
                double mean = history.count(slot) / History.MINUTES;
                one += squares(minutes, 1, mean) / (1 - 1.0 / 15);
                five += squares(minutes, 5, mean) / (1 - 1.0 / 3);
                weight += mean;
                used++;
            }
        }
        if (used < FEW_MINUTES) {
            return Optional.empty();
        }
        double excess = Math.max(0, one / weight - 1);
        double excessOfFive = Math.max(excess, five / weight - 1);
        double slope = excess == 0 ? 1 : Math.clamp(Math.log(excessOfFive / excess) / Math.log(5), 0, 1);
        double share = Math.min(1, meanSeconds / 60);
        return Optional.of(new Peakedness(
                Math.min(MOST, 1 + excess * Math.pow(share, slope)), Peakedness.Origin.MINUTES));
    }

    /** Variance of the counts of some minutes together, by their number. */
    private static double squares(float[] minutes, int together, double mean) {
        double squares = 0;
        for (int start = 0; start < minutes.length; start += together) {
            double sum = 0;
            for (int i = start; i < start + together; i++) {
                sum += minutes[i];
            }
            squares += (sum - mean * together) * (sum - mean * together);
        }
        return squares / minutes.length;
    }

    /** Where a falling function of the peakedness passes zero. */
    private static double crossing(DoubleUnaryOperator falling) {
        double low = 1;
        double high = MOST;
        if (falling.applyAsDouble(low) <= 0) {
            return low;
        }
        for (int i = 0; i < 14; i++) {
            double middle = Math.sqrt(low * high);
            if (falling.applyAsDouble(middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.sqrt(low * high);
    }
}
