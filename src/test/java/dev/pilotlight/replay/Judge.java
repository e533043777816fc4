package dev.pilotlight.replay;

import java.util.Arrays;
import java.util.List;

/** Replays the judged week under a schedule and says what came of it. The random parts are the same for every policy of a workload. */
final class Judge {
    private static final ColdModel BASE = new ColdModel(ColdModel.IDLE_GRID[ColdModel.BASE_IDLE], 0);

    private final Workload workload;
    private final int seed;

    Judge(Workload workload, int seed) {
        this.workload = workload;
        this.seed = seed;
    }

    Outcome none() {
        return constant(SeedRun.NONE, Provisioned.none(workload), OnDemand.Pings.NONE, 0, 0);
    }

    Outcome pinged(String policy, OnDemand.Pings pings) {
        return constant(policy, Provisioned.none(workload), pings, 0, 0);
    }

    /** For a schedule that does not depend on how long capacity takes to be ready. */
    Outcome constant(String policy, Schedule schedule) {
        return constant(
                policy,
                Provisioned.replay(workload, schedule),
                OnDemand.Pings.NONE,
                schedule.paidSlotSeconds(),
                schedule.changes());
    }

    private Outcome constant(
            String policy, Provisioned provisioned, OnDemand.Pings pings, double slotSeconds, int changes) {
        List<OnDemand> byIdle = byIdle(provisioned, pings);
        double[][] shares = new double[ColdModel.IDLE_GRID.length][SeedRun.READINESS_GRID.length];
        for (int idle = 0; idle < shares.length; idle++) {
            Arrays.fill(shares[idle], coldShare(byIdle.get(idle)));
        }
        OnDemand base = byIdle.get(ColdModel.BASE_IDLE);
        double[] byTime = pings.equals(OnDemand.Pings.NONE) ? byTime(provisioned) : new double[0];
        return outcome(policy, provisioned, base, shares, slotSeconds, changes, byTime);
    }

    /**
     * @param schedules one for every readiness of {@link SeedRun#READINESS_GRID}
     */
    Outcome scheduled(String policy, List<Schedule> schedules) {
        double[][] shares = new double[ColdModel.IDLE_GRID.length][schedules.size()];
        for (int readiness = 0; readiness < schedules.size(); readiness++) {
            List<OnDemand> byIdle = byIdle(Provisioned.replay(workload, schedules.get(readiness)), OnDemand.Pings.NONE);
            for (int idle = 0; idle < shares.length; idle++) {
                shares[idle][readiness] = coldShare(byIdle.get(idle));
            }
        }
        Schedule schedule = schedules.get(SeedRun.BASE_READINESS);
        Provisioned provisioned = Provisioned.replay(workload, schedule);
        OnDemand base = onDemand(provisioned, BASE, OnDemand.Pings.NONE);
        return outcome(
                policy, provisioned, base, shares, schedule.paidSlotSeconds(), schedule.changes(), byTime(provisioned));
    }

    private List<OnDemand> byIdle(Provisioned provisioned, OnDemand.Pings pings) {
        return Arrays.stream(ColdModel.IDLE_GRID)
                .mapToObj(idle -> onDemand(provisioned, new ColdModel(idle, 0), pings))
                .toList();
    }

    /** With the one model of cold starts only: a point on the way from lavish to stingy. */
    Outcome point(String policy, Schedule schedule) {
        Provisioned provisioned = Provisioned.replay(workload, schedule);
        OnDemand base = onDemand(provisioned, BASE, OnDemand.Pings.NONE);
        double[][] shares = new double[ColdModel.IDLE_GRID.length][SeedRun.READINESS_GRID.length];
        for (double[] row : shares) {
            Arrays.fill(row, Double.NaN);
        }
        shares[ColdModel.BASE_IDLE][SeedRun.BASE_READINESS] = coldShare(base);
        return outcome(
                policy, provisioned, base, shares, schedule.paidSlotSeconds(), schedule.changes(), new double[0]);
    }

    private double[] byTime(Provisioned provisioned) {
        return Arrays.stream(ColdModel.COLD_GRID)
                .map(cold ->
                        coldShare(onDemand(provisioned, new ColdModel(BASE.idleSeconds(), cold), OnDemand.Pings.NONE)))
                .toArray();
    }

    private static Outcome outcome(
            String policy,
            Provisioned provisioned,
            OnDemand base,
            double[][] shares,
            double slotSeconds,
            int changes,
            double[] byTime) {
        int requests = provisioned.requests();
        return new Outcome(
                policy,
                provisioned.spillover(),
                new Outcome.Cold(
                        shares,
                        byTime,
                        base.addedAt(0.5, requests),
                        base.addedAt(0.95, requests),
                        base.addedAt(0.99, requests)),
                slotSeconds / 3600,
                Prices.bill(slotSeconds, provisioned.busySeconds(), base.busySeconds(), base.pingSeconds()),
                changes);
    }

    private double coldShare(OnDemand onDemand) {
        int requests = workload.arrivals().length - workload.first();
        return requests == 0 ? 0 : (double) onDemand.coldStarts() / requests;
    }

    private OnDemand onDemand(Provisioned provisioned, ColdModel model, OnDemand.Pings pings) {
        return OnDemand.replay(workload, provisioned.spilled(), model, pings, new Dice(seed));
    }
}
