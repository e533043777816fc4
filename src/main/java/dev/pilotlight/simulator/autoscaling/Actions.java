package dev.pilotlight.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.Input;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Permissions;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** PutScheduledAction and DeleteScheduledAction. */
final class Actions {
    /** Service model: no colon, slash, bar or control character, no space at either end. */
    private static final Pattern NAME = Pattern.compile("(?! )[^:/|\\x00-\\x1f\\x7f-\\x9f]+(?<! )");

    private final Targets targets;
    private final Scaler scaler;
    private final SimulatorClock clock;
    private final Permissions permissions;

    Actions(Targets targets, Scaler scaler, SimulatorClock clock, Permissions permissions) {
        this.targets = targets;
        this.scaler = scaler;
        this.clock = clock;
        this.permissions = permissions;
    }

    /** AWS docs: what an update leaves out stays, but for StartTime and EndTime, which are deleted. */
    ObjectNode put(AwsRequest request) {
        TargetInput on = TargetInput.of(request);
        Input input = on.input();
        String name = input.text("ScheduledActionName", 1, 256, NAME);
        Optional<String> schedule = input.optionalText("Schedule", 1, 1600, TargetInput.ANY);
        Optional<String> timezone = input.optionalText("Timezone", 1, 1600, TargetInput.ANY);
        Optional<Instant> start = input.time("StartTime");
        Optional<Instant> end = input.time("EndTime");
        Optional<Input> range = input.object("ScalableTargetAction");
        Optional<Integer> min = range.flatMap(one -> one.optionalInteger("MinCapacity", 0, Integer.MAX_VALUE));
        Optional<Integer> max = range.flatMap(one -> one.optionalInteger("MaxCapacity", 0, Integer.MAX_VALUE));
        input.check();
        new Rights(permissions, request).operationOnTarget(targets, on.resourceId());
        Target target = on.existing(targets);
        Optional<Action> old = target.action(name);
        Action action = new Action(
                name,
                old.map(before -> before.version() + 1).orElse(0),
                old.map(Action::arn).orElseGet(() -> arn(on, name)),
                schedule.or(() -> old.map(Action::schedule))
                        .orElseThrow(() -> TargetInput.invalid("Schedule is required for a new scheduled action")),
                timezone.or(() -> old.flatMap(Action::timezone)),
                start,
                end,
                range.isPresent() ? min : old.flatMap(Action::min),
                range.isPresent() ? max : old.flatMap(Action::max),
                old.map(Action::created).orElseGet(clock::now));
        check(action);
        target.put(action);
        scaler.await(target, action);
        return JsonProtocol.object();
    }

    private static void check(Action action) {
        if (action.min().isEmpty() && action.max().isEmpty()) {
            throw TargetInput.invalid("ScalableTargetAction needs a MinCapacity, a MaxCapacity, or both");
        }
        if (action.min().isPresent()
                && action.max().isPresent()
                && action.max().get() < action.min().get()) {
            throw TargetInput.invalid("Maximum capacity cannot be less than minimum capacity");
        }
        if (action.start().isPresent()
                && action.end().isPresent()
                && !action.start().get().isBefore(action.end().get())) {
            throw TargetInput.invalid("StartTime must be before EndTime");
        }
        Schedule.parse(action.schedule(), action.timezone(), action.created());
    }

    ObjectNode delete(AwsRequest request) {
        TargetInput on = TargetInput.of(request);
        String name = on.input().text("ScheduledActionName", 1, 1600, TargetInput.ANY);
        on.input().check();
        new Rights(permissions, request).operationOnTarget(targets, on.resourceId());
        Optional<Action> gone =
                targets.find(request.scope(), on.resourceId()).flatMap(target -> target.removeAction(name));
        if (gone.isEmpty()) {
            throw on.notFound("No scheduled action found", name);
        }
        return JsonProtocol.object();
    }

    private static String arn(TargetInput on, String name) {
        Scope scope = on.request().scope();
        return "arn:aws:autoscaling:" + scope.region() + ":" + scope.accountId() + ":scheduledAction:"
                + UUID.randomUUID() + ":resource/sagemaker/" + on.resourceId() + ":scheduledActionName/" + name;
    }
}
