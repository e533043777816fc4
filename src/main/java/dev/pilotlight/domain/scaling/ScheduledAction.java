package dev.pilotlight.domain.scaling;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A moment at which AWS sets another range.
 *
 * @param name 1 to 256 characters without {@code :}, {@code /} and {@code |}; unique within a target
 * @param schedule {@code at(yyyy-mm-ddThh:mm:ss)}, {@code rate(value unit)} or {@code cron(...)} with six fields
 * @param timeZone IANA name that the schedule is read in; empty for UTC
 * @param start before which it does not happen, if limited
 * @param end after which it does not happen, if limited
 * @param min MinCapacity to set; empty leaves it
 * @param max MaxCapacity to set; empty leaves it
 */
public record ScheduledAction(
        String name,
        String schedule,
        Optional<String> timeZone,
        Optional<Instant> start,
        Optional<Instant> end,
        OptionalInt min,
        OptionalInt max) {

    /** Whether it is one of ours and sets just that range. */
    public boolean isOursAndSets(ScalableTarget.Range range) {
        return name.startsWith(ScalingRules.OURS + "-")
                && min.equals(OptionalInt.of(range.min()))
                && max.equals(OptionalInt.of(range.max()));
    }
}
