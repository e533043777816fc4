package dev.pilotlight.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.cloudwatch.AlarmBook.Alarm;
import dev.pilotlight.simulator.wire.JsonProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A target tracking policy on the utilization of provisioned concurrency.
 *
 * @param target TargetValue, a fraction
 * @param outCooldown seconds; empty for the default
 * @param inCooldown seconds; empty for the default
 * @param alarmHigh of whose metric above the target capacity is added
 * @param alarmLow below which capacity is taken away; empty when the policy never does
 */
record Policy(
        String name,
        String arn,
        double target,
        Optional<Integer> outCooldown,
        Optional<Integer> inCooldown,
        boolean disableScaleIn,
        String alarmHigh,
        Optional<String> alarmLow,
        Instant created) {
    static final String PREDEFINED = "SageMakerVariantProvisionedConcurrencyUtilization";
    static final String METRIC = "ServerlessProvisionedConcurrencyUtilization";

    /** AWS names no default for this dimension; it is that of instance variants. */
    private static final int DEFAULT_COOLDOWN = 300;

    /** AWS docs, of the twin of this metric at Lambda: out after 3 minutes above the target, in after 15 below nine tenths of it. */
    static final int MINUTES_HIGH = 3;

    static final int MINUTES_LOW = 15;

    double low() {
        return target * 0.9;
    }

    Duration cooldownOut() {
        return Duration.ofSeconds(outCooldown.orElse(DEFAULT_COOLDOWN));
    }

    Duration cooldownIn() {
        return Duration.ofSeconds(inCooldown.orElse(DEFAULT_COOLDOWN));
    }

    ObjectNode describe(Target of, List<Alarm> alarms) {
        ObjectNode json = of.key();
        json.put("PolicyARN", arn).put("PolicyName", name).put("PolicyType", "TargetTrackingScaling");
        ObjectNode config = json.putObject("TargetTrackingScalingPolicyConfiguration");
        config.put("TargetValue", target);
        config.putObject("PredefinedMetricSpecification").put("PredefinedMetricType", PREDEFINED);
        outCooldown.ifPresent(seconds -> config.put("ScaleOutCooldown", seconds));
        inCooldown.ifPresent(seconds -> config.put("ScaleInCooldown", seconds));
        config.put("DisableScaleIn", disableScaleIn);
        json.set("Alarms", alarms(alarms));
        json.put("CreationTime", JsonProtocol.seconds(created));
        return json;
    }

    ArrayNode alarms(List<Alarm> all) {
        ArrayNode json = JsonProtocol.object().arrayNode();
        all.stream()
                .filter(alarm -> alarm.name().equals(alarmHigh)
                        || alarmLow.filter(alarm.name()::equals).isPresent())
                .forEach(
                        alarm -> json.addObject().put("AlarmName", alarm.name()).put("AlarmARN", alarm.arn()));
        return json;
    }
}
