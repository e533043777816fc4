package dev.pilotlight.domain.scaling;

import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalableTarget.Suspended;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How AWS is to move the capacity within its range, and the calls that bring it there. Only policies and actions under our names are
 * ours; what somebody else hung on the target stays.
 *
 * @param tracking follows the use of the slots, if asked for
 * @param base the range where nothing asks for more
 * @param windows times with more; AWS changes the range when one opens and when it closes
 * @param turns instants at which something else begins or ends, by a name that is unique among them; AWS changes the range once
 * @param calendar what all of it together asks for
 */
public record ScalingRules(
        Optional<TargetTracking> tracking,
        Range base,
        List<Window> windows,
        Map<String, Instant> turns,
        Calendar calendar) {

    /** Every name of ours begins so. */
    static final String OURS = "pilotlight";

    public ScalingRules {
        windows = List.copyOf(windows);
        turns = Map.copyOf(turns);
    }

    /** Without a schedule. */
    public ScalingRules(Optional<TargetTracking> tracking, Range base) {
        this(tracking, base, List.of(), Map.of(), Calendar.NOTHING);
    }

    /** The least capacity at a time, by everything that is open then. */
    public interface Calendar {
        /** Asks for nothing. */
        Calendar NOTHING = new Calendar() {
            @Override
            public int leastAt(Instant at) {
                return 0;
            }

            @Override
            public int usuallyAt(Instant at) {
                return 0;
            }
        };

        int leastAt(Instant at);

        /** What it would be if that were a day like any other. */
        int usuallyAt(Instant at);
    }

    /**
     * @param name a DNS label, unique among the windows
     * @param timeZone IANA name
     * @param start cron of five fields
     * @param end cron of five fields
     */
    public record Window(String name, String timeZone, String start, String end) {}

    /** Windows that AWS's schedules cannot express, and why. */
    public List<String> refusals() {
        return windows.stream().flatMap(ScheduledActions::refusals).toList();
    }

    /**
     * The next call on the way to what is wanted; empty when AWS has all of it.
     *
     * @param range what is wanted now; ahead of the windows by their lead time, and cut by the budget
     * @param most the endpoint's maxConcurrency, which no scheduled action may exceed
     */
    public Optional<ScalingCall> next(String resourceId, Range range, int most, ScalingView has, Instant now) {
        boolean registered = has.target()
                .filter(target ->
                        target.range().equals(range) && target.suspended().equals(Suspended.NOTHING))
                .isPresent();
        if (!registered) {
            return Optional.of(new ScalingCall.Register(resourceId, range));
        }
        return policyCall(resourceId, has).or(() -> new ScheduledActions(this, most, now).next(resourceId, has));
    }

    private Optional<ScalingCall> policyCall(String resourceId, ScalingView has) {
        Optional<ScalingPolicy> ours =
                has.policies().stream().filter(p -> p.name().equals(OURS)).findFirst();
        if (tracking.isEmpty()) {
            return ours.map(policy -> new ScalingCall.DeletePolicy(resourceId, OURS));
        }
        return ours.flatMap(ScalingPolicy::tracking).equals(tracking)
                ? Optional.empty()
                : Optional.of(new ScalingCall.PutPolicy(resourceId, OURS, tracking.get()));
    }

    /** When AWS next changes the range by itself. */
    public Optional<Instant> nextAction(Instant after) {
        return ScheduledActions.times(this, after).min(Comparator.naturalOrder());
    }
}
