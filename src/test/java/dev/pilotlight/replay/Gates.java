package dev.pilotlight.replay;

import dev.pilotlight.domain.warm.forecast.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What has to hold before any figure means something. */
final class Gates {
    private static final int DAYS = 7;
    private static final double SECONDS = DAYS * (double) Workload.DAY;
    private static final double HALF_A_POINT = 0.005;

    private Gates() {}

    /** Those that do not hold, in words. */
    static List<String> broken() {
        List<String> broken = new ArrayList<>();
        poisson(broken);
        timers(broken);
        constant(broken);
        return broken;
    }

    private static Workload steady(double load, double seconds, int seed) {
        double[] rates = new double[DAYS * 1440];
        Arrays.fill(rates, load / seconds);
        Dice dice = new Dice(seed);
        double[] arrivals = new ArrivalLaw.Poisson().arrivals(rates, dice);
        double[] durations = new double[arrivals.length];
        Dice.LogNormal law = dice.logNormal(seconds, 0.53);
        Arrays.setAll(durations, i -> law.draw());
        return new Workload("poisson", 0, DAYS, arrivals, durations);
    }

    /** Poisson requests spill over as Erlang's formula says, within half a percentage point. */
    private static void poisson(List<String> broken) {
        for (double load : new double[] {1, 3, 8}) {
            Workload workload = steady(load, 2, 1);
            for (int slots = 0; slots <= 14; slots += 2) {
                double replayed = Provisioned.replay(workload, Schedule.constant(slots, 0, SECONDS))
                        .spillover();
                double exact = Loss.erlangB(slots, load);
                if (Math.abs(replayed - exact) > HALF_A_POINT) {
                    broken.add(String.format(
                            Locale.ROOT,
                            "Poisson requests at load %.0f and %d slots: %.4f spill over, Erlang's formula says %.4f",
                            load,
                            slots,
                            replayed,
                            exact));
                }
            }
        }
    }

    /** A timer that comes sooner than a container is given up starts cold once, and never again; with a slot it never does. */
    private static void timers(List<String> broken) {
        double[] arrivals = new double[DAYS * 24 * 20];
        double[] durations = new double[arrivals.length];
        Arrays.setAll(arrivals, i -> i * 180.0);
        Arrays.fill(durations, 1);
        Workload timer = new Workload("timer", 0, DAYS, arrivals, durations);
        ColdModel kept = new ColdModel(1800, 1);
        OnDemand onDemand =
                OnDemand.replay(timer, Provisioned.none(timer).spilled(), kept, OnDemand.Pings.NONE, new Dice(1));
        if (onDemand.coldStarts() != 1) {
            broken.add("a timer every 3 minutes had " + onDemand.coldStarts() + " cold starts, not only the first");
        }
        int spilled =
                Provisioned.replay(timer, Schedule.constant(1, 0, SECONDS)).spilled().length;
        if (spilled != 0) {
            broken.add("a timer with one slot had " + spilled + " requests without one");
        }
    }

    /** A constant capacity costs slots times time times price, and what its requests take. */
    private static void constant(List<String> broken) {
        Workload workload = steady(2, 1, 2);
        Outcome outcome = new Judge(workload, 1).constant("static", Schedule.constant(40, 0, SECONDS));
        double busy = Arrays.stream(workload.durations()).sum();
        double exact = 40 * SECONDS * Prices.TWO_GIGABYTES.usage() + busy * Prices.TWO_GIGABYTES.provisionedDuration();
        if (outcome.spillover() != 0 || Math.abs(outcome.usd() - exact) > 1e-6 * exact) {
            broken.add("40 slots all week cost " + outcome.usd() + " USD, the closed form says " + exact);
        }
    }
}
