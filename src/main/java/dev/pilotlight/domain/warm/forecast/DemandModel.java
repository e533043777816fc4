package dev.pilotlight.domain.warm.forecast;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;

/**
 * One way to expect requests: a shape that repeats, times a level that is followed.
 *
 * @param shape what repeats
 * @param memoryDays after how many days a slot counts half for the shape
 * @param levelHours after how many hours a deviation from the shape counts half for the level; 0 for a level that is not followed
 */
record DemandModel(Shape shape, double memoryDays, double levelHours) {
    private static final double WHOLE_PAST = 60;
    private static final double TWO_WEEKS = 14;

    private static final List<DemandModel> ALL = List.of(
            new DemandModel(Shape.WEEK, WHOLE_PAST, 0),
            new DemandModel(Shape.WEEK, 7, 0),
            new DemandModel(Shape.WEEK, WHOLE_PAST, 24),
            new DemandModel(Shape.WEEK, WHOLE_PAST, 72),
            new DemandModel(Shape.WORKDAY, WHOLE_PAST, 0),
            new DemandModel(Shape.WORKDAY, 7, 0),
            new DemandModel(Shape.WORKDAY, 2, 0),
            new DemandModel(Shape.WORKDAY, WHOLE_PAST, 24),
            new DemandModel(Shape.WORKDAY, WHOLE_PAST, 72),
            new DemandModel(Shape.DAY, 7, 0),
            new DemandModel(Shape.FLAT, 7, 0));

    /** Slots before now that are not used yet: the last one may lack points. */
    static final int DELAY = 1;

    /**
     * All that are tried. Where every day of the week was seen once, what is seen of it cannot be told from chance, and only the plainest of the
     * weekly models is tried.
     *
     * @param days that there are to learn from before the first one that is held out
     */
    static List<DemandModel> candidates(double days) {
        return ALL.stream()
                .filter(model -> model.shape != Shape.WEEK || days >= TWO_WEEKS || model.equals(ALL.getFirst()))
                .toList();
    }

    /** For people. */
    String describe() {
        String season =
                switch (shape) {
                    case WEEK -> "a weekly season";
                    case WORKDAY -> "a season of working days and weekends";
                    case DAY -> "a daily season";
                    case FLAT -> "no season";
                };
        String memory = memoryDays >= WHOLE_PAST ? "" : " of the last days";
        return season + memory + (levelHours > 0 ? " and a level followed over " + hours() + " h" : "");
    }

    private String hours() {
        return levelHours == Math.rint(levelHours) ? Long.toString((long) levelHours) : Double.toString(levelHours);
    }

    /** Shape and level as they were known at a slot. */
    Fitted fit(Series series, int origin) {
        double[] profile = profile(series, origin, shape);
        return new Fitted(shape, profile, level(series, origin, profile));
    }

    /** How far above its shape demand is, from the slots before an end. */
    private double level(Series series, int end, double[] profile) {
        if (levelHours == 0) {
            return 1;
        }
        double keep = Math.pow(0.5, 1 / (4 * levelHours));
        // An hour of average demand at the usual level: what little comes at night says little about the day.
        double seen = 4 * Arrays.stream(profile).average().orElse(0);
        double expected = seen;
        double weight = 1;
        for (int slot = Math.min(end, series.known()) - 1; slot >= 0 && weight > 0.01; slot--) {
            double count = series.count(slot);
            if (!Double.isNaN(count)) {
                seen += weight * count;
                expected += weight * profile[shape.key(series.dayOfWeek(slot), series.ofDay(slot))];
            }
            weight *= keep;
        }
        return expected > 0 ? seen / expected : 1;
    }

    private double[] profile(Series series, int origin, Shape by) {
        double[] sums = new double[by.keys()];
        double[] weights = new double[by.keys()];
        double keep = Math.pow(0.5, 1 / (memoryDays * Series.SLOTS_A_DAY));
        double weight = 1;
        for (int slot = Math.min(origin, series.known()) - 1; slot >= 0; slot--) {
            weight *= keep;
            double count = series.count(slot);
            if (!Double.isNaN(count)) {
                int key = by.key(series.dayOfWeek(slot), series.ofDay(slot));
                sums[key] += weight * count;
                weights[key] += weight;
            }
        }
        double[] means = new double[by.keys()];
        double[] fallback = by == Shape.DAY || by == Shape.FLAT ? new double[0] : profile(series, origin, by.coarser());
        for (int key = 0; key < means.length; key++) {
            means[key] = weights[key] > 0 ? sums[key] / weights[key] : missing(by, key, fallback);
        }
        return by == Shape.FLAT ? means : smooth(means);
    }

    /** What was never seen, at no time of any such day, is not expected. */
    private static double missing(Shape by, int key, double[] fallback) {
        if (fallback.length == 0) {
            return 0;
        }
        int day = key / Series.SLOTS_A_DAY;
        int ofDay = key % Series.SLOTS_A_DAY;
        int coarse = by == Shape.WEEK && day >= 5 ? Series.SLOTS_A_DAY + ofDay : ofDay;
        return by == Shape.WORKDAY && day == 1 ? 0 : fallback[coarse];
    }

    /**
     * Neighbours that could be the same but for chance count half: few weeks are little to know a quarter of an hour from. A neighbour on the
     * other side of an edge, such as the opening of an office, does not count.
     */
    private static double[] smooth(double[] means) {
        double[] smooth = new double[means.length];
        for (int key = 0; key < means.length; key++) {
            double before = means[Math.floorMod(key - 1, means.length)];
            double after = means[(key + 1) % means.length];
            double left = alike(before, means[key]) / 2;
            double right = alike(after, means[key]) / 2;
            smooth[key] = (left * before + means[key] + right * after) / (1 + left + right);
        }
        return smooth;
    }

    /** 1 for two counts that differ by less than chance makes of them, falling to 0. */
    private static double alike(double one, double other) {
        double apart = (one - other) * (one - other) / (9 * (1 + other));
        return 1 / (1 + apart * apart);
    }

    /**
     * A model that has seen what there was before an origin.
     *
     * @param profile requests of every slot of the shape
     * @param level what they are multiplied with
     */
    record Fitted(Shape shape, double[] profile, double level) {
        /** Requests expected in a slot of the week. */
        double usual(DayOfWeek day, int ofDay) {
            return level * profile[shape.key(day, ofDay)];
        }
    }
}
