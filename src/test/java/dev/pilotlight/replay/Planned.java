package dev.pilotlight.replay;

import dev.pilotlight.domain.warm.forecast.ForecastResult;
import dev.pilotlight.domain.warm.forecast.ForecastSettings;
import dev.pilotlight.domain.warm.forecast.History;
import dev.pilotlight.domain.warm.forecast.Recommendation;
import dev.pilotlight.domain.warm.forecast.RecommendedWindow;
import dev.pilotlight.domain.warm.forecast.Rehearsal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The policies that plan slots of 15 minutes for the judged week. */
final class Planned {
    private static final int SLOTS_A_DAY = 96;
    private static final double TARGET_PERCENT = 1;
    private static final int MOST = 200;
    private static final double SHARE_OF_PEAK = 0.4;
    private static final double RESERVE = 1.1;

    private final Observed observed;
    private final int trainDays;
    private final int slots;

    /** What the operator would know at the beginning of every judged day. */
    private final List<Rehearsal> learned = new ArrayList<>();

    /**
     * @param log single requests before the judged week, where somebody logged them
     */
    Planned(Workload workload, Observed observed, Optional<History.Requests> log) {
        this.observed = observed;
        History history = observed.history(log);
        this.trainDays = (int) (workload.start() / Workload.DAY);
        this.slots = (workload.days() - trainDays) * SLOTS_A_DAY;
        ForecastSettings settings = settings(trainDays);
        for (int day = trainDays; day < workload.days(); day++) {
            Instant now = Observed.EPOCH.plus(Duration.ofDays(day));
            learned.add(Rehearsal.learn(history, settings, now));
        }
    }

    static ForecastSettings settings(int days) {
        return ForecastSettings.of(ZoneId.of("UTC"), Math.clamp(days, 14, 30), TARGET_PERCENT, MOST)
                .withPrices(Prices.TWO_GIGABYTES);
    }

    /** What was forecast before the judged week. */
    ForecastResult forecast() {
        return learned.getFirst().forecast();
    }

    /** What the mode Enforce does: windows made anew every day; what a request is worth may be scaled. */
    int[] enforced(double worth) {
        int[] capacities = new int[slots];
        for (int day = 0; day < learned.size(); day++) {
            fill(capacities, learned.get(day).windows(worth), day * SLOTS_A_DAY, (day + 1) * SLOTS_A_DAY);
        }
        return capacities;
    }

    /** The windows that were recommended before the judged week, committed and left alone. */
    int[] committed() {
        int[] capacities = new int[slots];
        fill(capacities, forecast().recommendation(), 0, slots);
        return capacities;
    }

    private void fill(int[] capacities, Recommendation recommendation, int from, int to) {
        Instant start = Observed.EPOCH.plus(Duration.ofDays(trainDays));
        for (int slot = from; slot < to; slot++) {
            LocalDateTime at = LocalDateTime.ofInstant(start.plusSeconds(slot * 900L), ZoneOffset.UTC);
            capacities[slot] = recommendation.windows().stream()
                    .filter(window -> isOpen(window, at))
                    .mapToInt(RecommendedWindow::capacity)
                    .max()
                    .orElse(recommendation.baseline());
        }
    }

    private static boolean isOpen(RecommendedWindow window, LocalDateTime at) {
        boolean ends =
                window.end().equals(LocalTime.MIDNIGHT) || at.toLocalTime().isBefore(window.end());
        return window.days().contains(at.getDayOfWeek()) && !at.toLocalTime().isBefore(window.start()) && ends;
    }

    /**
     * What a person would write after a look at the graphs: one window on working days, over the hours with at least 40 % of the busiest hour's
     * requests, with the highest concurrency of the usual working day and 10 %; one slot at all other times.
     */
    int[] byHand() {
        double[] hours = observed.hoursOfWorkdays(trainDays - 14, trainDays);
        double busiest = Arrays.stream(hours).max().orElse(0);
        int from = 0;
        while (from < 23 && hours[from] < SHARE_OF_PEAK * busiest) {
            from++;
        }
        int to = 24;
        while (to > from + 1 && hours[to - 1] < SHARE_OF_PEAK * busiest) {
            to--;
        }
        int peak = (int) Math.ceil(RESERVE * observed.usualPeak(trainDays - 14, trainDays, from, to, true));
        int[] capacities = new int[slots];
        for (int slot = 0; slot < slots; slot++) {
            int hour = slot % SLOTS_A_DAY / 4;
            boolean workday = (trainDays + slot / SLOTS_A_DAY) % 7 < 5;
            capacities[slot] = workday && hour >= from && hour < to ? Math.max(1, peak) : 1;
        }
        return capacities;
    }

    /** The highest concurrency of the usual day and 10 %, at all times. */
    int staticPeak() {
        return (int) Math.ceil(RESERVE * observed.usualPeak(trainDays - 14, trainDays, 0, 24, false));
    }
}
