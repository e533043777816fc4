package dev.pilotlight.replay;

import dev.pilotlight.replay.Picture.Anchor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Cold starts against cost, one panel for each family: further left and further down is better. Idle containers are kept for a minute, where
 * policies differ most.
 */
final class Pareto {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 290;
    private static final int COLUMNS = 2;
    private static final double LEFT = 48;
    private static final double RIGHT = WIDTH - 16;
    private static final double TOP = 30;
    private static final double BOTTOM = HEIGHT - 40;
    private static final double LEAST_PERCENT = 0.001;
    private static final List<String> COLOURS =
            List.of("#7f7f7f", "#8c564b", "#9467bd", "#ff7f0e", "#e377c2", "#17becf", "#1f77b4", "#d4b106", "#2ca02c");

    private Pareto() {}

    /** A point of a panel: bill as a multiple of the oracle's, and cold starts in percent. */
    private record Point(double cost, double cold) {}

    static Picture of(Map<String, List<SeedRun>> families) {
        int rows = (families.size() + COLUMNS) / COLUMNS;
        Picture picture = new Picture(WIDTH * COLUMNS, HEIGHT * rows);
        int panel = 0;
        for (Map.Entry<String, List<SeedRun>> family : families.entrySet()) {
            double left = panel % COLUMNS * (double) WIDTH;
            double top = top(panel);
            panel(picture, family.getKey(), family.getValue(), left, top);
            panel++;
        }
        legend(
                picture,
                new ArrayList<>(families.values()
                        .iterator()
                        .next()
                        .getFirst()
                        .outcomes()
                        .keySet()),
                panel % COLUMNS * (double) WIDTH,
                top(panel));
        return picture;
    }

    private static int top(int panel) {
        return panel / COLUMNS * HEIGHT;
    }

    private static Map<String, Point> points(List<SeedRun> runs) {
        Map<String, Point> points = new LinkedHashMap<>();
        for (String policy : runs.getFirst().outcomes().keySet()) {
            double cost = average(
                    runs,
                    run -> run.outcomes().get(policy).usd()
                            / run.outcomes().get(SeedRun.ORACLE).usd());
            double cold =
                    average(runs, run -> 100 * run.outcomes().get(policy).cold().share(0, SeedRun.BASE_READINESS));
            points.put(policy, new Point(cost, Math.max(LEAST_PERCENT, cold)));
        }
        return points;
    }

    private static double average(List<SeedRun> runs, ToDoubleFunction<SeedRun> figure) {
        return runs.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static void panel(Picture picture, String family, List<SeedRun> runs, double left, double top) {
        Map<String, Point> points = points(runs);
        double most =
                1.05 * points.values().stream().mapToDouble(Point::cost).max().orElse(1);
        int decades = (int) Math.ceil(Math.log10(
                points.values().stream().mapToDouble(Point::cold).max().orElse(1)));
        picture.text(
                left + WIDTH / 2.0,
                top + 18,
                Anchor.MIDDLE,
                true,
                family + " (" + runs.size() + (runs.size() == 1 ? " seed)" : " seeds)"));
        for (int decade = -3; decade <= decades; decade++) {
            double y = top + y(decade, decades);
            picture.line("#e0e0e0", 1, left + LEFT, y, left + RIGHT, y);
            picture.text(left + LEFT - 4, y + 4, Anchor.END, false, number(Math.pow(10, decade)));
        }
        double step = most > 4 ? 1 : most > 2 ? 0.5 : 0.25;
        for (double tick = 0; tick <= most; tick += step) {
            double x = left + x(tick, most);
            picture.line("#e0e0e0", 1, x, top + TOP, x, top + BOTTOM);
            picture.text(x, top + BOTTOM + 14, Anchor.MIDDLE, false, number(tick));
        }
        picture.line("#000000", 1, left + LEFT, top + TOP, left + LEFT, top + BOTTOM, left + RIGHT, top + BOTTOM);
        picture.text(left + RIGHT, top + BOTTOM + 28, Anchor.END, false, "bill, by the oracle's");
        picture.text(left + 4, top + TOP - 6, Anchor.START, false, "cold starts, %");
        int colour = 0;
        for (Map.Entry<String, Point> point : points.entrySet()) {
            picture.circle(
                    COLOURS.get(colour++ % COLOURS.size()),
                    left + x(point.getValue().cost(), most),
                    top + y(Math.log10(point.getValue().cold()), decades),
                    radius(point.getKey()));
        }
    }

    private static void legend(Picture picture, List<String> policies, double left, double top) {
        double y = top + TOP + 14;
        for (int i = 0; i < policies.size(); i++) {
            picture.circle(COLOURS.get(i % COLOURS.size()), left + LEFT + 20, y - 4, radius(policies.get(i)));
            picture.text(left + LEFT + 34, y, Anchor.START, false, policies.get(i));
            y += 20;
        }
        picture.text(
                left + LEFT + 14, y + 6, Anchor.START, false, "means over seeds; idle containers kept for 1 minute,");
        picture.text(
                left + LEFT + 14, y + 20, Anchor.START, false, "slots ready after 3; further left and down is better");
    }

    /** Those that others often hide are larger. */
    private static double radius(String policy) {
        return policy.equals(SeedRun.NONE) || policy.equals(SeedRun.COMMITTED) ? 8 : 5.5;
    }

    private static double x(double cost, double most) {
        return LEFT + (RIGHT - LEFT) * cost / most;
    }

    private static double y(double logarithm, int highest) {
        return BOTTOM - (BOTTOM - TOP) * (logarithm + 3) / (highest + 3);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 0.01 ? "%.3f" : "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
