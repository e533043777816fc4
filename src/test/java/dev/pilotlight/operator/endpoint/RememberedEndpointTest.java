package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.AwsFacts;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.DesiredBuilder;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** After a restart the status of an object at rest stands for a Describe; of any other object it must not. */
class RememberedEndpointTest {
    private static final String TIME = "2026-01-01T00:00:00.123Z";
    private final Desired desired = new DesiredBuilder().build();

    private Optional<EndpointSnapshot> remembered(UnaryOperator<ServerlessEndpointStatusBuilder> change) {
        ServerlessEndpointStatusBuilder atRest = new ServerlessEndpointStatusBuilder()
                .conditions(List.of(condition(ConditionTypes.READY, "True")))
                .endpointARN("arn")
                .effective(new EffectiveCapacity(2048, 10, 2, null, null))
                .aws(new AwsFacts(TIME, TIME, "InService"))
                .revisions(List.of(new RevisionRecord("9f3c2a1b", "model", "config", RevisionState.DEPLOYED)));
        return RememberedEndpoint.of(desired, change.apply(atRest).build());
    }

    private static Condition condition(String type, String status) {
        return new Condition(type, status, Reasons.SUCCEEDED, "", "2026-01-01T00:00:00Z", 1L);
    }

    @Test
    void anObjectAtRestIsRememberedWhole() {
        EndpointSnapshot endpoint = remembered(status -> status).orElseThrow();

        assertThat(endpoint.name()).isEqualTo(desired.endpointName());
        assertThat(endpoint.configName()).isEqualTo("config");
        assertThat(endpoint.status()).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(endpoint.lastModifiedTime()).isEqualTo(TIME);
        assertThat(endpoint.capacity().orElseThrow().concurrency()).isEqualTo(new Concurrency(10, 2));
    }

    @Test
    void anObjectThatIsOnItsWayIsNotTakenOnTrust() {
        assertThat(remembered(s -> s.conditions(List.of(condition(ConditionTypes.READY, "False")))))
                .isEmpty();
        assertThat(remembered(s -> s.conditions(
                        List.of(condition(ConditionTypes.READY, "True"), condition(ConditionTypes.SCALING, "True")))))
                .isEmpty();
        assertThat(remembered(s -> s.conditions(List.of()))).isEmpty();
    }

    @Test
    void aStatusWithAHoleIsNotTakenOnTrust() {
        assertThat(remembered(s -> s.aws(null))).isEmpty();
        assertThat(remembered(s -> s.endpointARN(null))).isEmpty();
        assertThat(remembered(s -> s.effective(null))).isEmpty();
        assertThat(remembered(s -> s.revisions(List.of()))).isEmpty();
    }
}
