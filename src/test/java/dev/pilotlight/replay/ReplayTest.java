package dev.pilotlight.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.cost.PriceItem;
import dev.pilotlight.operator.cost.BundledPrices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code make replay} in seconds: its gates, and one seed that may be looked at. */
class ReplayTest {

    @Test
    void theGatesHold() {
        assertThat(Gates.broken()).isEmpty();
    }

    @Test
    void pricesAreThoseOfTheBundledSnapshot() {
        PriceBook book = BundledPrices.read();

        assertThat(Prices.TWO_GIGABYTES.usage()).isEqualTo(usd(book, PriceItem.PROVISIONED_USAGE));
        assertThat(Prices.TWO_GIGABYTES.provisionedDuration()).isEqualTo(usd(book, PriceItem.PROVISIONED_DURATION));
        assertThat(Prices.TWO_GIGABYTES.onDemandDuration()).isEqualTo(usd(book, PriceItem.ON_DEMAND_DURATION));
    }

    private static double usd(PriceBook book, PriceItem item) {
        return book.price(item, "us-east-1", 2048).orElseThrow().usd().doubleValue();
    }

    @Test
    void oneWeekUnderAllPolicies() {
        Workload week = new Generator(Families.read()).generate("weekly", 10);

        SeedRun run = SeedRun.of(week, 10);

        assertThat(run.outcomes().get(SeedRun.ORACLE).spillover()).isBetween(0.009, 0.01);
        assertThat(run.outcomes().get(SeedRun.NONE).spillover()).isEqualTo(1);
        assertThat(run.outcomes().get(SeedRun.STATIC).slotHours())
                .isGreaterThan(run.outcomes().get(SeedRun.FORECAST).slotHours());
        assertThat(run.outcomes().get(SeedRun.FORECAST).spillover()).isLessThan(0.01);
        // Nobody can do with less than who knows the future, and the goal is a third more.
        assertThat(run.slotsByOracle().orElseThrow()).isGreaterThan(1);
        assertThat(run.billByOracle().orElseThrow()).isBetween(1.0, 1.3);
        assertThat(run.outcomes().get(SeedRun.FORECAST).coldShare())
                .isLessThan(run.outcomes().get(SeedRun.PING).coldShare());
        assertThat(run.accepted()).isTrue();
    }

    /** Target tracking needs minutes above its target, and AWS's minutes to act: a step in the load spills over until then. */
    @Test
    void trackingFollowsAStepAfterMinutesAndComesBackSlowly() {
        double[] rates = new double[6 * 60];
        Arrays.fill(rates, 0, 60, 0.5);
        Arrays.fill(rates, 60, 180, 8);
        Arrays.fill(rates, 180, 360, 0.5);
        double[] arrivals = new ArrivalLaw.Poisson().arrivals(rates, new Dice(3));
        double[] durations = new double[arrivals.length];
        Arrays.fill(durations, 1);
        Workload step = new Workload("step", 0, 1, arrivals, durations);

        Schedule schedule = new Tracking(step, 180).run();

        double[] at = schedule.at();
        int[] capacities = schedule.capacities();
        int first = 0;
        while (capacities[first] <= 2) {
            first++;
        }
        assertThat(at[first]).isBetween(3600 + 180 + 180.0, 3600 + 900.0);
        assertThat(Arrays.stream(capacities).max().orElseThrow()).isBetween(9, 14);
        assertThat(capacities[capacities.length - 1]).isLessThan(4);
        for (int i = 1; i < at.length; i++) {
            if (capacities[i] < capacities[i - 1]) {
                assertThat(at[i] - at[i - 1]).isGreaterThanOrEqualTo(300);
            }
        }
    }

    @Test
    void moreCapacityIsPaidFromAskingAndUsableWhenReady() {
        Schedule schedule = Schedule.of(new int[] {2, 2, 0}, 10_000, 180);

        assertThat(schedule.at()).containsExactly(10_000 - 300 + 180, 10_000 + 1800.0);
        assertThat(schedule.capacities()).containsExactly(2, 0);
        assertThat(schedule.paidSlotSeconds()).isEqualTo(2 * 1800 + 2 * 300.0);
    }

    @Test
    void anIdleContainerThatIsPingedStaysWarm() {
        double[] arrivals = {1, 3601, 7201};
        double[] durations = {1, 1, 1};
        Workload hourly = new Workload("hourly", 0, 1, arrivals, durations);
        ColdModel tenMinutes = new ColdModel(600, 2);
        int[] all = Provisioned.none(hourly).spilled();

        OnDemand alone = OnDemand.replay(hourly, all, tenMinutes, OnDemand.Pings.NONE, new Dice(1));
        OnDemand pinged = OnDemand.replay(hourly, all, tenMinutes, new OnDemand.Pings(1, 240, 0.1), new Dice(1));

        assertThat(alone.coldStarts()).isEqualTo(3);
        assertThat(alone.addedSeconds()).containsExactly(2, 2, 2);
        assertThat(pinged.coldStarts()).isLessThanOrEqualTo(1);
        assertThat(pinged.pingSeconds()).isCloseTo(3.1, within(0.11));
    }

