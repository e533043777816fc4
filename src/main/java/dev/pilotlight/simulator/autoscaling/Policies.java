package dev.pilotlight.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.cloudwatch.AlarmBook;
import dev.pilotlight.simulator.cloudwatch.AlarmBook.Alarm;
import dev.pilotlight.simulator.cloudwatch.AlarmBook.State;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.Input;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Measurements;
import dev.pilotlight.simulator.world.Permissions;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** PutScalingPolicy and DeleteScalingPolicy, of target tracking on the one predefined metric of the dimension. */
final class Policies {
    private static final Pattern NAME = Pattern.compile("\\p{Print}+");

    private final Targets targets;
    private final Scaler scaler;
    private final AlarmBook alarms;
    private final SimulatorClock clock;
    private final Permissions permissions;

    Policies(Targets targets, Scaler scaler, AlarmBook alarms, SimulatorClock clock, Permissions permissions) {
        this.targets = targets;
        this.scaler = scaler;
        this.alarms = alarms;
        this.clock = clock;
        this.permissions = permissions;
    }

    ObjectNode put(AwsRequest request) {
        TargetInput on = TargetInput.of(request);
        Input input = on.input();
        String name = input.text("PolicyName", 1, 256, NAME);
        // AWS docs: without a type a new policy is one of steps.
        String type = input.optionalText("PolicyType", 0, 256, TargetInput.ANY).orElse("StepScaling");
        Optional<Input> config = input.object("TargetTrackingScalingPolicyConfiguration");
        Optional<Double> value =
                config.flatMap(one -> one.number("TargetValue")).map(Number::doubleValue);
        Optional<Integer> out = config.flatMap(one -> one.optionalInteger("ScaleOutCooldown", 0, Integer.MAX_VALUE));
        Optional<Integer> in = config.flatMap(one -> one.optionalInteger("ScaleInCooldown", 0, Integer.MAX_VALUE));
        boolean disableScaleIn =
                config.filter(one -> one.flag("DisableScaleIn")).isPresent();
        input.check();
        Rights rights = new Rights(permissions, request);
        rights.operationOnTarget(targets, on.resourceId());
        rights.alarms(on.resourceId(), "PutMetricAlarm", "DescribeAlarms");
        Target target = on.existing(targets);
        requireTracking(type, config, value);
        Optional<Policy> old = target.policy(name);
        Policy policy = new Policy(
                name,
                old.map(Policy::arn).orElseGet(() -> arn(on, name)),
                value.orElseThrow(),
                out,
                in,
                disableScaleIn,
                old.map(Policy::alarmHigh).orElseGet(() -> alarmName(on, "AlarmHigh")),
                disableScaleIn
                        ? Optional.empty()
                        : old.flatMap(Policy::alarmLow).or(() -> Optional.of(alarmName(on, "AlarmLow"))),
                old.map(Policy::created).orElseGet(clock::now));
        old.ifPresent(before -> targets.removeAlarms(target.scope(), before));
        keepAlarms(target, policy);
        target.put(policy);
        scaler.beat(target);
        ObjectNode answer = JsonProtocol.object().put("PolicyARN", policy.arn());
        answer.set("Alarms", policy.alarms(alarms.list(target.scope())));
        return answer;
    }

    ObjectNode delete(AwsRequest request) {
        TargetInput on = TargetInput.of(request);
        String name = on.input().text("PolicyName", 1, 256, NAME);
        on.input().check();
        Rights rights = new Rights(permissions, request);
        rights.operationOnTarget(targets, on.resourceId());
        rights.alarms(on.resourceId(), "DeleteAlarms");
        Policy gone = targets.find(request.scope(), on.resourceId())
                .flatMap(target -> target.removePolicy(name))
                .orElseThrow(() -> on.notFound("No scaling policy found", name));
        targets.removeAlarms(request.scope(), gone);
        return JsonProtocol.object();
    }

    private static void requireTracking(String type, Optional<Input> config, Optional<Double> value) {
        if (!type.equals("TargetTrackingScaling")) {
            throw TargetInput.invalid("The simulator has policies of type TargetTrackingScaling only, not " + type);
        }
        if (config.isEmpty() || value.isEmpty()) {
            throw TargetInput.invalid("TargetTrackingScalingPolicyConfiguration with a TargetValue is required");
        }
        String metric = config.get()
                .json()
                .path("PredefinedMetricSpecification")
                .path("PredefinedMetricType")
                .asText();
        if (!metric.equals(Policy.PREDEFINED)) {
            throw TargetInput.invalid("The simulator tracks the predefined metric " + Policy.PREDEFINED + " only");
        }
        if (value.get() <= 0) {
            throw TargetInput.invalid("TargetValue must be greater than 0");
        }
    }

    private void keepAlarms(Target target, Policy policy) {
        alarms.put(
                target.scope(),
                alarm(
                        target,
                        policy,
                        policy.alarmHigh(),
                        "GreaterThanThreshold",
                        policy.target(),
                        Policy.MINUTES_HIGH));
        policy.alarmLow()
                .ifPresent(name -> alarms.put(
                        target.scope(),
                        alarm(target, policy, name, "LessThanThreshold", policy.low(), Policy.MINUTES_LOW)));
    }

    private Alarm alarm(Target target, Policy policy, String name, String comparison, double threshold, int minutes) {
        Scope scope = target.scope();
        return new Alarm(
                name,
                "arn:aws:cloudwatch:" + scope.region() + ":" + scope.accountId() + ":alarm:" + name,
                new Measurements.Variant(
                        target.resource().endpointName(), target.resource().variantName()),
                Policy.METRIC,
                comparison,
                threshold,
                minutes,
                policy.arn(),
                State.INSUFFICIENT_DATA,
                clock.now());
    }

    private static String alarmName(TargetInput on, String kind) {
        return "TargetTracking-" + on.resourceId() + "-" + kind + "-" + UUID.randomUUID();
    }

    private static String arn(TargetInput on, String name) {
        Scope scope = on.request().scope();
        return "arn:aws:autoscaling:" + scope.region() + ":" + scope.accountId() + ":scalingPolicy:" + UUID.randomUUID()
                + ":resource/sagemaker/" + on.resourceId() + ":policyName/" + name;
    }
}
