package dev.pilotlight.aws;

import dev.pilotlight.domain.scaling.ScalableTarget;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalableTarget.Suspended;
import dev.pilotlight.domain.scaling.ScalingPolicy;
import dev.pilotlight.domain.scaling.ScheduledAction;
import dev.pilotlight.domain.scaling.TargetTracking;
import java.util.List;
import java.util.Optional;

/**
 * Application Auto Scaling of provisioned concurrency in one account and Region. Every method makes one HTTP request (the listing ones
 * one a page) and throws {@link AwsException}; looking for or removing what is not there is an ordinary answer. AWS is eventually
 * consistent here: a read shortly after a write may not show it.
 *
 * <p>A resource id is {@link ScalableTarget#resourceId}.
 */
public interface AutoScaling {

    Optional<ScalableTarget> target(String resourceId);

    /** Every policy of the target, of whatever kind; a target that is not there has none. */
    List<ScalingPolicy> policies(String resourceId);

    List<ScheduledAction> scheduledActions(String resourceId);

    /**
     * Registers the target or changes it; AWS moves the present capacity into the range at once. The variant must have provisioned
     * concurrency already (AWS docs: serverless auto scaling).
     */
    Receipt register(String resourceId, Range range, Suspended suspended);

    /** Suspends or resumes a registered target and leaves its range as it is. */
    Receipt suspend(String resourceId, Suspended suspended);

    /** Makes or replaces the policy of that name; AWS keeps its CloudWatch alarms. */
    Receipt putPolicy(String resourceId, String name, TargetTracking tracking);

    Receipt deletePolicy(String resourceId, String name);

    /** Makes or replaces the action of that name. */
    Receipt putScheduledAction(String resourceId, ScheduledAction action);

    Receipt deleteScheduledAction(String resourceId, String name);

    /** Removes the target, and with it its policies, alarms and scheduled actions; the capacity stays. */
    Receipt deregister(String resourceId);
}
