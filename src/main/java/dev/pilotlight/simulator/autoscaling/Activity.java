package dev.pilotlight.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.JsonProtocol;
import java.time.Instant;
import java.util.Optional;

/**
 * A scaling activity.
 *
 * @param desired capacity it is to reach; empty where only the range was set
 */
record Activity(
        String id,
        Optional<Integer> desired,
        String description,
        String cause,
        Instant start,
        Optional<Instant> end,
        Status status,
        String message) {

    /** StatusCode. */
    enum Status {
        InProgress,
        Successful,
        Unfulfilled,
        Failed
    }

    Activity ended(Status newStatus, Instant at, String newMessage) {
        return new Activity(id, desired, description, cause, start, Optional.of(at), newStatus, newMessage);
    }

    ObjectNode describe(Target of) {
        ObjectNode json = of.key();
        json.put("ActivityId", id).put("Description", description).put("Cause", cause);
        json.put("StartTime", JsonProtocol.seconds(start));
        end.ifPresent(at -> json.put("EndTime", JsonProtocol.seconds(at)));
        json.put("StatusCode", status.name()).put("StatusMessage", message);
        return json;
    }
}
