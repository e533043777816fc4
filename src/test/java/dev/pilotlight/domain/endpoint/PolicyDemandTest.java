package dev.pilotlight.domain.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.WarmClamp;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicySpec;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatusBuilder;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalingRules;
import dev.pilotlight.domain.scaling.TargetTracking;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the WarmPolicies that name an endpoint ask of it. */
class PolicyDemandTest {
    private static final String WITH_AWS = """
            {"targetRef": {"name": "sentiment"}, "executor": "ApplicationAutoScaling",
             "provisionedConcurrency": {"baseline": 1,
               "windows": [{"name": "office", "timeZone": "Europe/Berlin", "start": "0 8 * * MON-FRI", "end": "0 19 * * MON-FRI", "capacity": 4}],
               "targetTracking": {"min": 2, "max": 10}}}
            """;
    private static final String PLAIN =
            "{\"targetRef\": {\"name\": \"sentiment\"}, \"provisionedConcurrency\": {\"baseline\": 3}}";

    private static WarmPolicy policy(String name, String created, String spec, WarmDemand demand) {
        WarmPolicy policy = new WarmPolicy();
        policy.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("ml")
                .withUid("uid-" + name)
                .withCreationTimestamp(created)
                .build());
        try {
            policy.setSpec(new ObjectMapper().readValue(spec, WarmPolicySpec.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        policy.setStatus(new WarmPolicyStatusBuilder().demand(demand).build());
        return policy;
    }

    private static WarmDemand number(int provisioned) {
        return new WarmDemand(provisioned, null, null, null, null, null, null);
    }

    private static WarmDemand range(int min, int max) {
        return new WarmDemand(null, new CapacityRange(min, max), null, null, null, null, null);
    }

    @Test
    void aNumberIsAskedFor() {
        assertThat(PolicyDemand.inForce(List.of(policy("office", "2026-01-01T00:00:00Z", PLAIN, number(3)))))
                .contains(new Demand.Fixed("office", 3));
    }

    @Test
    void aRangeComesWithTheRulesOfTheSpec() {
        Optional<Demand> demand =
                PolicyDemand.inForce(List.of(policy("office", "2026-01-01T00:00:00Z", WITH_AWS, range(4, 10))));

        assertThat(demand).hasValueSatisfying(asked -> {
            Demand.Ranged ranged = (Demand.Ranged) asked;
            assertThat(ranged.policy()).isEqualTo("office");
            assertThat(ranged.range()).isEqualTo(new Range(4, 10));
            assertThat(ranged.rules().tracking())
                    .contains(new TargetTracking(0.7, OptionalInt.of(60), OptionalInt.of(300), false));
            assertThat(ranged.rules().base()).isEqualTo(new Range(2, 10));
            assertThat(ranged.rules().windows())
                    .containsExactly(
                            new ScalingRules.Window("office", "Europe/Berlin", "0 8 * * MON-FRI", "0 19 * * MON-FRI"));
            assertThat(ranged.rules().calendar().leastAt(Instant.parse("2026-03-02T07:00:00Z")))
                    .isEqualTo(4);
            assertThat(ranged.rules().calendar().leastAt(Instant.parse("2026-03-02T18:00:00Z")))
                    .isEqualTo(1);
        });
    }

    @Test
    void whatTheBudgetCutNoScheduledActionGivesBack() {
        WarmDemand cut = new WarmDemand(null, new CapacityRange(1, 3), null, null, WarmClamp.BUDGET, 10, null);

        assertThat(PolicyDemand.inForce(List.of(policy("office", "2026-01-01T00:00:00Z", WITH_AWS, cut))))
                .hasValueSatisfying(demand -> {
                    ScalingRules rules = ((Demand.Ranged) demand).rules();
                    assertThat(rules.base()).isEqualTo(new Range(2, 3));
                    assertThat(rules.calendar().leastAt(Instant.parse("2026-03-02T07:00:00Z")))
                            .isEqualTo(3);
                });
    }

    @Test
    void theOldestOneThatDemandsSomethingIsFollowed() {
        WarmPolicy old = policy("z-old", "2026-01-01T00:00:00Z", PLAIN, number(3));
        WarmPolicy young = policy("a-young", "2026-01-02T00:00:00Z", PLAIN, number(5));

        assertThat(PolicyDemand.inForce(List.of(young, old))).contains(new Demand.Fixed("z-old", 3));
        old.setStatus(null);
        assertThat(PolicyDemand.inForce(List.of(young, old))).contains(new Demand.Fixed("a-young", 5));
    }

    @Test
    void aPolicyThatIsSuspendedOrDeletedOrHasNothingToSayDemandsNothing() {
        WarmPolicy suspended = policy(
                "office",
                "2026-01-01T00:00:00Z",
                PLAIN.replace("{\"targetRef\"", "{\"suspend\": true, \"targetRef\""),
                number(3));
        WarmPolicy leaving = policy("office", "2026-01-01T00:00:00Z", PLAIN, number(3));
        leaving.getMetadata().setDeletionTimestamp("2026-01-02T00:00:00Z");
        WarmPolicy silent = policy("office", "2026-01-01T00:00:00Z", PLAIN, null);

        for (WarmPolicy policy : List.of(suspended, leaving, silent)) {
            assertThat(PolicyDemand.inForce(List.of(policy))).isEmpty();
        }
        assertThat(PolicyDemand.inForce(List.of())).isEmpty();
    }
}
