package dev.pilotlight.domain.scaling;

import dev.pilotlight.domain.scaling.ScalableTarget.Range;

/** One call that changes what Application Auto Scaling holds for a variant. Repeating it is harmless. */
public sealed interface ScalingCall {

    /** See {@link ScalableTarget#resourceId}. */
    String resourceId();

    /** AWS's name of the call. */
    default String operation() {
        return switch (this) {
            case Register register -> "RegisterScalableTarget";
            case Suspend suspend -> "RegisterScalableTarget";
            case Deregister deregister -> "DeregisterScalableTarget";
            case PutPolicy put -> "PutScalingPolicy";
            case DeletePolicy delete -> "DeleteScalingPolicy";
            case PutAction put -> "PutScheduledAction";
            case DeleteAction delete -> "DeleteScheduledAction";
        };
    }

    /** In the words of an event. */
    String describe();

    /**
     * Registers the target, or changes its range; AWS scales from then on. A live update of a serverless variant has no zero (service
     * model: ServerlessUpdateConfig), so a target that may go to 0 could never be obeyed.
     *
     * @param range from 1 on
     */
    record Register(String resourceId, Range range) implements ScalingCall {
        public Register {
            if (range.min() < 1) {
                throw new IllegalArgumentException("no variant can be scaled to 0: " + range);
            }
        }

        @Override
        public String describe() {
            return "between " + range.min() + " and " + range.max();
        }
    }

    /** AWS leaves the capacity alone until it is registered again. */
    record Suspend(String resourceId) implements ScalingCall {
        @Override
        public String describe() {
            return "suspended";
        }
    }

    /** Removes the target with all that hangs on it; the capacity stays. */
    record Deregister(String resourceId) implements ScalingCall {
        @Override
        public String describe() {
            return "removed";
        }
    }

    record PutPolicy(String resourceId, String name, TargetTracking tracking) implements ScalingCall {
        @Override
        public String describe() {
            return "policy " + name + ", target value " + tracking.targetValue();
        }
    }

    record DeletePolicy(String resourceId, String name) implements ScalingCall {
        @Override
        public String describe() {
            return "policy " + name + " removed";
        }
    }

    record PutAction(String resourceId, ScheduledAction action) implements ScalingCall {
        @Override
        public String describe() {
            return "scheduled action " + action.name() + ", " + action.schedule();
        }
    }

    record DeleteAction(String resourceId, String name) implements ScalingCall {
        @Override
        public String describe() {
            return "scheduled action " + name + " removed";
        }
    }
}
