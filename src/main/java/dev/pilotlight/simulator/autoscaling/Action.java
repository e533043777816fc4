package dev.pilotlight.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.JsonProtocol;
import java.time.Instant;
import java.util.Optional;

/**
 * A scheduled action.
 *
 * @param version counts its updates, so that what was planned before one does not happen after it
 */
record Action(
        String name,
        int version,
        String arn,
        String schedule,
        Optional<String> timezone,
        Optional<Instant> start,
        Optional<Instant> end,
        Optional<Integer> min,
        Optional<Integer> max,
        Instant created) {

    /**
     * The first moment after {@code now} at which it happens. StartTime and EndTime are bounds, as the API reference of AWS has it; its user
     * guide says that an action also happens at its StartTime.
     */
    Optional<Instant> next(Instant now) {
        Instant after =
                start.filter(now::isBefore).map(from -> from.minusMillis(1)).orElse(now);
        return Schedule.parse(schedule, timezone, start.orElse(created))
                .next(after)
                .filter(due -> end.isEmpty() || !due.isAfter(end.get()));
    }

    ObjectNode describe(Target of) {
        ObjectNode json = of.key();
        json.put("ScheduledActionName", name).put("ScheduledActionARN", arn).put("Schedule", schedule);
        timezone.ifPresent(zone -> json.put("Timezone", zone));
        start.ifPresent(from -> json.put("StartTime", JsonProtocol.seconds(from)));
        end.ifPresent(to -> json.put("EndTime", JsonProtocol.seconds(to)));
        ObjectNode range = json.putObject("ScalableTargetAction");
        min.ifPresent(value -> range.put("MinCapacity", value));
        max.ifPresent(value -> range.put("MaxCapacity", value));
        json.put("CreationTime", JsonProtocol.seconds(created));
        return json;
    }
}
