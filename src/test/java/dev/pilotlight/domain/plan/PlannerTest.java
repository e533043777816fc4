package dev.pilotlight.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.CapacityRange;
import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.ProvisionedBy;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.endpoint.Standing;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.preflight.Surroundings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a plan says of one endpoint against a picture of AWS. */
final class PlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
    private static final String ACCOUNT = "111122223333";
    private static final String ROLE = "arn:aws:iam::111122223333:role/sagemaker/sentiment";
    private static final String IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0";
    private static final PriceBook PRICES = PriceBook.parse(List.of(
            "region,item,memory_gb,unit,usd,confidence,as_of,source",
            "us-east-1,provisioned-usage,2,slot-second,0.0000100,verified,2026-05-08,list"));

    private final AwsPicture aws = new AwsPicture(new Location(ACCOUNT, "us-east-1"));
    private final Planner planner = new Planner("cluster", PRICES, NOW);

    @Test
    void anEndpointThatSomebodyElseMadeIsAdoptedByItsTagsAlone() {
        handMade(2048, new Concurrency(20, 1));

        EndpointPlan plan =
                planner.apply(subject(endpoint("adoptionPolicy: Adopt", 20, 1), Optional.empty(), NEVER), aws);

        assertThat(plan.obstacle()).isEmpty();
        assertThat(plan.steps()).extracting(PlannedStep::call).containsExactly("AddTags");
        assertThat(plan.notes())
                .containsExactly("endpoint team-sentiment exists already and is adopted: it is what the spec asks for,"
                        + " and only its concurrency may change");
        assertThat(plan.costBefore()).isEqualTo(plan.costAfter());
        assertThat(plan.costAfter().describe()).isEqualTo("26.28 USD");
    }

    @Test
    void whatDiffersOfAnAdoptedEndpointIsRolledOut() {
        handMade(1024, new Concurrency(20, 0));

        EndpointPlan plan =
                planner.apply(subject(endpoint("adoptionPolicy: Adopt", 20, 0), Optional.empty(), NEVER), aws);

        assertThat(plan.action()).isEqualTo(Action.ROLL_OUT);
        assertThat(plan.steps())
                .extracting(PlannedStep::call)
                .startsWith("AddTags")
                .contains("UpdateEndpoint");
        assertThat(plan.notes()).first().asString().contains("spec.serverless.memorySizeInMB differ");
    }

    @Test
    void whatAwsChoseWithinARangeIsNoChangeAndPricedAsItIs() {
        ServerlessEndpoint object = endpoint("", 20, 5);
        ServerlessEndpointStatus serving = planner.assumeServing(object, Optional.empty(), ACCOUNT, aws);
        ServerlessEndpointStatus ranged = new ServerlessEndpointStatusBuilder(serving)
                .effective(new EffectiveCapacity(
                        2048, 20, null, new CapacityRange(1, 10), new ProvisionedBy("WarmPolicy", "hours", null)))
                .build();

        EndpointPlan plan = planner.apply(subject(object, Optional.of(object), ranged), aws);

        assertThat(plan.action()).isEqualTo(Action.NONE);
        assertThat(plan.costBefore().describe()).isEqualTo("131.40 USD");
        assertThat(plan.costAfter()).isEqualTo(plan.costBefore());
        assertThat(plan.notes()).first().asString().contains("AWS moves it within 1 to 10");
    }

    private static final ServerlessEndpointStatus NEVER = new ServerlessEndpointStatusBuilder().build();

    private static Subject subject(
            ServerlessEndpoint object, Optional<ServerlessEndpoint> before, ServerlessEndpointStatus status) {
        return new Subject(
                object,
                before,
                status,
                "file",
                Optional.empty(),
                new Standing.Granted(ACCOUNT, Optional.empty()),
                List.of(),
                Surroundings.EMPTY,
                Optional.empty(),
                List.of());
    }

    private static ServerlessEndpoint endpoint(String more, int max, int provisioned) {
        return Serialization.unmarshal(
                """
                metadata: {name: sentiment, namespace: team, uid: uid-1, generation: 1}
                spec:
                  identityRef: {name: team}
                  region: us-east-1
                  model: {image: "%s", executionRoleARN: "%s"}
                  serverless: {memorySizeInMB: 2048, maxConcurrency: %d%s}
                  %s
                """.formatted(
                        IMAGE, ROLE, max, provisioned == 0 ? "" : ", provisionedConcurrency: " + provisioned, more),
                ServerlessEndpoint.class);
    }

    private void handMade(int memory, Concurrency concurrency) {
        ServerlessCapacity capacity = new ServerlessCapacity(memory, concurrency);
        aws.add(new Sighting.Present<>(
                new EndpointSnapshot(
                        "team-sentiment",
                        "arn:endpoint",
                        EndpointStatus.IN_SERVICE,
                        NOW.minusSeconds(3600),
                        NOW.minusSeconds(3600),
                        "by-hand-config",
                        Optional.empty(),
                        List.of(new EndpointSnapshot.Variant("blue", Optional.of(capacity), Optional.of(IMAGE)))),
                Map.of()));
        aws.addConfig(new Sighting.Present<>(
                new EndpointConfigSnapshot(
                        "by-hand-config",
                        "arn:config",
                        NOW.minusSeconds(3600),
                        List.of(new EndpointConfigSnapshot.Variant("blue", "by-hand-model", Optional.of(capacity)))),
                Map.of()));
        aws.addModel(new Sighting.Present<>(
                new ModelSnapshot(
                        "by-hand-model", "arn:model", NOW.minusSeconds(3600), IMAGE, Optional.empty(), ROLE, Map.of()),
                Map.of()));
    }
}
