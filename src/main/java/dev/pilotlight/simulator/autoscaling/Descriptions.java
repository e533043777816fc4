package dev.pilotlight.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.cloudwatch.AlarmBook;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.Input;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Page;
import dev.pilotlight.simulator.world.Permissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The four Describe operations. A target that is not there has nothing to show; that is no error. */
final class Descriptions {
    private static final int PAGE = 50;

    /** AWS docs: DescribeScalingPolicies has shorter pages than the others. */
    private static final int PAGE_OF_POLICIES = 10;

    private final Targets targets;
    private final Scaler scaler;
    private final AlarmBook alarms;
    private final Permissions permissions;

    Descriptions(Targets targets, Scaler scaler, AlarmBook alarms, Permissions permissions) {
        this.targets = targets;
        this.scaler = scaler;
        this.alarms = alarms;
        this.permissions = permissions;
    }

    ObjectNode targets(AwsRequest request) {
        Input input = read(request, PAGE);
        Set<String> ids = Set.copyOf(JsonProtocol.texts(input.json().path("ResourceIds")));
        return page(
                input,
                "ScalableTargets",
                PAGE,
                ours(request, input)
                        .filter(target ->
                                ids.isEmpty() || ids.contains(target.resource().text()))
                        .map(target -> target.describe(Registration.roleArn(target.scope())))
                        .toList(),
                json -> "");
    }

    ObjectNode policies(AwsRequest request) {
        Input input = read(request, PAGE_OF_POLICIES);
        Set<String> names = Set.copyOf(JsonProtocol.texts(input.json().path("PolicyNames")));
        return page(
                input,
                "ScalingPolicies",
                PAGE_OF_POLICIES,
                ofResource(request, input)
                        .flatMap(target -> target.policies().stream()
                                .filter(policy -> names.isEmpty() || names.contains(policy.name()))
                                .map(policy -> policy.describe(target, alarms.list(target.scope()))))
                        .toList(),
                json -> json.path("PolicyName").asText());
    }

    ObjectNode actions(AwsRequest request) {
        Input input = read(request, PAGE);
        Set<String> names = Set.copyOf(JsonProtocol.texts(input.json().path("ScheduledActionNames")));
        return page(
                input,
                "ScheduledActions",
                PAGE,
                ofResource(request, input)
                        .flatMap(target -> target.actions().stream()
                                .filter(action -> names.isEmpty() || names.contains(action.name()))
                                .map(action -> action.describe(target)))
                        .toList(),
                json -> json.path("ScheduledActionName").asText());
    }

    ObjectNode activities(AwsRequest request) {
        Input input = read(request, PAGE);
        return page(
                input,
                "ScalingActivities",
                PAGE,
                ofResource(request, input)
                        .flatMap(target -> {
                            scaler.settle(target);
                            return target.activities().stream().map(activity -> activity.describe(target));
                        })
                        .toList(),
                Descriptions::placeOfActivity);
    }

    private Input read(AwsRequest request, int most) {
        Input input = Input.of(JsonProtocol.read(request));
        input.text("ServiceNamespace", 0, 1600, TargetInput.ANY);
        input.optionalText("ResourceId", 1, 1600, TargetInput.ANY);
        input.optionalInteger("MaxResults", 1, most);
        input.check();
        new Rights(permissions, request).operation("*");
        return input;
    }

    private Stream<Target> ours(AwsRequest request, Input input) {
        boolean here = input.json().path("ServiceNamespace").asText().equals(Target.NAMESPACE)
                && input.json()
                        .path("ScalableDimension")
                        .asText(Target.DIMENSION)
                        .equals(Target.DIMENSION);
        return here ? targets.list(request.scope()).stream() : Stream.empty();
    }

    private Stream<Target> ofResource(AwsRequest request, Input input) {
        Optional<String> id = input.optionalText("ResourceId", 1, 1600, TargetInput.ANY);
        return ours(request, input)
                .filter(target ->
                        id.isEmpty() || id.get().equals(target.resource().text()));
    }

    private static ObjectNode page(
            Input input, String list, int most, List<ObjectNode> all, Function<ObjectNode, String> place) {
        Page<ObjectNode> page = Page.of(
                all,
                json -> json.path("ResourceId").asText() + "\n" + place.apply(json),
                JsonProtocol.text(input.json(), "NextToken"),
                input.json().path("MaxResults").asInt(most),
                () -> new AwsError(400, "InvalidNextTokenException", "The token is not valid."));
        ObjectNode answer = JsonProtocol.object();
        page.items().forEach(answer.putArray(list)::add);
        page.next().ifPresent(token -> answer.put("NextToken", token));
        return answer;
    }

    /** Newest first. */
    private static String placeOfActivity(ObjectNode json) {
        long millis = json.path("StartTime").decimalValue().movePointRight(3).longValue();
        return Long.MAX_VALUE - millis + " " + json.path("ActivityId").asText();
    }
}
