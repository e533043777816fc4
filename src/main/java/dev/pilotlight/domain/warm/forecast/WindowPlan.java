package dev.pilotlight.domain.warm.forecast;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts the week into few pieces of constant capacity: the cut, and the capacity of each piece, that are cheapest when slots are weighed against
 * what spills over. Days are taken together where that costs little.
 */
final class WindowPlan {
    private static final int DAY = Series.SLOTS_A_DAY;
    private static final int MOST_PIECES = 8;
    /** A piece more has to save this share of all slots: people have to read it. */
    private static final double PIECE_COST = 0.004;

    private static final Set<DayOfWeek> WORKDAYS =
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
    private static final List<List<Set<DayOfWeek>>> GROUPINGS = List.of(
            List.of(Set.of(DayOfWeek.values())),
            List.of(WORKDAYS, Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)),
            List.of(WORKDAYS, Set.of(DayOfWeek.SATURDAY), Set.of(DayOfWeek.SUNDAY)),
            Arrays.stream(DayOfWeek.values()).map(Set::of).toList());

    private final double[][] spilled;
    private final int most;
    private final ZoneId zone;
    private final int maxWindows;
    private final Map<Set<DayOfWeek>, double[][]> sums = new HashMap<>();

    private record Piece(int from, int to, int capacity) {}

    private record Cut(Set<DayOfWeek> days, List<Piece> pieces, double cost) {}

    /**
     * @param spilled requests that spill over in every slot of the week from Monday on, by provisioned slots
     */
    WindowPlan(double[][] spilled, ZoneId zone, int maxWindows) {
        this.spilled = spilled;
        this.most = spilled[0].length - 1;
        this.zone = zone;
        this.maxWindows = maxWindows;
    }

    /** Which days are best taken together at a worth; it hardly changes with the worth, and takes long to find. */
    List<Set<DayOfWeek>> grouping(double worth) {
        double pieceCost = PIECE_COST * unhindered(worth);
        Map<Set<DayOfWeek>, Cut> known = new HashMap<>();
        List<Set<DayOfWeek>> best = GROUPINGS.getFirst();
        double lowest = Double.POSITIVE_INFINITY;
        for (List<Set<DayOfWeek>> grouping : GROUPINGS) {
            List<Cut> cuts = grouping.stream()
                    .map(days -> known.computeIfAbsent(days, key -> cut(key, worth, pieceCost)))
                    .toList();
            double cost = cuts.stream().mapToDouble(Cut::cost).sum();
            boolean few = grouping.size() == 1 || windows(cuts, baseline(cuts)).size() <= maxWindows;
            if (few && cost < lowest) {
                best = grouping;
                lowest = cost;
            }
        }
        return best;
    }

    /**
     * @param worth what one request less to spill over is worth, in quarter-hours of one slot
     * @param requests that come in a week
     */
    Recommendation at(List<Set<DayOfWeek>> grouping, double worth, double requests) {
        return recommend(cuts(grouping, worth), requests);
    }

    /** Of every slot of the week from Monday on. */
    int[] capacities(List<Set<DayOfWeek>> grouping, double worth) {
        int[] capacities = new int[spilled.length];
        byDay(cuts(grouping, worth)).forEach((day, pieces) -> {
            for (Piece piece : pieces) {
                int begins = (day.getValue() - 1) * DAY;
                Arrays.fill(capacities, begins + piece.from(), begins + piece.to(), piece.capacity());
            }
        });
        return capacities;
    }

    private List<Cut> cuts(List<Set<DayOfWeek>> grouping, double worth) {
        double pieceCost = PIECE_COST * unhindered(worth);
        List<Cut> cuts =
                grouping.stream().map(days -> cut(days, worth, pieceCost)).toList();
        if (windows(cuts, baseline(cuts)).size() <= maxWindows) {
            return cuts;
        }
        int pieces = Math.max(1, Math.min(MOST_PIECES, maxWindows / grouping.size()));
        return grouping.stream()
                .map(days -> cut(days, worth, pieceCost, pieces))
                .toList();
    }

    private double unhindered(double worth) {
        double slots = 0;
        for (double[] slot : spilled) {
            slots += Fill.slots(slot, worth);
        }
        return slots;
    }

    private Cut cut(Set<DayOfWeek> days, double worth, double pieceCost) {
        return cut(days, worth, pieceCost, Math.min(MOST_PIECES, maxWindows));
    }

    private Cut cut(Set<DayOfWeek> days, double worth, double pieceCost, int pieces) {
        double[][] sums = sums(days);
        int[][] capacities = new int[DAY][DAY + 1];
        double[][] costs = new double[DAY][DAY + 1];
        for (int from = 0; from < DAY; from++) {
            int capacity = 0;
            for (int to = from + 1; to <= DAY; to++) {
                capacity = cheapest(from, to, days.size(), worth, sums, capacity);
                capacities[from][to] = capacity;
                costs[from][to] = cost(from, to, days.size(), worth, sums, capacity);
            }
        }
        return shortest(days, capacities, costs, pieceCost, pieces);
    }

    /** What spills over on some days up to every slot of the day, by capacity; the same at every worth. */
    private double[][] sums(Set<DayOfWeek> days) {
        return sums.computeIfAbsent(days, key -> {
            double[][] summed = new double[DAY + 1][most + 1];
            for (int slot = 0; slot < DAY; slot++) {
                summed[slot + 1] = summed[slot].clone();
                for (DayOfWeek day : days) {
                    double[] spills = spilled[(day.getValue() - 1) * DAY + slot];
                    for (int capacity = 0; capacity <= most; capacity++) {
                        summed[slot + 1][capacity] += spills[capacity];
                    }
                }
            }
            return summed;
        });
    }

    /** What spills over falls ever less steeply, so the cost has one valley, and a slot more to cover moves it a little at most. */
    private int cheapest(int from, int to, int days, double worth, double[][] sums, int near) {
        int capacity = near;
        double lowest = cost(from, to, days, worth, sums, capacity);
        int step = capacity < most && cost(from, to, days, worth, sums, capacity + 1) < lowest ? 1 : -1;
        while (capacity + step >= 0 && capacity + step <= most) {
            double next = cost(from, to, days, worth, sums, capacity + step);
            if (step > 0 ? next >= lowest : next > lowest) {
                break;
            }
            capacity += step;
            lowest = next;
        }
        return capacity;
    }

    private static double cost(int from, int to, int days, double worth, double[][] sums, int capacity) {
        return (double) days * (to - from) * capacity + worth * (sums[to][capacity] - sums[from][capacity]);
    }

    private Cut shortest(Set<DayOfWeek> days, int[][] capacities, double[][] costs, double pieceCost, int pieces) {
        double[][] best = new double[pieces + 1][DAY + 1];
        int[][] before = new int[pieces + 1][DAY + 1];
        for (double[] row : best) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        best[0][0] = 0;
        int used = 1;
        for (int piece = 1; piece <= pieces; piece++) {
            for (int to = 1; to <= DAY; to++) {
                for (int from = 0; from < to; from++) {
                    double cost = best[piece - 1][from] + costs[from][to] + pieceCost;
                    if (cost < best[piece][to]) {
                        best[piece][to] = cost;
                        before[piece][to] = from;
                    }
                }
            }
            used = best[piece][DAY] < best[used][DAY] ? piece : used;
        }
        List<Piece> cut = new ArrayList<>();
        int to = DAY;
        for (int piece = used; piece > 0; piece--) {
            int from = before[piece][to];
            cut.addFirst(new Piece(from, to, capacities[from][to]));
            to = from;
        }
        return new Cut(days, cut, best[used][DAY]);
    }

    private static int baseline(List<Cut> cuts) {
        return cuts.stream()
                .flatMap(cut -> cut.pieces().stream())
                .mapToInt(Piece::capacity)
                .min()
                .orElse(0);
    }

    private List<RecommendedWindow> windows(List<Cut> cuts, int baseline) {
        List<RecommendedWindow> windows = new ArrayList<>();
        for (Cut cut : cuts) {
            for (Piece piece : cut.pieces()) {
                if (piece.capacity() > baseline) {
                    windows.add(new RecommendedWindow(
                            cut.days(), time(piece.from()), time(piece.to()), zone, piece.capacity()));
                }
            }
        }
        return windows;
    }

    private static LocalTime time(int slot) {
        return LocalTime.MIDNIGHT.plusMinutes(15L * (slot % DAY));
    }

    private Recommendation recommend(List<Cut> cuts, double requests) {
        double spills = 0;
        double slots = 0;
        for (Map.Entry<DayOfWeek, List<Piece>> day : byDay(cuts).entrySet()) {
            for (Piece piece : day.getValue()) {
                slots += (piece.to() - piece.from()) * piece.capacity();
                for (int slot = piece.from(); slot < piece.to(); slot++) {
                    spills += spilled[(day.getKey().getValue() - 1) * DAY + slot][piece.capacity()];
                }
            }
        }
        int baseline = baseline(cuts);
        return new Recommendation(
                baseline, windows(cuts, baseline), requests == 0 ? 0 : 100 * spills / requests, slots / 4);
    }

    private static Map<DayOfWeek, List<Piece>> byDay(List<Cut> cuts) {
        Map<DayOfWeek, List<Piece>> byDay = new EnumMap<>(DayOfWeek.class);
        cuts.forEach(cut -> cut.days().forEach(day -> byDay.put(day, cut.pieces())));
        return byDay;
    }
}
