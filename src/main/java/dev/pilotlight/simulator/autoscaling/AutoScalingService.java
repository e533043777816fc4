package dev.pilotlight.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.cloudwatch.AlarmBook;
import dev.pilotlight.simulator.cloudwatch.MetricStore;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Inspectable;
import dev.pilotlight.simulator.world.Permissions;
import dev.pilotlight.simulator.world.ScalableVariants;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Application Auto Scaling (awsJson 1.1) of the provisioned concurrency of SageMaker's variants, and of nothing else. */
public final class AutoScalingService implements AwsService, Inspectable {
    private final Targets targets;
    private final Registration registration;
    private final Policies policies;
    private final Actions actions;
    private final Descriptions descriptions;
    /** Changes look at what is there before they make it something else: one at a time. */
    private final ReentrantLock changing = new ReentrantLock();

    /**
     * @param targets must be those that hosting asks before it deletes an endpoint
     * @param alarms where the alarms of policies are shown
     */
    public AutoScalingService(
            Targets targets,
            ScalableVariants variants,
            MetricStore metrics,
            AlarmBook alarms,
            SimulatorClock clock,
            Permissions permissions) {
        this.targets = targets;
        Scaler scaler = new Scaler(clock, variants, metrics, alarms);
        this.registration = new Registration(targets, scaler, clock, permissions);
        this.policies = new Policies(targets, scaler, alarms, clock, permissions);
        this.actions = new Actions(targets, scaler, clock, permissions);
        this.descriptions = new Descriptions(targets, scaler, alarms, permissions);
    }

    @Override
    public String name() {
        return "application-autoscaling";
    }

    @Override
    public AwsResponse errorAnswer(AwsRequest request, AwsError error) {
        return JsonProtocol.error(request, error);
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        ObjectNode answer =
                switch (request.operation()) {
                    case "DescribeScalableTargets" -> descriptions.targets(request);
                    case "DescribeScalingPolicies" -> descriptions.policies(request);
                    case "DescribeScheduledActions" -> descriptions.actions(request);
                    case "DescribeScalingActivities" -> descriptions.activities(request);
                    default -> change(request);
                };
        return JsonProtocol.answer(request, answer);
    }

    private ObjectNode change(AwsRequest request) {
        changing.lock();
        try {
            return switch (request.operation()) {
                case "RegisterScalableTarget" -> registration.register(request);
                case "DeregisterScalableTarget" -> registration.deregister(request);
                case "PutScalingPolicy" -> policies.put(request);
                case "DeleteScalingPolicy" -> policies.delete(request);
                case "PutScheduledAction" -> actions.put(request);
                case "DeleteScheduledAction" -> actions.delete(request);
                default ->
                    throw new AwsError(
                            400,
                            "UnknownOperationException",
                            "The simulator has no operation " + request.operation() + ".");
            };
        } finally {
            changing.unlock();
        }
    }

    @Override
    public String section() {
        return "applicationAutoScaling";
    }

    @Override
    public Map<Scope, Object> inspect() {
        Map<Scope, Object> all = new LinkedHashMap<>();
        for (Scope scope : targets.scopes()) {
            List<ObjectNode> shown = targets.list(scope).stream()
                    .map(target -> {
                        ObjectNode json = target.describe(Registration.roleArn(scope));
                        target.policies()
                                .forEach(policy -> json.withArray("Policies").add(policy.name()));
                        target.actions()
                                .forEach(action ->
                                        json.withArray("ScheduledActions").add(action.name()));
                        return json;
                    })
                    .toList();
            if (!shown.isEmpty()) {
                all.put(scope, shown);
            }
        }
        return all;
    }
}
