package dev.pilotlight.domain.warm.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.SlotSeconds;
import dev.pilotlight.api.v1alpha1.WarmLedger;
import dev.pilotlight.domain.cost.PriceBook;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The book of a month: what it counts, what it costs, and that it never forgets in its owner's favour. */
final class LedgerTest {
    private static final Instant MIDDLE = Instant.parse("2026-03-11T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

    /** The two figures of 2 GB that were read from AWS's price list; see the snapshot's sources. */
    private static final PriceBook PRICES = PriceBook.parse(List.of(
            "region,item,memory_gb,unit,usd,confidence,as_of,source",
            "us-east-1,provisioned-usage,2,slot-second,0.0000100,verified,2026-05-08,list",
            "us-east-1,provisioned-usage,1,slot-second,0.0000050,derived,2026-05-08,ratio",
            "us-east-1,on-demand-duration,2,second,0.0000400,verified,2026-05-08,list"));

    @Test
    void capacityTimesTimeIsUsedUpAtTheSlotsPrice() {
        Ledger day =
                new Ledger(YearMonth.of(2026, 3), Map.of(), 0, MIDDLE, 4, 2048).at(MIDDLE.plus(Duration.ofDays(1)));

        assertThat(day.slotSeconds()).containsExactly(Map.entry(2048, 345_600L));
        assertThat(Cost.of(day, PRICES, "us-east-1").describe()).isEqualTo("3.46");
    }

    /** 400,000 slot-seconds of 2 GB cost 4.00 USD, as AWS's list says. */
    @Test
    void theFiguresOf2GBAreThoseOfThePriceList() {
        Ledger month = new Ledger(YearMonth.of(2026, 3), Map.of(2048, 400_000L), 0, MIDDLE, 0, 2048);

        assertThat(Cost.of(month, PRICES, "us-east-1").usd())
                .hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("4.00"));
        assertThat(Cost.of(month, PRICES, "us-east-1").estimate()).isFalse();
    }

    @Test
    void pingsCountAtTheOnDemandPrice() {
        Ledger pinged = new Ledger(YearMonth.of(2026, 3), Map.of(), 0, MIDDLE, 0, 2048).pinged(100_000);

        assertThat(Cost.of(pinged, PRICES, "us-east-1").describe()).isEqualTo("4.00");
    }

    @Test
    void anEstimateSaysSoAndWhatIsUnknownMakesAllOfItUnknown() {
        Ledger derived = new Ledger(YearMonth.of(2026, 3), Map.of(1024, 400_000L), 0, MIDDLE, 0, 1024);
        Ledger mixed = new Ledger(YearMonth.of(2026, 3), Map.of(1024, 1L, 6144, 1L), 0, MIDDLE, 0, 1024);

        assertThat(Cost.of(derived, PRICES, "us-east-1").describe()).isEqualTo("~2.00");
        assertThat(Cost.of(mixed, PRICES, "us-east-1").describe()).isEqualTo("unknown");
        assertThat(Cost.of(derived, PRICES, "eu-west-1").describe()).isEqualTo("unknown");
    }

    @Test
    void eachMemorySizeHasItsOwnLine() {
        Ledger grown = new Ledger(YearMonth.of(2026, 3), Map.of(), 0, MIDDLE, 2, 1024)
                .at(MIDDLE.plusSeconds(100))
                .running(3, 2048)
                .at(MIDDLE.plusSeconds(110));

        assertThat(grown.slotSeconds()).containsOnly(Map.entry(1024, 200L), Map.entry(2048, 30L));
    }

    @Test
    void aNewMonthBeginsWithWhatRunsSinceItsFirstSecond() {
        Ledger april = new Ledger(
                        YearMonth.of(2026, 3), Map.of(2048, 999L), 77, Instant.parse("2026-03-31T23:00:00Z"), 4, 2048)
                .at(Instant.parse("2026-04-01T00:00:10Z"));

        assertThat(april.month()).isEqualTo(YearMonth.of(2026, 4));
        assertThat(april.slotSeconds()).containsExactly(Map.entry(2048, 40L));
        assertThat(april.pingSeconds()).isZero();
    }

    @Test
    void aClockThatGoesBackTakesNothingAwayAndStopsNothing() {
        Ledger ledger = new Ledger(YearMonth.of(2026, 3), Map.of(2048, 999L), 0, MIDDLE, 4, 2048);

        Ledger back = ledger.at(MIDDLE.minus(Duration.ofHours(1)));
        assertThat(back.slotSeconds()).isEqualTo(ledger.slotSeconds());
        assertThat(back.at(MIDDLE.minus(Duration.ofMinutes(59))).slotSeconds())
                .containsExactly(Map.entry(2048, 999L + 240));
        assertThat(ledger.at(Instant.parse("2026-02-27T00:00:00Z"))).isEqualTo(ledger);
    }

    @Test
    void aLostOneCountsAllOfTheMonthAtWhatRunsNow() {
        assertThat(Ledger.lost(LONG_AGO, 4, 2048, MIDDLE).slotSeconds())
                .containsExactly(Map.entry(2048, 4 * 10 * 86_400L));
        assertThat(Ledger.lost(MIDDLE.minusSeconds(60), 4, 2048, MIDDLE).slotSeconds())
                .as("but not the time before there was a policy")
                .containsExactly(Map.entry(2048, 240L));
        assertThat(Ledger.lost(MIDDLE.plusSeconds(60), 4, 2048, MIDDLE).slotSeconds())
                .as("made just now, by a clock that is ahead of ours")
                .isEmpty();
        assertThat(Ledger.lost(MIDDLE.plus(Duration.ofDays(3)), 4, 2048, MIDDLE).slotSeconds())
                .as("made in the future, by another clock")
                .containsExactly(Map.entry(2048, 4 * 10 * 86_400L));
    }

    @Test
    void whatIsWrittenIsReadBackAndGoesOn() {
        Ledger ledger = new Ledger(YearMonth.of(2026, 3), Map.of(2048, 999L, 1024, 5L), 7, MIDDLE, 4, 2048);

        assertThat(Ledger.read(ledger.write("1.00"))).contains(ledger);
    }

    @Test
    void whatMakesNoSenseIsNoLedger() {
        assertThat(Ledger.read(null)).isEmpty();
        assertThat(Ledger.read(new WarmLedger("March", List.of(), 0L, MIDDLE.toString(), 1, 2048, "1", null)))
                .isEmpty();
        assertThat(Ledger.read(new WarmLedger("2026-03", List.of(), 0L, "yesterday", 1, 2048, "1", null)))
                .isEmpty();
        assertThat(Ledger.read(new WarmLedger(
                        "2026-03", List.of(new SlotSeconds(2048, -1L)), 0L, MIDDLE.toString(), 1, 2048, "1", null)))
                .isEmpty();
    }
}
