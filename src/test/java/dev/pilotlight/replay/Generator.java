package dev.pilotlight.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.function.Function;

/** Makes a week to be judged, and the weeks before it, from a family and a seed. Same seed, same requests. */
final class Generator {
    private static final int MINUTES = 24 * 60;

    private final Families families;
    private final Function<String, ArrivalLaw> laws;

    Generator(Families families) {
        this(families, families::law);
    }

    /**
     * @param laws by the name in the file; real traces may take the place of the laws that were measured on them
     */
    Generator(Families families, Function<String, ArrivalLaw> laws) {
        this.families = families;
        this.laws = laws;
    }

    Workload generate(String name, int seed) {
        JsonNode family = families.family(name);
        Dice dice = new Dice(31L * seed + name.hashCode());
        Parameters drawn = Parameters.draw(families.workload(), dice);
        double[] rates = rates(family, drawn, dice.split());
        double[] arrivals = laws.apply(family.get("arrivals").asText()).arrivals(rates, dice.split());
        return new Workload(
                name + "/" + seed,
                families.trainDays() * (double) Workload.DAY,
                days(),
                arrivals,
                durations(arrivals.length, drawn, dice.split()));
    }

    private int days() {
        return families.trainDays() + families.testDays();
    }

    private static double[] durations(int count, Parameters drawn, Dice dice) {
        double[] durations = new double[count];
        Dice.LogNormal law = dice.logNormal(drawn.serviceSeconds, drawn.serviceVariation);
        for (int i = 0; i < count; i++) {
            durations[i] = law.draw();
        }
        return durations;
    }

    /** Requests a second, for every minute. */
    private double[] rates(JsonNode family, Parameters drawn, Dice dice) {
        double[] load = seasonal(family, drawn, dice);
        Dice changes = dice.split();
        if (family.has("shift")) {
            JsonNode shift = family.get("shift");
            double factor = Range.of(shift.get("factor")).draw(changes);
            scaleFrom(load, (int) (Range.of(shift.get("day")).draw(changes) * MINUTES), load.length, factor);
        }
        if (family.has("holiday")) {
            Range share = Range.of(family.get("holiday").get("share"));
            int learned = 7 * changes.below(families.trainDays() / 7) + changes.below(5);
            int judged = families.trainDays() + changes.below(5);
            scaleFrom(load, learned * MINUTES, (learned + 1) * MINUTES, share.draw(changes));
            scaleFrom(load, judged * MINUTES, (judged + 1) * MINUTES, share.draw(changes));
        }
        double perContainer = 1 / drawn.serviceSeconds;
        for (int i = 0; i < load.length; i++) {
            load[i] *= drawn.peakConcurrency * perContainer;
        }
        return load;
    }

    private static void scaleFrom(double[] load, int from, int to, double factor) {
        for (int i = from; i < to; i++) {
            load[i] *= factor;
        }
    }

    /** Load of every minute as a share of the peak of an average day. */
    private double[] seasonal(JsonNode family, Parameters drawn, Dice dice) {
        if (family.has("wander")) {
            return wandering(family.get("wander"), dice);
        }
        if (family.has("episodes")) {
            return episodes(family.get("episodes"), dice);
        }
        double moveHours = 0;
        int moveDay = Integer.MAX_VALUE;
        if (family.has("move")) {
            Dice moves = dice.split();
            moveHours = Range.of(family.get("move").get("hours")).draw(moves) * (moves.uniform() < 0.5 ? -1 : 1);
            moveDay = (int) Range.of(family.get("move").get("day")).draw(moves);
        }
        double[] load = new double[days() * MINUTES];
        for (int day = 0; day < days(); day++) {
            double variance = drawn.dayFactorSigma * drawn.dayFactorSigma;
            double factor = Math.exp(drawn.dayFactorSigma * dice.normal() - variance / 2);
            double peakHour = drawn.peakHour + (day >= moveDay ? moveHours : 0);
            for (int minute = 0; minute < MINUTES; minute++) {
                load[day * MINUTES + minute] = factor
                        * (day % 7 >= 5 ? drawn.weekendShare : 1)
                        * (drawn.nightShare + (1 - drawn.nightShare) * bell(minute / 60.0, peakHour, drawn.widthHours));
            }
        }
        return load;
    }

    private static double bell(double hour, double peak, double width) {
        double apart = Math.abs(hour - peak) % 24;
        double distance = Math.min(apart, 24 - apart) / width;
        return Math.exp(-distance * distance / 2);
    }

    private double[] wandering(JsonNode wander, Dice dice) {
        double sigma = Range.of(wander.get("sigma")).draw(dice);
        double keeps =
                Math.exp(-1 / (60 * Range.of(wander.get("correlationHours")).draw(dice)));
        double state = dice.normal();
        double[] load = new double[days() * MINUTES];
        for (int i = 0; i < load.length; i++) {
            load[i] = Math.exp(sigma * state - sigma * sigma / 2) / 2;
            state = keeps * state + Math.sqrt(1 - keeps * keeps) * dice.normal();
        }
        return load;
    }

    private double[] episodes(JsonNode episodes, Dice dice) {
        double perDay = Range.of(episodes.get("perDay")).draw(dice);
        Range minutes = Range.of(episodes.get("minutes"));
        double[] load = new double[days() * MINUTES];
        Arrays.fill(load, episodes.get("quietShare").asDouble());
        for (double at = dice.exponential() / perDay; at < days(); at += dice.exponential() / perDay) {
            int from = (int) (at * MINUTES);
            int to = Math.min(load.length, from + (int) Math.ceil(minutes.draw(dice)));
            for (int i = from; i < to; i++) {
                load[i] = 1;
            }
        }
        return load;
    }

    /** What a seed draws for every family alike. */
    private record Parameters(
            double peakConcurrency,
            double serviceSeconds,
            double serviceVariation,
            double peakHour,
            double widthHours,
            double nightShare,
            double weekendShare,
            double dayFactorSigma) {
        static Parameters draw(JsonNode from, Dice dice) {
            return new Parameters(
                    Range.of(from.get("peakConcurrency")).draw(dice),
                    Range.of(from.get("serviceSeconds")).draw(dice),
                    from.get("serviceVariation").asDouble(),
                    Range.of(from.get("peakHour")).draw(dice),
                    Range.of(from.get("widthHours")).draw(dice),
                    Range.of(from.get("nightShare")).draw(dice),
                    Range.of(from.get("weekendShare")).draw(dice),
                    Range.of(from.get("dayFactorSigma")).draw(dice));
        }
    }
}