    @Test
    void aCsvOfOnesOwnIsReadWithOrWithoutDurations(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("calls.csv");
        Files.writeString(file, "time,seconds\n2026-08-03 00:00:02.5,0.25\n2026-08-03T00:00:00Z,1\n");
        Path bare = folder.resolve("bare.csv");
        Files.writeString(bare, "10\n12.5\n");

        assertThat(Trace.read(file).arrivals()).containsExactly(0, 2.5);
        assertThat(Trace.read(file).durations()).containsExactly(1, 0.25);
        assertThat(Trace.read(file).begun()).isZero();
        assertThat(Trace.read(bare).arrivals()).containsExactly(0, 2.5);
        assertThat(Trace.read(bare).durations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time;yesterday                        | line 2: \"yesterday\" is no timestamp; write seconds, or ISO 8601",
                "1,1;2,fast                            | line 2: \"fast\" is no duration; write the seconds the request took",
                "1,1;2,-1                              | line 2: \"-1\" is no duration",
                "1,1;2                                 | line 2: 2: either all lines have a duration or none",
                "time;1722643200000                    | line 2: \"1722643200000\" is too large for seconds since 1970; if it is in milliseconds",
                "1,374,44;2,396,109                    | line 1: \"1,374,44\" has 3 columns; keep two",
                "time                                  | has 0 requests: a line each is needed"
            })
    void aLineThatIsNoRequestIsNamedWithWhatToChange(String lines, String refusal, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("calls.csv");
        Files.writeString(file, lines.replace(';', '\n'));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trace.read(file))
                .withMessageStartingWith(file.toString())
                .withMessageContaining(refusal);
    }

    @Test
    void aFileThatIsNotThereIsSaidToBe(@TempDir Path folder) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trace.read(folder.resolve("none.csv")))
                .withMessageEndingWith("none.csv: there is no such file");
    }

    /** Single requests of three weeks in a CSV are replayed, and used as such where bursts are learned from. */
    @Test
    void threeWeeksOfOnesOwnAreJudgedOnTheLastAndRecommendWindows(@TempDir Path folder) throws IOException {
        StringBuilder csv = new StringBuilder("time,seconds\n");
        Dice dice = new Dice(5);
        for (double at = 60; at < 22 * 86_400; at += 60 * dice.exponential()) {
            csv.append(String.format(Locale.ROOT, "%.3f,2%n", 1_785_715_200 + at));
        }
        Path file = folder.resolve("calls.csv");
        Files.writeString(file, csv);

        Trace trace = Trace.read(file);
        Workload week = trace.weeks(1).orElseThrow();
        String windows = Windows.recommendedFor(week, trace.logBefore(week));

        assertThat(week.days() * (double) Workload.DAY - week.start()).isEqualTo(7.0 * Workload.DAY);
        assertThat(trace.logBefore(week).orElseThrow().arrivals()).hasSize(week.first());
        assertThat(windows).contains("provisionedConcurrency:", "baseline: ").doesNotContain("learned from");
    }

    @Test
    void claimsThatHoldTogetherAreFewerThanThoseThatHoldAlone() {
        assertThat(Mean.holm(List.of(0.01, 0.04, 0.03, 0.5))).containsExactly(0.04, 0.09, 0.09, 0.5);
        assertThat(Mean.chanceOf(List.of(1.0, 1.1, 1.2, 1.1), mean -> mean > 1.3))
                .isLessThan(0.001);
        assertThat(Mean.chanceOf(List.of(1.0, 1.1, 1.2, 1.1), mean -> mean > 1.0))
                .isGreaterThan(0.9);
    }

    @Test
    void aFigureBetweenTwoSettingsIsOnTheLineBetweenThem() {
        Trade trade = new Trade(List.of(point(0.02, 10), point(0.00, 20)));

        assertThat(trade.atSpillover(0.01, Outcome::usd)).contains(15.0);
        assertThat(trade.atSpillover(0.03, Outcome::usd)).isEmpty();
        assertThat(trade.coldShareFor(15)).contains(0.01);
        assertThat(trade.coldShareFor(5)).isEmpty();
    }

    private static Outcome point(double share, double usd) {
        double[][] shares = new double[ColdModel.IDLE_GRID.length][SeedRun.READINESS_GRID.length];
        shares[ColdModel.BASE_IDLE][SeedRun.BASE_READINESS] = share;
        return new Outcome(
                "forecast",
                share,
                new Outcome.Cold(shares, new double[0], 0, 0, 0),
                usd,
                new Outcome.Bill(usd, 0, 0, 0),
                0);
    }
}
