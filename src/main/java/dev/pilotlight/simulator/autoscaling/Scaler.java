package dev.pilotlight.simulator.autoscaling;

import dev.pilotlight.simulator.autoscaling.Activity.Status;
import dev.pilotlight.simulator.cloudwatch.AlarmBook;
import dev.pilotlight.simulator.cloudwatch.AlarmBook.Alarm;
import dev.pilotlight.simulator.cloudwatch.AlarmBook.State;
import dev.pilotlight.simulator.cloudwatch.MetricStore;
import dev.pilotlight.simulator.cloudwatch.MetricStore.Point;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.world.Measurements;
import dev.pilotlight.simulator.world.ScalableVariants;
import dev.pilotlight.simulator.world.ScalableVariants.VariantState;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What moves the capacity: ranges, scheduled actions, and target tracking by the minute. A change goes the way of
 * UpdateEndpointWeightsAndCapacities and is refused as that is; what was refused is tried again a minute later.
 */
final class Scaler {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimulatorClock clock;
    private final ScalableVariants variants;
    private final MetricStore metrics;
    private final AlarmBook alarms;

    Scaler(SimulatorClock clock, ScalableVariants variants, MetricStore metrics, AlarmBook alarms) {
        this.clock = clock;
        this.variants = variants;
        this.metrics = metrics;
        this.alarms = alarms;
    }

    Optional<VariantState> look(Target target) {
        return variants.look(
                target.scope(),
                target.resource().endpointName(),
                target.resource().variantName());
    }

    /** Moves the capacity into the range, unless that direction is suspended (whether AWS then leaves it is assumed). */
    void intoRange(Target target, String cause) {
        Optional<VariantState> variant = look(target);
        if (variant.isEmpty() || target.gone()) {
            return;
        }
        int now = variant.get().provisioned();
        int wanted = target.within(now);
        boolean suspended =
                wanted > now ? target.suspended().out() : target.suspended().in();
        if (wanted != now && !suspended) {
            boolean moved = move(target, wanted, cause);
            if (!moved) {
                beat(target);
            }
        }
    }

    /** From now on the target is looked at every minute, while it has a policy or is out of its range. */
    void beat(Target target) {
        if (target.startBeating()) {
            clock.at(nextMinute(), () -> beaten(target));
        }
    }

    private void beaten(Target target) {
        target.stopBeating();
        if (target.gone()) {
            return;
        }
        intoRange(target, "capacity was outside of the range");
        target.policies().forEach(policy -> evaluate(target, policy));
        track(target);
        settle(target);
        if (!target.policies().isEmpty()) {
            beat(target);
        }
    }

    /** Sees the next time of a scheduled action coming. */
    void await(Target target, Action action) {
        action.next(clock.now()).ifPresent(due -> clock.at(due, () -> due(target, action)));
    }

    private void due(Target target, Action action) {
        boolean current = target.action(action.name()).filter(action::equals).isPresent();
        if (target.gone() || !current) {
            return;
        }
        if (!target.suspended().scheduled()) {
            happen(target, action);
        }
        await(target, action);
    }

    private void happen(Target target, Action action) {
        int min = action.min().orElse(target.min());
        int max = action.max().orElse(target.max());
        String cause = "scheduled action name: " + action.name() + " was triggered";
        String what = "Setting min capacity to " + min + " and max capacity to " + max;
        boolean set = target.range(min, max);
        String outcome = set
                ? "Successfully set min capacity to " + min + " and max capacity to " + max
                : "Failed to set min capacity to " + min + " and max capacity to " + max
                        + ". Reason: Maximum capacity cannot be less than minimum capacity";
        target.add(new Activity(
                UUID.randomUUID().toString(),
                Optional.empty(),
                what,
                cause,
                clock.now(),
                Optional.of(clock.now()),
                set ? Status.Successful : Status.Failed,
                outcome));
        if (set) {
            intoRange(target, cause);
        }
    }

    private boolean move(Target target, int desired, String cause) {
        // What came about already must not be judged by what comes next.
        settle(target);
        Instant now = clock.now();
        String description = "Setting desired provisioned concurrency to " + desired + ".";
        Activity begun = new Activity(
                UUID.randomUUID().toString(),
                Optional.of(desired),
                description,
                cause,
                now,
                Optional.empty(),
                Status.InProgress,
                "Successfully set desired provisioned concurrency to " + desired
                        + ". Waiting for change to be fulfilled by sagemaker.");
        try {
            variants.scale(
                    target.scope(),
                    target.resource().endpointName(),
                    target.resource().variantName(),
                    desired);
            target.add(begun);
            // It waits for the change, and so sees the endpoint updating.
            look(target);
            return true;
        } catch (AwsError refused) {
            target.add(begun.ended(
                    Status.Failed,
                    now,
                    "Failed to set desired provisioned concurrency to " + desired + ". Reason: "
                            + refused.getMessage() + " (Service: AmazonSageMaker; Status Code: " + refused.httpStatus()
                            + "; Error Code: " + refused.code() + ")"));
            return false;
        }
    }

