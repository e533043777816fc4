package dev.pilotlight.operator.kube;

import static dev.pilotlight.operator.kube.Endpoints.isFalse;
import static dev.pilotlight.operator.kube.Endpoints.isTrue;
import static dev.pilotlight.operator.kube.Endpoints.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.endpoint.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.987654Z");
    private static final Instant LATER = FIRST.plusSeconds(60);
    private static final Verdict NOT_READY =
            isFalse(ConditionTypes.READY, Reasons.CREATING_ENDPOINT, "AWS is creating it");

    @Test
    void timesHaveWholeSecondsLikeWhatTheApiServerReturns() {
        assertThat(Conditions.of(null, List.of(NOT_READY), 1, FIRST))
                .containsExactly(new Condition(
                        "Ready", "False", "CreatingEndpoint", "AWS is creating it", "2026-01-01T00:00:00Z", 1L));
    }

    @Test
    void theTransitionTimeMovesOnlyWithTheStatus() {
        List<Condition> first = Conditions.of(List.of(), List.of(NOT_READY), 1, FIRST);
        Verdict otherReason = isFalse(ConditionTypes.READY, Reasons.UPDATING_ENDPOINT, "updating");
        List<Condition> second = Conditions.of(first, List.of(otherReason), 2, LATER);
        assertThat(second).singleElement().satisfies(ready -> {
            assertThat(ready.lastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(ready.reason()).isEqualTo("UpdatingEndpoint");
            assertThat(ready.observedGeneration()).isEqualTo(2);
        });
        Verdict ready = isTrue(ConditionTypes.READY, Reasons.SUCCEEDED, "");
        assertThat(Conditions.of(second, List.of(ready), 2, LATER))
                .extracting(Condition::lastTransitionTime)
                .containsExactly("2026-01-01T00:01:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ConditionTypes.RECONCILING,
                ConditionTypes.STALLED,
                ConditionTypes.TERMINATING,
                ConditionTypes.SUSPENDED,
                ConditionTypes.PROVISIONED_CONCURRENCY_OVERRIDDEN,
                ConditionTypes.IMAGE_DRIFTED
            })
    void whatIsAbnormalIsAbsentWhileItDoesNotHold(String type) {
        assertThat(Conditions.of(null, List.of(isTrue(type, "Because", "")), 1, FIRST))
                .hasSize(1);
        assertThat(Conditions.of(null, List.of(isFalse(type, "Because", "")), 1, FIRST))
                .isEmpty();
        assertThat(Conditions.of(null, List.of(unknown(type, "Because", "")), 1, FIRST))
                .isEmpty();
    }

    @Test
    void whatPeopleWaitForIsThereInEveryStatus() {
        assertThat(Conditions.of(
                        null,
                        List.of(
                                unknown(ConditionTypes.VALIDATED, Reasons.NOT_RUN, ""),
                                isFalse(ConditionTypes.AVAILABLE, Reasons.NOT_SERVING, "")),
                        1,
                        FIRST))
                .extracting(Condition::type, Condition::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Available", "False"),
                        org.assertj.core.groups.Tuple.tuple("Validated", "Unknown"));
    }

    @Test
    void theOrderIsFixedWhateverOrderTheyWereConcludedIn() {
        List<Verdict> verdicts = List.of(
                isTrue("Zebra", "Because", ""),
                isTrue("Aardvark", "Because", ""),
                isTrue(ConditionTypes.STALLED, "Because", ""),
                isTrue(ConditionTypes.VALIDATED, "Because", ""),
                isTrue(ConditionTypes.AVAILABLE, "Because", ""),
                NOT_READY);
        assertThat(Conditions.of(null, verdicts, 1, FIRST))
                .extracting(Condition::type)
                .containsExactly("Ready", "Available", "Stalled", "Validated", "Aardvark", "Zebra");
    }

    @Test
    void twoVerdictsAboutOneTypeAreAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Conditions.of(null, List.of(NOT_READY, NOT_READY), 1, FIRST))
                .withMessageContaining("Ready");
    }

    @Test
    void aMessageFitsTheSchema() {
        Verdict chatty = isFalse(ConditionTypes.READY, "Because", "x".repeat(40_000));
        assertThat(Conditions.of(null, List.of(chatty), 1, FIRST).getFirst().message())
                .hasSize(32_768);
    }
}
