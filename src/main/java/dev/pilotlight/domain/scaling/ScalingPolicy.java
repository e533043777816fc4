package dev.pilotlight.domain.scaling;

import java.util.List;
import java.util.Optional;

/**
 * A scaling policy of a target.
 *
 * @param tracking empty for a policy of another kind (step scaling, another metric), which is then somebody else's
 * @param alarms names of the CloudWatch alarms that AWS keeps for it
 */
public record ScalingPolicy(String name, Optional<TargetTracking> tracking, List<String> alarms) {
    public ScalingPolicy {
        alarms = List.copyOf(alarms);
    }
}