    /** Ends the activities whose change has come about, or never will. */
    void settle(Target target) {
        Optional<VariantState> variant = look(target);
        for (Activity activity : target.activities()) {
            if (activity.status() != Status.InProgress
                    || variant.isEmpty()
                    || !variant.get().settled()) {
                continue;
            }
            boolean reached = activity.desired()
                    .filter(wanted -> wanted == variant.get().provisioned())
                    .isPresent();
            target.replace(
                    activity,
                    activity.ended(
                            reached ? Status.Successful : Status.Unfulfilled,
                            clock.now(),
                            reached
                                    ? "Successfully set desired provisioned concurrency to "
                                            + activity.desired().get() + ". Change successfully fulfilled by sagemaker."
                                    : "The change was not fulfilled by sagemaker."));
        }
    }

    private void evaluate(Target target, Policy policy) {
        for (Alarm alarm : alarms.list(target.scope())) {
            boolean high = alarm.name().equals(policy.alarmHigh());
            if (high || policy.alarmLow().filter(alarm.name()::equals).isPresent()) {
                alarms.enter(target.scope(), alarm.name(), state(target, alarm, high), clock.now());
            }
        }
    }

    /** All minutes must be there and beyond the threshold: what is missing is no zero. */
    private State state(Target target, Alarm alarm, boolean high) {
        List<Point> points = latest(target, alarm.minutes());
        if (points.size() < alarm.minutes()) {
            return State.INSUFFICIENT_DATA;
        }
        boolean beyond = points.stream()
                .allMatch(point -> high ? point.value() > alarm.threshold() : point.value() < alarm.threshold());
        return beyond ? State.ALARM : State.OK;
    }

    private List<Point> latest(Target target, int minutes) {
        Measurements.Variant variant = new Measurements.Variant(
                target.resource().endpointName(), target.resource().variantName());
        Instant from = clock.now().truncatedTo(ChronoUnit.MINUTES).minus(MINUTE.multipliedBy(minutes));
        return metrics.averages(target.scope(), variant, Policy.METRIC, from);
    }

    /** Out as soon as one policy asks for it, in only when all do (AWS docs: target tracking). */
    private void track(Target target) {
        Optional<VariantState> variant = look(target);
        List<Point> last = latest(target, 1);
        if (variant.isEmpty() || last.isEmpty() || target.policies().isEmpty()) {
            return;
        }
        int now = variant.get().provisioned();
        double value = last.getLast().value();
        List<Policy> high = target.policies().stream()
                .filter(policy -> inAlarm(target, policy.alarmHigh()))
                .toList();
        boolean low = target.policies().stream()
                .allMatch(policy ->
                        policy.alarmLow().filter(name -> inAlarm(target, name)).isPresent());
        if (!high.isEmpty()) {
            scaleOut(target, now, value, high);
        } else if (low) {
            scaleIn(target, now, value);
        }
    }

    private void scaleOut(Target target, int now, double value, List<Policy> high) {
        Policy policy = high.getFirst();
        int wanted = target.within(Math.max(now + 1, wanted(now, value, high)));
        boolean cooling = clock.now().isBefore(after(target.scaledOut(), policy.cooldownOut()));
        if (wanted > now && !cooling && !target.suspended().out()) {
            if (move(target, wanted, cause(policy.alarmHigh(), policy))) {
                target.scaled(true, clock.now());
            }
        }
    }

    private void scaleIn(Target target, int now, double value) {
        Policy policy = target.policies().getFirst();
        int wanted = target.within(Math.min(now - 1, wanted(now, value, target.policies())));
        boolean cooling = clock.now().isBefore(after(target.scaledIn(), policy.cooldownIn()))
                || clock.now().isBefore(after(target.scaledOut(), policy.cooldownOut()));
        if (wanted < now && !cooling && !target.suspended().in()) {
            if (move(target, wanted, cause(policy.alarmLow().orElse(""), policy))) {
                target.scaled(false, clock.now());
            }
        }
    }

    /** The capacity at which the load of the last minute would meet the target; the largest that a policy asks for. */
    private static int wanted(int now, double value, List<Policy> policies) {
        return policies.stream()
                .mapToInt(policy -> (int) Math.ceil(now * value / policy.target()))
                .max()
                .orElse(now);
    }

    private static Instant after(Instant last, Duration cooldown) {
        return last.equals(Instant.MIN) ? last : last.plus(cooldown);
    }

    private boolean inAlarm(Target target, String name) {
        return alarms.list(target.scope()).stream()
                .anyMatch(alarm -> alarm.name().equals(name) && alarm.state() == State.ALARM);
    }

    private static String cause(String alarm, Policy policy) {
        return "monitor alarm " + alarm + " in state ALARM triggered policy " + policy.name();
    }

    private Instant nextMinute() {
        return clock.now().truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
    }
}
