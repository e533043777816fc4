package dev.pilotlight.domain.scaling;

import dev.pilotlight.domain.scaling.ScalableTarget.Suspended;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that Application Auto Scaling holds for one variant.
 *
 * @param since when it was read, or last changed by us: what AWS makes of a change takes a while from then on
 */
public record ScalingView(
        Optional<ScalableTarget> target, List<ScalingPolicy> policies, List<ScheduledAction> actions, Instant since) {
    public ScalingView {
        policies = List.copyOf(policies);
        actions = List.copyOf(actions);
    }

    /** What AWS holds once a call has succeeded. Its own reads may show it later. */
    public ScalingView after(ScalingCall call, Instant now) {
        return switch (call) {
            case ScalingCall.Register register ->
                new ScalingView(
                        Optional.of(new ScalableTarget(
                                register.resourceId(),
                                register.range(),
                                Suspended.NOTHING,
                                target.map(ScalableTarget::creationTime).orElse(now))),
                        policies,
                        actions,
                        now);
            case ScalingCall.Suspend suspend ->
                new ScalingView(
                        target.map(t ->
                                new ScalableTarget(t.resourceId(), t.range(), Suspended.EVERYTHING, t.creationTime())),
                        policies,
                        actions,
                        now);
            case ScalingCall.Deregister deregister -> new ScalingView(Optional.empty(), List.of(), List.of(), now);
            case ScalingCall.PutPolicy put ->
                new ScalingView(
                        target,
                        Stream.concat(
                                        without(put.name()),
                                        Stream.of(
                                                new ScalingPolicy(put.name(), Optional.of(put.tracking()), List.of())))
                                .toList(),
                        actions,
                        now);
            case ScalingCall.DeletePolicy delete ->
                new ScalingView(target, without(delete.name()).toList(), actions, now);
            case ScalingCall.PutAction put ->
                new ScalingView(
                        target,
                        policies,
                        Stream.concat(withoutAction(put.action().name()), Stream.of(put.action()))
                                .toList(),
                        now);
            case ScalingCall.DeleteAction delete ->
                new ScalingView(target, policies, withoutAction(delete.name()).toList(), now);
        };
    }

    private Stream<ScalingPolicy> without(String name) {
        return policies.stream().filter(policy -> !policy.name().equals(name));
    }

    private Stream<ScheduledAction> withoutAction(String name) {
        return actions.stream().filter(action -> !action.name().equals(name));
    }
}
