package dev.pilotlight.domain.warm.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.cost.PriceBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpentByDayTest {
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

    private static Cost cost(String usd) {
        return new Cost(Optional.of(new BigDecimal(usd)), false);
    }

    @Test
    void aDayThatWasSeenFromItsBeginningHasASum() {
        SpentByDay spent = SpentByDay.begin(MONDAY, MARCH, cost("5.00"))
                .at(MONDAY, MARCH, cost("6.00"))
                .at(MONDAY.plusDays(1), MARCH, cost("6.50"));
        assertThat(spent.describe(MONDAY)).as("Monday was seen from noon").isEqualTo("unknown");

        spent = spent.at(MONDAY.plusDays(1), MARCH, cost("8.00")).at(MONDAY.plusDays(2), MARCH, cost("9.38"));
        assertThat(spent.describe(MONDAY.plusDays(1))).isEqualTo("2.88");
        assertThat(spent.cost(MONDAY.plusDays(1))).isTrue();
        assertThat(spent.describe(MONDAY)).as("and of no other day").isEqualTo("unknown");
        assertThat(spent.cost(MONDAY)).isFalse();
        assertThat(spent.at(MONDAY.plusDays(2), MARCH, cost("10.00")).describe(MONDAY.plusDays(1)))
                .isEqualTo("2.88");
    }

    @Test
    void aNewMonthBeginsWithNothing() {
        LocalDate last = LocalDate.parse("2026-03-31");
        SpentByDay spent = SpentByDay.begin(last.minusDays(1), MARCH, cost("90"))
                .at(last, MARCH, cost("91"))
                .at(last, MARCH, cost("92"))
                .at(last.plusDays(1), MARCH.plusMonths(1), cost("0.10"));

        assertThat(spent.describe(last)).isEqualTo("1.10");
    }

    @Test
    void whatIsNotKnownStaysUnknownAndWhatIsEstimatedSaysSo() {
        SpentByDay unknown = SpentByDay.begin(MONDAY, MARCH, cost("1"))
                .at(MONDAY.plusDays(1), MARCH, new Cost(Optional.empty(), true))
                .at(MONDAY.plusDays(2), MARCH, cost("3"));
        assertThat(unknown.describe(MONDAY.plusDays(1))).isEqualTo("unknown");

        SpentByDay estimate = SpentByDay.begin(MONDAY, MARCH, cost("1"))
                .at(MONDAY.plusDays(1), MARCH, cost("1"))
                .at(MONDAY.plusDays(2), MARCH, new Cost(Optional.of(new BigDecimal("3.5")), true));
        assertThat(estimate.describe(MONDAY.plusDays(1))).isEqualTo("~2.50");
    }

    @Test
    void aDayThatWasSleptThroughHasNoSum() {
        SpentByDay spent = SpentByDay.begin(MONDAY, MARCH, cost("1"))
                .at(MONDAY.plusDays(1), MARCH, cost("2"))
                .at(MONDAY.plusDays(4), MARCH, cost("9"));

        assertThat(spent.describe(MONDAY.plusDays(3))).isEqualTo("unknown");
    }

    @Test
    void aRestartKnowsHowTheDayBeganAndWhatRanUntilItsEnd() {
        PriceBook prices = PriceBook.parse(List.of(
                "region,item,memory_gb,unit,usd,confidence,as_of,source",
                "us-east-1,provisioned-usage,2,slot-second,0.0000100,verified,2026-05-08,list"));
        Instant noon = Instant.parse("2026-03-02T12:00:00Z");
        Ledger written = new Ledger(MARCH, Map.of(2048, 300_000L), 0, noon, 4, 2048);

        SpentByDay resumed = SpentByDay.resume(written, "1.00", prices, "us-east-1", MONDAY);
        assertThat(resumed.atMidnight()).contains("1.00");
        assertThat(resumed.at(LocalDate.parse("2026-03-03"), MARCH, cost("4.73"))
                        .describe(MONDAY))
                .as("2.00 until noon, and four slots for twelve hours more")
                .isEqualTo("3.73");
        assertThat(SpentByDay.resume(written, null, prices, "us-east-1", MONDAY)
                        .at(LocalDate.parse("2026-03-03"), MARCH, cost("4.73"))
                        .describe(MONDAY))
                .isEqualTo("unknown");
    }

    @Test
    void whatRanUnseenCountsToTheDayInWhichItRan() {
        PriceBook prices = PriceBook.parse(List.of(
                "region,item,memory_gb,unit,usd,confidence,as_of,source",
                "us-east-1,provisioned-usage,2,slot-second,0.0000100,verified,2026-05-08,list"));
        // A slot is 86.4 cents a day here.
        Ledger written = new Ledger(MARCH, Map.of(2048, 0L), 0, Instant.parse("2026-03-02T00:00:00Z"), 10, 2048);

        SpentByDay tuesday = SpentByDay.resume(written, "0.00", prices, "us-east-1", MONDAY.plusDays(1));
        assertThat(tuesday.describe(MONDAY)).isEqualTo("8.64");
        assertThat(tuesday.atMidnight()).contains("8.64");
        SpentByDay noon = tuesday.at(MONDAY.plusDays(1), MARCH, cost("12.96"));
        assertThat(noon.describe(MONDAY)).isEqualTo("8.64");
        assertThat(noon.at(MONDAY.plusDays(2), MARCH, cost("17.28")).describe(MONDAY.plusDays(1)))
                .isEqualTo("8.64");

        LocalDate last = LocalDate.parse("2026-03-31");
        Ledger lastDay = new Ledger(MARCH, Map.of(2048, 0L), 0, Instant.parse("2026-03-31T12:00:00Z"), 10, 2048);
        SpentByDay april = SpentByDay.resume(lastDay, "0.00", prices, "us-east-1", last.plusDays(1));
        assertThat(april.describe(last)).isEqualTo("4.32");
        assertThat(april.atMidnight()).contains("0.00");
    }
}
