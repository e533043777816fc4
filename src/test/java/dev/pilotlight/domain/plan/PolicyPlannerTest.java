package dev.pilotlight.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.domain.cost.PriceBook;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a plan says of a WarmPolicy, on a Monday morning in January. */
final class PolicyPlannerTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
    private static final PriceBook PRICES = PriceBook.parse(List.of(
            "region,item,memory_gb,unit,usd,confidence,as_of,source",
            "us-east-1,provisioned-usage,2,slot-second,0.0000100,verified,2026-05-08,list"));
    private static final String OFFICE = """
            provisionedConcurrency:
              windows: [{name: office, timeZone: Europe/Berlin, start: 0 8 * * MON-FRI, end: 0 19 * * MON-FRI, capacity: 4}]""";

    @Test
    void aWeekAheadAndWhatItCostsAMonth() {
        PolicyPlan plan = plan(policy("hours", OFFICE), Optional.of(endpoint()));

        assertThat(plan.week()).hasSize(10);
        assertThat(plan.week().getFirst().at()).isEqualTo(Instant.parse("2026-01-05T07:00:00Z"));
        // 4 slots, 55 of 168 hours, 730 hours a month: 4 * 55 / 168 * 730 * 3600 * 0.00001
        assertThat(plan.least().describe()).isEqualTo("34.41 USD");
        assertThat(plan.most()).isEqualTo(plan.least());
        assertThat(plan.action()).isEqualTo(Action.CREATE);
        assertThat(plan.failing()).isFalse();
        assertThat(plan.notes())
                .containsExactly(
                        "going to or from no provisioned concurrency replaces the endpoint configuration and its containers:"
                                + " expect cold starts; a baseline of 1 avoids that");
    }

    @Test
    void withABaselineItNeverGoesToNone() {
        PolicyPlan plan =
                plan(policy("hours", OFFICE.replace("  windows", "  baseline: 1\n  windows")), Optional.of(endpoint()));

        assertThat(plan.week()).hasSize(10);
        assertThat(plan.notes()).isEmpty();
    }

    @Test
    void theWeekIsCutToMaxConcurrencyAndSaysSo() {
        PolicyPlan plan = plan(policy("hours", """
                        provisionedConcurrency:
                          baseline: 1
                          windows:
                          - {name: office, timeZone: UTC, start: 0 8 * * MON, end: 0 19 * * MON, capacity: 30}
                          - {name: lunch, timeZone: UTC, start: 0 12 * * MON, end: 0 13 * * MON, capacity: 40}"""), Optional.of(endpoint()));

        assertThat(plan.week()).extracting(change -> change.asked().capacity()).containsExactly(20, 1);
        assertThat(plan.notes())
                .containsExactly("maxConcurrency (20) of the endpoint cuts window office, window lunch");
    }

    @Test
    void trackingMakesItARangeThatTheBudgetMayCut() {
        PolicyPlan plan = plan(
                policy(
                        "hours",
                        "provisionedConcurrency: {targetTracking: {min: 1, max: 30}}\nbudget: {monthlyUSD: 100}"),
                Optional.of(endpoint()));

        assertThat(plan.least().describe()).isEqualTo("26.28 USD");
        assertThat(plan.most().describe()).as("cut to maxConcurrency 20").isEqualTo("525.60 USD");
        assertThat(plan.notes())
                .containsExactly(
                        "the week has baseline, windows and exceptions; not in it: target tracking (1 to 30 by use)",
                        "spec.budget.monthlyUSD (100) would cut it when use is high");
    }

    @Test
    void whatNoPlanCanKnowIsNamed() {
        PolicyPlan plan = plan(
                policy(
                        "hours",
                        "provisionedConcurrency: {baseline: 1, forecast: {mode: Enforce}}\n"
                                + "keepWarm: {request: {contentType: text/plain, body: good}}"),
                Optional.of(endpoint()));

        assertThat(plan.notes())
                .containsExactly("the week has baseline, windows and exceptions; not in it: what the forecast adds; "
                        + "pings, each billed like an invocation and not in the cost");
        assertThat(plan(
                                policy("hours", "provisionedConcurrency: {baseline: 1, forecast: {mode: Preview}}"),
                                Optional.of(endpoint()))
                        .notes())
                .as("a forecast that is not acted on adds nothing")
                .isEmpty();
    }

    @Test
    void whatWouldNotComeIntoForceIsRefused() {
        PolicyPlan plan = among(
                policy("typo", OFFICE.replace("Europe/Berlin", "Europe/Berlim")),
                created(policy("other", OFFICE), 2025));

        assertThat(plan.refusals())
                .satisfiesExactly(
                        rival -> assertThat(rival)
                                .isEqualTo("WarmPolicy other is older and has the same endpoint: delete one of the two,"
                                        + " or suspend other"),
                        zone -> assertThat(zone).startsWith("window office: there is no time zone Europe/Berlim"));
    }

    @Test
    void theOlderOfTwoHoldsAndIsNotRefused() {
        assertThat(among(created(policy("hours", OFFICE), 2024), created(policy("other", OFFICE), 2025))
                        .failing())
                .isFalse();
    }

    @Test
    void whoIsSuspendedCompetesWithNobody() {
        WarmPolicy suspended = policy("hours", "suspend: true\n" + OFFICE);

        assertThat(among(suspended, created(policy("other", OFFICE), 2025)).failing())
                .isFalse();
        assertThat(among(policy("other", OFFICE), created(suspended, 2025)).failing())
                .isFalse();
    }

    @Test
    void whoIsBeingDeletedCompetesWithNobody() {
        WarmPolicy leaving = created(policy("other", OFFICE), 2025);
        leaving.getMetadata().setDeletionTimestamp("2026-01-04T00:00:00Z");

        assertThat(among(policy("hours", OFFICE), leaving).failing()).isFalse();
    }

    @Test
    void aPolicyThatGoesLeavesTheEndpointToItsOwnNumberOrToTheNext() {
        PolicyPlanner planner = new PolicyPlanner(PRICES, MONDAY);
        WarmPolicy gone = policy("hours", OFFICE);

        PolicyPlan alone = planner.delete(gone, "file", Optional.of(endpoint()), List.of());
        assertThat(alone.action()).isEqualTo(Action.DELETE);
        assertThat(alone.notes())
                .containsExactly("sentiment keeps what it has for 10 minutes, and then goes back to its own"
                        + " provisionedConcurrency (none)");
        assertThat(planner.delete(gone, "file", Optional.of(endpoint()), List.of(policy("other", OFFICE)))
                        .notes())
                .containsExactly("WarmPolicy other then decides about sentiment");
    }

    @Test
    void aBudgetBelowTheWindowsCutsThemHoweverLittleUseThereIs() {
        PolicyPlan plan = plan(policy("hours", OFFICE + "\nbudget: {monthlyUSD: 20}"), Optional.of(endpoint()));

        assertThat(plan.notes()).last().asString().isEqualTo("spec.budget.monthlyUSD (20) would cut it");
    }

    @Test
    void aPolicyOfPingsAloneDecidesAboutNoCapacity() {
        PolicyPlan plan = plan(
                policy("hours", "keepWarm: {request: {contentType: text/plain, body: good}}"), Optional.of(endpoint()));

        assertThat(plan.now()).isEmpty();
        assertThat(plan.week()).isEmpty();
    }

    @Test
    void withoutItsEndpointNobodyKnowsWhatItCosts() {
        PolicyPlan plan = plan(policy("hours", OFFICE), Optional.empty());

        assertThat(plan.least().describe()).isEqualTo("unknown");
        assertThat(plan.notes()).first().asString().startsWith("ServerlessEndpoint sentiment is not in the files");
        assertThat(plan.failing()).isFalse();
    }

    @Test
    void theSamePolicyIsNoChange() {
        WarmPolicy policy = policy("hours", OFFICE);

        assertThat(new PolicyPlanner(PRICES, MONDAY)
                        .plan(
                                policy,
                                "file",
                                Optional.of(policy("hours", OFFICE)),
                                Optional.of(endpoint()),
                                List.of(policy))
                        .changing())
                .isFalse();
    }

    private static PolicyPlan plan(WarmPolicy policy, Optional<ServerlessEndpoint> endpoint) {
        return new PolicyPlanner(PRICES, MONDAY).plan(policy, "file", Optional.empty(), endpoint, List.of(policy));
    }

    private static PolicyPlan among(WarmPolicy policy, WarmPolicy other) {
        return new PolicyPlanner(PRICES, MONDAY)
                .plan(policy, "file", Optional.empty(), Optional.of(endpoint()), List.of(policy, other));
    }

    private static WarmPolicy created(WarmPolicy policy, int year) {
        policy.getMetadata().setCreationTimestamp(year + "-01-01T00:00:00Z");
        return policy;
    }

    private static WarmPolicy policy(String name, String spec) {
        return Serialization.unmarshal("""
                kind: WarmPolicy
                metadata: {name: %1$s, namespace: team, uid: uid-of-%1$s, creationTimestamp: "2026-01-01T00:00:00Z"}
                spec:
                  targetRef: {name: sentiment}
                %2$s""".formatted(name, spec.indent(2)), WarmPolicy.class);
    }

    private static ServerlessEndpoint endpoint() {
        return Serialization.unmarshal("""
                metadata: {name: sentiment, namespace: team}
                spec: {region: us-east-1, serverless: {memorySizeInMB: 2048, maxConcurrency: 20}}
                """, ServerlessEndpoint.class);
    }
}
