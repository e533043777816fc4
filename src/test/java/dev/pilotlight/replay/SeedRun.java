package dev.pilotlight.replay;

import dev.pilotlight.domain.warm.forecast.ForecastResult;
import dev.pilotlight.domain.warm.forecast.History;
import dev.pilotlight.domain.warm.forecast.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * All policies on one workload.
 *
 * @param forecasts the forecast from lavish to stingy
 * @param accepted whether the forecast's own back-test would have let it act
 * @param peakedness of arrivals within a minute, as the forecast learned it
 */
record SeedRun(
        String workload,
        int requests,
        Map<String, Outcome> outcomes,
        Trade forecasts,
        boolean accepted,
        double peakedness) {
    static final String NONE = "none";
    static final String PING = "ping 5 min";
    static final String STATIC = "static peak";
    static final String TRACKING = "target tracking";
    static final String BY_HAND = "windows by hand";
    /** The recommended windows, committed once. */
    static final String COMMITTED = "windows recommended";
    /** Mode Enforce: the recommended windows, made anew every day. */
    static final String FORECAST = "forecast";
    /** As many pings at once as the forecast's bill pays for. */
    static final String PINGS = "pings for its bill";

    static final String ORACLE = "oracle";

    static final double[] READINESS_GRID = {60, 180, 300};
    /** Where in the grid the readiness is that other figures are made with: three minutes. */
    static final int BASE_READINESS = 1;

    static final double READINESS = READINESS_GRID[BASE_READINESS];
    static final double ALLOWED = 0.01;

    private static final double PING_SECONDS = 300;
    private static final int MOST_PINGS = 200;
    private static final double[] WORTH = {0.05, 0.15, 0.4, 0.7, 2, 6, 30};

    /** With what CloudWatch would show of the requests. */
    static SeedRun of(Workload workload, int seed) {
        return of(workload, seed, Optional.empty());
    }

    /**
     * @param log single requests before the judged week, where somebody logged them
     */
    static SeedRun of(Workload workload, int seed, Optional<History.Requests> log) {
        Observed observed = new Observed(workload);
        Judge judge = new Judge(workload, seed);
        Planned planned = new Planned(workload, observed, log);
        double mean = observed.meanSeconds(0, (int) (workload.start() / Workload.DAY));
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        outcomes.put(NONE, judge.none());
        outcomes.put(PING, judge.pinged(PING, new OnDemand.Pings(1, PING_SECONDS, mean)));
        Schedule peak = Schedule.constant(planned.staticPeak(), workload.start(), workload.end());
        outcomes.put(STATIC, judge.constant(STATIC, peak));
        outcomes.put(TRACKING, judge.scheduled(TRACKING, each(readiness -> new Tracking(workload, readiness).run())));
        outcomes.put(BY_HAND, judge.scheduled(BY_HAND, slots(workload, planned.byHand())));
        outcomes.put(COMMITTED, judge.scheduled(COMMITTED, slots(workload, planned.committed())));
        outcomes.put(FORECAST, judge.scheduled(FORECAST, slots(workload, planned.enforced(1))));
        double left = outcomes.get(FORECAST).usd() - outcomes.get(NONE).usd();
        double onePing =
                Prices.TWO_GIGABYTES.onDemandDuration() * mean * (workload.end() - workload.start()) / PING_SECONDS;
        int atOnce = Math.clamp((long) (left / onePing), 1, MOST_PINGS);
        outcomes.put(PINGS, judge.pinged(PINGS, new OnDemand.Pings(atOnce, PING_SECONDS, mean)));
        Oracle oracle = new Oracle(workload);
        outcomes.put(ORACLE, judge.scheduled(ORACLE, each(readiness -> oracle.schedule(ALLOWED, readiness))));
        ForecastResult forecast = planned.forecast();
        return new SeedRun(
                workload.name(),
                workload.arrivals().length - workload.first(),
                outcomes,
                trade(workload, judge, planned, outcomes),
                forecast.verdict() == Verdict.ACCEPTED,
                forecast.sizing().orElseThrow().peakedness().value());
    }

    private static List<Schedule> each(DoubleFunction<Schedule> schedule) {
        return Arrays.stream(READINESS_GRID).mapToObj(schedule).toList();
    }

    private static List<Schedule> slots(Workload workload, int[] capacities) {
        return each(readiness -> Schedule.of(capacities, workload.start(), readiness));
    }

    private static Trade trade(Workload workload, Judge judge, Planned planned, Map<String, Outcome> outcomes) {
        List<Outcome> points = new ArrayList<>();
        points.add(outcomes.get(FORECAST));
        points.add(outcomes.get(NONE));
        for (double worth : WORTH) {
            points.add(judge.point(FORECAST, Schedule.of(planned.enforced(worth), workload.start(), READINESS)));
        }
        return new Trade(points);
    }

    /** What the forecast's slots cost at the oracle's spill-over, as a multiple of the oracle's. */
    Optional<Double> slotsByOracle() {
        return forecasts
                .atSpillover(ALLOWED, Outcome::slotHours)
                .map(hours -> hours / outcomes.get(ORACLE).slotHours());
    }

    /** The whole bill, at the oracle's spill-over, as a multiple of the oracle's. */
    Optional<Double> billByOracle() {
        return forecasts
                .atSpillover(ALLOWED, Outcome::usd)
                .map(usd -> usd / outcomes.get(ORACLE).usd());
    }

    /** The share of the ping's cold starts that the forecast avoids for the same money. */
    Optional<Double> fewerColdStartsThanPing() {
        Outcome ping = outcomes.get(PING);
        return ping.coldShare() == 0
                ? Optional.empty()
                : forecasts.coldShareFor(ping.usd()).map(share -> 1 - share / ping.coldShare());
    }

    /** The share of the cold starts of as many pings as the forecast's bill pays for that the forecast avoids. */
    Optional<Double> fewerColdStartsThanPings(int idle) {
        double pings = outcomes.get(PINGS).cold().share(idle, BASE_READINESS);
        double forecast = outcomes.get(FORECAST).cold().share(idle, BASE_READINESS);
        return pings == 0 ? Optional.empty() : Optional.of(1 - forecast / pings);
    }
}
