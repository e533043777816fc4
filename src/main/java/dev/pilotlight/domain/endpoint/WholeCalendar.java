package dev.pilotlight.domain.endpoint;

import dev.pilotlight.domain.scaling.ScalingRules;
import dev.pilotlight.domain.warm.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a policy as a whole asks for at a time: the same as the operator would, lead and bridged dips included. */
final class WholeCalendar implements ScalingRules.Calendar {
    private final Schedule schedule;
    private final Schedule usual;
    private final Optional<Schedule> forecast;
    private final Duration lead;
    private final int most;
    /** Each is asked several times in a pass, and reading calendars takes a while. */
    private final Map<Instant, Integer> known = new HashMap<>();

    private final Map<Instant, Integer> knownUsual = new HashMap<>();

    /**
     * @param schedule baseline, windows and exceptions
     * @param forecast what it recommends, where that is acted on
     * @param lead how long before it is needed capacity is asked for
     * @param most what nothing may ask for more than
     */
    WholeCalendar(Schedule schedule, Optional<Schedule> forecast, Duration lead, int most) {
        this.schedule = schedule;
        this.usual = schedule.withoutExceptions();
        this.forecast = forecast;
        this.lead = lead;
        this.most = most;
    }

    @Override
    public int leastAt(Instant at) {
        return known.computeIfAbsent(at, then -> highest(schedule, then));
    }

    @Override
    public int usuallyAt(Instant at) {
        return schedule.isSpecial(at, lead)
                ? knownUsual.computeIfAbsent(at, then -> highest(usual, then))
                : leastAt(at);
    }

    private int highest(Schedule own, Instant at) {
        int least = own.capacityAt(at, lead);
        int foreseen = forecast.map(windows -> windows.capacityAt(at, lead)).orElse(0);
        return Math.min(Math.max(least, foreseen), most);
    }
}
