package dev.pilotlight.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.autoscaling.Target.Suspended;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.Input;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Permissions;
import dev.pilotlight.simulator.world.ScalableVariants.VariantState;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** RegisterScalableTarget and DeregisterScalableTarget. */
final class Registration {
    private final Targets targets;
    private final Scaler scaler;
    private final SimulatorClock clock;
    private final Permissions permissions;
    private final Set<String> accountsWithRole = ConcurrentHashMap.newKeySet();

    Registration(Targets targets, Scaler scaler, SimulatorClock clock, Permissions permissions) {
        this.targets = targets;
        this.scaler = scaler;
        this.clock = clock;
        this.permissions = permissions;
    }

    static String roleArn(Scope scope) {
        return "arn:aws:iam::" + scope.accountId()
                + ":role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com"
                + "/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint";
    }

    /** What is left out of an update stays as it is. */
    ObjectNode register(AwsRequest request) {
        TargetInput on = TargetInput.of(request);
        Input input = on.input();
        Optional<Integer> min = input.optionalInteger("MinCapacity", 0, Integer.MAX_VALUE);
        Optional<Integer> max = input.optionalInteger("MaxCapacity", 0, Integer.MAX_VALUE);
        Optional<Suspended> suspended = input.object("SuspendedState")
                .map(state -> new Suspended(
                        state.flag("DynamicScalingInSuspended"),
                        state.flag("DynamicScalingOutSuspended"),
                        state.flag("ScheduledScalingSuspended")));
        input.check();
        ResourceId resource = on.resource();
        Rights rights = new Rights(permissions, request);
        rights.operationOnTarget(targets, on.resourceId());
        rights.hosting(resource.endpointName());
        Target target = targets.find(request.scope(), on.resourceId())
                .orElseGet(() -> begin(on, resource, rights, min.isPresent() && max.isPresent()));
        if (!target.range(min.orElse(target.min()), max.orElse(target.max()))) {
            throw TargetInput.invalid("Maximum capacity cannot be less than minimum capacity");
        }
        suspended.ifPresent(target::suspend);
        targets.add(target);
        scaler.intoRange(target, "the range was set to " + target.min() + " to " + target.max());
        return JsonProtocol.object().put("ScalableTargetARN", target.arn());
    }

    private Target begin(TargetInput on, ResourceId resource, Rights rights, boolean complete) {
        Scope scope = on.request().scope();
        if (!complete) {
            throw TargetInput.invalid("MinCapacity and MaxCapacity are required when a scalable target is registered");
        }
        if (!accountsWithRole.contains(scope.accountId())) {
            rights.serviceLinkedRole(roleArn(scope));
        }
        Target target = new Target(
                scope,
                resource,
                Rights.targetArn(
                        scope, UUID.randomUUID().toString().replace("-", "").substring(0, 28)),
                clock.now());
        // AWS docs: the endpoint must have been deployed with provisioned concurrency before.
        VariantState variant = scaler.look(target)
                .orElseThrow(() -> TargetInput.invalid(
                        "SageMaker endpoint variant doesn't exist or doesn't serve: " + resource.text()));
        if (variant.provisioned() == 0) {
            throw TargetInput.invalid("SageMaker endpoint variant has no provisioned concurrency: " + resource.text());
        }
        accountsWithRole.add(scope.accountId());
        return target;
    }

    ObjectNode deregister(AwsRequest request) {
        TargetInput on = TargetInput.of(request);
        on.input().check();
        new Rights(permissions, request).operationOnTarget(targets, on.resourceId());
        Target target = on.existing(targets);
        if (!target.policies().isEmpty()) {
            new Rights(permissions, request).alarms(on.resourceId(), "DeleteAlarms");
        }
        targets.remove(target);
        return JsonProtocol.object();
    }
}
