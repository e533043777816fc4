package dev.pilotlight.domain.warm.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.WarmLedger;
import dev.pilotlight.domain.warm.budget.PastLedgers.Leaving;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What policies that are gone have used, for whoever makes one again. */
final class PastLedgersTest {
    private static final Instant NOON = Instant.parse("2026-03-11T12:00:00Z");
    private static final Duration HELD = Duration.ofMinutes(10);

    @Test
    void aPolicyThatUsedNothingLeavesNoNote() {
        assertThat(PastLedgers.note(null, List.of(leaving(NOON.minusSeconds(60), ledger(0, 0, NOON)))))
                .isNull();
        assertThat(PastLedgers.isNoted(null, ledger(0, 0, NOON))).isTrue();
    }

    @Test
    void theLedgerOfAPolicyThatGoesIsNotedOnceAndLetsItGo() {
        WarmLedger last = ledger(5000, 2, NOON);
        WarmLedger note = PastLedgers.note(null, List.of(leaving(NOON.minusSeconds(600), last)));

        assertThat(PastLedgers.isNoted(null, last)).isFalse();
        assertThat(PastLedgers.isNoted(note, last)).isTrue();
        assertThat(PastLedgers.note(note, List.of(leaving(NOON.minusSeconds(600), last))))
                .isEqualTo(note);
    }

    @Test
    void whoComesAfterwardsGoesOnWithItAndIsChargedForTheTenMinutesThatItStayed() {
        WarmLedger note = ledger(5000, 2, NOON);
        Instant made = NOON.plus(Duration.ofHours(1));

        Ledger begun =
                PastLedgers.inherited(note, made, HELD, made.plusSeconds(5)).orElseThrow();

        assertThat(begun.slotSeconds()).containsExactly(Map.entry(2048, 5000 + 2 * 600L));
        assertThat(begun.running()).isZero();
    }

    @Test
    void whoWasMadeBeforeHasALedgerOfItsOwnAndLaterBothAreNoted() {
        WarmLedger note = ledger(5000, 0, NOON);
        Instant made = NOON.minus(Duration.ofDays(1));

        assertThat(PastLedgers.inherited(note, made, HELD, NOON.plusSeconds(60)))
                .isEmpty();
        WarmLedger both = PastLedgers.note(note, List.of(leaving(made, ledger(700, 0, NOON.plusSeconds(3600)))));
        assertThat(Ledger.read(both).orElseThrow().slotSeconds()).containsExactly(Map.entry(2048, 5700L));
        assertThat(both.asOf()).isEqualTo("2026-03-11T13:00:00Z");
    }

    @Test
    void whatGoesOnFromANoteReplacesIt() {
        WarmLedger note = ledger(5000, 0, NOON);
        WarmLedger next = ledger(6000, 0, NOON.plusSeconds(3600));

        assertThat(PastLedgers.note(note, List.of(leaving(NOON.plusSeconds(10), next))))
                .isEqualTo(next);
    }

    @Test
    void twoThatGoTogetherAreBothNotedWhicheverWasSeenFirstAndOnce() {
        Instant made = NOON.minus(Duration.ofDays(1));
        Leaving one = leaving(made, ledger(5000, 0, NOON.minusSeconds(60)));
        Leaving other = leaving(made, ledger(700, 0, NOON));

        for (List<Leaving> order : List.of(List.of(one, other), List.of(other, one))) {
            WarmLedger note = PastLedgers.note(null, order);
            assertThat(Ledger.read(note).orElseThrow().slotSeconds()).containsExactly(Map.entry(2048, 5700L));
            assertThat(PastLedgers.note(note, order)).isEqualTo(note);
            assertThat(order).allMatch(policy -> PastLedgers.isNoted(note, policy.ledger()));
        }
    }

    @Test
    void ofTwoThatWentOnFromANoteItCountsOnceAtLeast() {
        WarmLedger note = ledger(5000, 0, NOON);
        Leaving one = leaving(NOON.plusSeconds(10), ledger(5100, 0, NOON.plusSeconds(3600)));
        Leaving other = leaving(NOON.plusSeconds(20), ledger(5020, 0, NOON.plusSeconds(3600)));

        assertThat(Ledger.read(PastLedgers.note(note, List.of(one, other)))
                        .orElseThrow()
                        .slotSeconds()
                        .get(2048))
                .isGreaterThanOrEqualTo(5120);
    }

    @Test
    void anotherMonthOwesNothing() {
        WarmLedger note = ledger(5000, 0, NOON);
        Instant april = Instant.parse("2026-04-02T00:00:00Z");

        assertThat(PastLedgers.inherited(note, april, HELD, april).orElseThrow().slotSeconds())
                .isEmpty();
        WarmLedger next = new Ledger(YearMonth.of(2026, 4), Map.of(2048, 10L), 0, april, 0, 2048).write(null);
        assertThat(PastLedgers.note(note, List.of(leaving(NOON.minusSeconds(10), next))))
                .isEqualTo(next);
    }

    private static Leaving leaving(Instant made, WarmLedger ledger) {
        return new Leaving(made, ledger);
    }

    private static WarmLedger ledger(long slotSeconds, int running, Instant asOf) {
        return new Ledger(
                        YearMonth.of(2026, 3),
                        slotSeconds == 0 ? Map.of() : Map.of(2048, slotSeconds),
                        0,
                        asOf,
                        running,
                        2048)
                .write(null);
    }
}
