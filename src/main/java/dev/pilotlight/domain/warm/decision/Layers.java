package dev.pilotlight.domain.warm.decision;

import dev.pilotlight.api.v1alpha1.WarmSource;
import dev.pilotlight.domain.warm.budget.Wishes;
import dev.pilotlight.domain.warm.schedule.Asked;
import dev.pilotlight.domain.warm.schedule.Schedule;
import dev.pilotlight.domain.warm.schedule.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What asks for capacity now, each layer on top of the ones that are cut later.
 *
 * @param baseline asks at all times
 * @param schedule the highest of that, windows and exceptions
 * @param tracking the highest of that and target tracking
 * @param all the highest of that and the forecast
 */
record Layers(Asked baseline, Asked schedule, Asked tracking, Asked all) {

    /** What is bridged. */
    static final Duration DIP = Schedule.DIP;

    /**
     * @param forecast what it recommends, where that may be acted on
     * @param running what is demanded so far; a dip is bridged only with what is there
     */
    static Layers of(
            Schedule schedule,
            OptionalInt tracked,
            Optional<Schedule> forecast,
            int running,
            Duration lead,
            Instant now) {
        Asked baseline = Asked.by(WarmSource.BASELINE, schedule.baseline());
        Timeline near = schedule.between(now, now.plus(lead).plus(DIP).plusSeconds(1));
        Asked asked = near.bridgedAt(now, lead, running, DIP);
        Asked tracking =
                tracked.isPresent() ? asked.or(Asked.by(WarmSource.TARGET_TRACKING, tracked.getAsInt())) : asked;
        Asked all = forecast.map(windows -> tracking.or(foreseen(windows, lead, now)))
                .orElse(tracking);
        return new Layers(baseline, asked, tracking, all);
    }

    private static Asked foreseen(Schedule forecast, Duration lead, Instant now) {
        Timeline near = forecast.between(now, now.plus(lead).plusSeconds(1));
        return Asked.by(WarmSource.FORECAST, near.askedAt(now, lead).capacity());
    }

    /** In the words of the budget, with nothing above {@code most}. */
    Wishes wishes(int most, long windowSecondsLeft) {
        return new Wishes(
                Math.min(baseline.capacity(), most),
                Math.min(schedule.capacity(), most),
                Math.min(tracking.capacity(), most),
                Math.min(all.capacity(), most),
                windowSecondsLeft,
                schedule.capacity() > baseline.capacity());
    }

    /** Who set a number that may have been cut. */
    Asked setterOf(int capacity) {
        return List.of(baseline, schedule, tracking).stream()
                .filter(asked -> asked.capacity() >= capacity)
                .findFirst()
                .orElse(all);
    }
}
