package dev.pilotlight.domain.warm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.NextChange;
import dev.pilotlight.api.v1alpha1.WarmSource;
import dev.pilotlight.api.v1alpha1.WarmWindow;
import dev.pilotlight.domain.warm.budget.Ledger;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code status.next} is the next change of what will hold, whoever brings it about. Capacity is asked for five minutes early. */
final class NextChangeTest {
    private static final String OFFICE =
            "windows: [{name: office, timeZone: UTC, start: 0 8 * * *, end: 0 18 * * *, capacity: 4}]";
    private static final WarmWindow AFTERNOON = forecast("0 14 * * *", "0 16 * * *", 6);

    @Test
    void aForecastInForceIsPartOfIt() {
        assertThat(next(Given.policy("provisionedConcurrency: {" + OFFICE + ", forecast: {mode: Enforce}}")
                        .forecast(AFTERNOON)))
                .isEqualTo(new NextChange("2026-03-11T13:55:00Z", 6, WarmSource.FORECAST, null));
    }

    @Test
    void aForecastThatIsOnlyShownIsNot() {
        assertThat(next(Given.policy("provisionedConcurrency: {" + OFFICE + ", forecast: {mode: Preview}}")
                        .forecast(AFTERNOON)))
                .isEqualTo(new NextChange("2026-03-11T18:00:00Z", 0, WarmSource.BASELINE, null));
    }

    @Test
    void aForecastThatAsksForLessThanTheWindowChangesNothing() {
        assertThat(next(Given.policy("provisionedConcurrency: {" + OFFICE + ", forecast: {mode: Enforce}}")
                        .forecast(forecast("0 14 * * *", "0 16 * * *", 3))))
                .isEqualTo(new NextChange("2026-03-11T18:00:00Z", 0, WarmSource.BASELINE, null));
    }

    @Test
    void whatTheForecastHoldsBeyondTheWindowIsNotLostWithIt() {
        assertThat(next(Given.policy("provisionedConcurrency: {" + OFFICE + ", forecast: {mode: Enforce}}")
                        .forecast(forecast("0 10 * * *", "0 19 * * *", 3))))
                .isEqualTo(new NextChange("2026-03-11T18:00:00Z", 3, WarmSource.FORECAST, null));
    }

    @Test
    void whatTheEndpointCannotHaveIsNoChange() {
        assertThat(next(Given.policy("provisionedConcurrency: {baseline: 20, " + OFFICE.replace(": 4", ": 30") + "}")))
                .isNull();
    }

    @Test
    void theLeastOfTrackingIsTheFloor() {
        assertThat(next(Given.policy("provisionedConcurrency: {targetTracking: {min: 2, max: 10}, " + OFFICE + "}")))
                .isEqualTo(new NextChange("2026-03-11T18:00:00Z", 2, WarmSource.TARGET_TRACKING, null));
    }

    @Test
    void aGapThatIsBridgedIsNoChange() {
        Given shifts = Given.policy("""
                provisionedConcurrency:
                  windows: [{name: early, timeZone: UTC, start: 0 8 * * *, end: 0 13 * * *, capacity: 4},
                            {name: late, timeZone: UTC, start: 10 13 * * *, end: 0 18 * * *, capacity: 4}]""");

        assertThat(next(shifts)).isEqualTo(new NextChange("2026-03-11T18:00:00Z", 0, WarmSource.BASELINE, null));
    }

    @Test
    void aSpentBudgetComesBackWithTheMonth() {
        Ledger spent = new Ledger(YearMonth.of(2026, 3), Map.of(2048, 100_000_000L), 0, Given.NOON, 0, 2048);

        assertThat(next(Given.policy("""
                        provisionedConcurrency: {baseline: 1, %s}
                        budget: {monthlyUSD: 100}""".formatted(OFFICE)).ledger(spent)))
                .isEqualTo(new NextChange("2026-04-01T00:00:00Z", 1, WarmSource.BASELINE, null));
    }

    private static NextChange next(Given given) {
        return given.decided().facts().next();
    }

    private static WarmWindow forecast(String start, String end, int capacity) {
        return new WarmWindow("forecast", "UTC", start, end, capacity);
    }
}
