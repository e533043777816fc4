package dev.pilotlight.replay;

import dev.pilotlight.domain.warm.forecast.History;
import dev.pilotlight.replay.Picture.Anchor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The judged week: what came, what was provisioned for it, and what found no slot free. */
final class Week {
    private static final int WIDTH = 840;
    private static final int HEIGHT = 330;
    private static final double LEFT = 40;
    private static final double RIGHT = WIDTH - 12;
    private static final double TOP = 52;
    private static final double BOTTOM = 232;
    private static final double SPILL_TOP = 252;
    private static final double SPILL_BOTTOM = 302;
    private static final String CAME = "#c6d9ec";
    private static final String HIGHEST = "#9db8d2";
    private static final String FORECAST = "#1f77b4";
    private static final String BY_HAND = "#e377c2";
    private static final String SPILLED = "#d62728";
    private static final int SPILL_PERCENT = 20;

    private final Workload workload;
    private final int slots;
    private final double[] load;
    private final double[] highest;
    private final double[] requests;

    private Week(Workload workload) {
        this.workload = workload;
        this.slots = (int) ((workload.end() - workload.start()) / Schedule.SLOT);
        this.load = new double[slots];
        this.highest = new double[slots];
        this.requests = new double[slots];
        Busy busy = new Busy();
        for (int i = workload.first(); i < workload.arrivals().length; i++) {
            double now = workload.arrivals()[i];
            int slot = slot(now);
            busy.freeUntil(now);
            busy.add(now + workload.durations()[i]);
            load[slot] += workload.durations()[i] / Schedule.SLOT;
            highest[slot] = Math.max(highest[slot], busy.size());
            requests[slot]++;
        }
    }

    private int slot(double second) {
        return (int) ((second - workload.start()) / Schedule.SLOT);
    }

    /**
     * @param log single requests before the judged week, where somebody logged them
     */
    static Picture of(Workload workload, Optional<History.Requests> log) {
        Planned planned = new Planned(workload, new Observed(workload), log);
        return new Week(workload).draw(planned.enforced(1), planned.byHand());
    }

    private Picture draw(int[] forecast, int[] byHand) {
        Picture picture = new Picture(WIDTH, HEIGHT);
        double most = Math.max(
                        Arrays.stream(highest).max().orElse(1),
                        Math.max(
                                Arrays.stream(forecast).max().orElse(1),
                                Arrays.stream(byHand).max().orElse(1)))
                + 1;
        Provisioned foreseen = replay(forecast);
        Provisioned manual = replay(byHand);
        legend(picture, foreseen, manual);
        surface(picture, HIGHEST, highest, most);
        surface(picture, CAME, load, most);
        axes(picture, most);
        steps(picture, BY_HAND, byHand, most);
        steps(picture, FORECAST, forecast, most);
        spilled(picture, foreseen);
        return picture;
    }

    private Provisioned replay(int[] capacities) {
        return Provisioned.replay(workload, Schedule.of(capacities, workload.start(), SeedRun.READINESS));
    }

    private void legend(Picture picture, Provisioned foreseen, Provisioned manual) {
        picture.text(
                LEFT,
                16,
                Anchor.START,
                true,
                "One judged week (" + workload.name() + "): busy containers, and slots provisioned for them");
        double x = LEFT;
        x = key(picture, CAME, x, "busy on average");
        x = key(picture, HIGHEST, x, "at most");
        x = key(picture, FORECAST, x, "the forecast's windows, " + percent(foreseen));
        key(picture, BY_HAND, x, "a window by hand, " + percent(manual));
    }

    private static String percent(Provisioned provisioned) {
        return String.format(Locale.ROOT, "%.1f %% spill over", 100 * provisioned.spillover());
    }

    private static double key(Picture picture, String colour, double x, String words) {
        picture.rectangle(colour, x, 28, 12, 10);
        picture.text(x + 16, 37, Anchor.START, false, words);
        return x + 34 + 5.6 * words.length();
    }

    private void axes(Picture picture, double most) {
        int step = most > 40 ? 20 : most > 16 ? 5 : 2;
        for (int tick = 0; tick <= most; tick += step) {
            picture.text(LEFT - 5, y(tick, most) + 4, Anchor.END, false, Integer.toString(tick));
            picture.line("#e8e8e8", 0.6, LEFT, y(tick, most), RIGHT, y(tick, most));
        }
        int begins = (int) (workload.start() / Workload.DAY);
        String[] days = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
        for (int day = 0; day < slots / 96; day++) {
            double x = x(day * 96);
            picture.line("#b0b0b0", 0.6, x, TOP, x, SPILL_BOTTOM);
            picture.text(x(day * 96 + 48), SPILL_BOTTOM + 16, Anchor.MIDDLE, false, days[(begins + day) % 7]);
        }
        picture.line("#000000", 1, LEFT, TOP, LEFT, BOTTOM, RIGHT, BOTTOM);
        picture.line("#000000", 1, LEFT, SPILL_TOP, LEFT, SPILL_BOTTOM, RIGHT, SPILL_BOTTOM);
        picture.text(LEFT - 5, SPILL_TOP + 6, Anchor.END, false, SPILL_PERCENT + " %");
        picture.text(
                LEFT + 6, SPILL_TOP + 4, Anchor.START, false, "spill-over under the forecast, by quarters of an hour");
    }

    private void surface(Picture picture, String colour, double[] values, double most) {
        double[] steps = steps(values, most);
        double[] corners = new double[steps.length + 4];
        corners[0] = LEFT;
        corners[1] = BOTTOM;
        System.arraycopy(steps, 0, corners, 2, steps.length);
        corners[corners.length - 2] = RIGHT;
        corners[corners.length - 1] = BOTTOM;
        picture.surface(colour, corners);
    }

    private void steps(Picture picture, String colour, int[] capacities, double most) {
        picture.line(
                colour, 1.8, steps(Arrays.stream(capacities).asDoubleStream().toArray(), most));
    }

    /** Corners of a line that is level within each slot; slots at the same level need none between them. */
    private double[] steps(double[] values, double most) {
        double[] points = new double[4 * slots];
        int size = 0;
        for (int from = 0; from < slots; ) {
            int to = from + 1;
            while (to < slots && values[to] == values[from]) {
                to++;
            }
            points[size++] = x(from);
            points[size++] = y(values[from], most);
            points[size++] = x(to);
            points[size++] = y(values[from], most);
            from = to;
        }
        return Arrays.copyOf(points, size);
    }

    private void spilled(Picture picture, Provisioned provisioned) {
        double[] spilled = new double[slots];
        for (int request : provisioned.spilled()) {
            spilled[slot(workload.arrivals()[request])]++;
        }
        for (int slot = 0; slot < slots; slot++) {
            if (spilled[slot] > 0) {
                double share = Math.min(1, 100 * spilled[slot] / requests[slot] / SPILL_PERCENT);
                double high = Math.max(1, share * (SPILL_BOTTOM - SPILL_TOP));
                picture.rectangle(SPILLED, x(slot), SPILL_BOTTOM - high, x(slot + 1) - x(slot), high);
            }
        }
    }

    private double x(double slot) {
        return LEFT + (RIGHT - LEFT) * slot / slots;
    }

    private static double y(double value, double most) {
        return BOTTOM - (BOTTOM - TOP) * value / most;
    }
}
