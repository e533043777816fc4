package dev.pilotlight.operator.warm.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ForecastVerdict;
import dev.pilotlight.api.v1alpha1.WarmForecastStatus;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.warm.decision.Outlook;
import dev.pilotlight.domain.warm.forecast.ForecastSettings;
import dev.pilotlight.domain.warm.forecast.MeasuredTraffic;
import dev.pilotlight.testing.FakeAwsSessions;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Four weeks of an office's traffic, on a clock of its own. */
class ForecastRunnerTest {
    /** A Monday. */
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private static final SessionRequest SESSION =
            new SessionRequest(Optional.empty(), "us-east-1", "c1", "pod", new SessionRequest.Purpose.Tenant("ml"));

    private final ManualScheduler scheduler = new ManualScheduler(START);
    private final OfficeMetrics metrics = new OfficeMetrics();
    private final List<String> woken = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean threadsFree = true;
    private boolean allowed = true;
    private final ForecastRunner runner = new ForecastRunner(
            new FakeAwsSessions(scheduler.clock()).withMetrics(metrics),
            (namespace, task) -> {
                if (threadsFree) {
                    task.run();
                } else {
                    waiting.add(task);
                }
            },
            scheduler,
            question -> woken.add(question.name()));

    private ForecastQuestion question(String endpoint, int lookbackDays, double spillover) {
        return new ForecastQuestion(
                "ml",
                "warm",
                "uid-1",
                () -> Optional.of(SESSION).filter(any -> allowed),
                "us-east-1",
                new MeasuredTraffic(endpoint, "main", 20),
                ForecastSettings.of(ZoneId.of("UTC"), lookbackDays, spillover, 20),
                true);
    }

    private void follow(ForecastQuestion question) {
        runner.follow(question, Optional.empty());
        pass(Duration.ZERO);
    }

    private void pass(Duration time) {
        scheduler.advanceTo(scheduler.clock().instant().plus(time));
    }

    private Outlook outlook() {
        return runner.latest("uid-1").orElseThrow();
    }

    private WarmForecastStatus forecast() {
        return outlook().forecast().orElseThrow();
    }

    @Test
    void twoWeeksBecomeWindowsAndThePolicyIsWoken() {
        follow(question("sentiment", 14, 1));

        assertThat(forecast().verdict()).isEqualTo(ForecastVerdict.ACCEPTED);
        assertThat(forecast().windows())
                .filteredOn(window -> window.capacity() > 5)
                .singleElement()
                .satisfies(office -> {
                    assertThat(office.timeZone()).isEqualTo("UTC");
                    assertThat(office.start()).isEqualTo("0 8 * * MON-FRI");
                    assertThat(office.end()).isEqualTo("0 18 * * MON-FRI");
                });
        assertThat(outlook().trouble()).isEmpty();
        assertThat(woken).containsExactly("warm");
        assertThat(runner.idle()).isTrue();
    }

    @Test
    void itIsMadeAnewEverySixHoursAndAtOnceForAnotherSpec() {
        follow(question("sentiment", 14, 1));
        follow(question("sentiment", 14, 1));
        pass(Duration.ofHours(5));
        assertThat(metrics.reads).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(metrics.reads).isEqualTo(2);
        assertThat(woken).as("what cannot be seen wakes nobody").hasSize(1);

        follow(question("sentiment", 14, 20));

        assertThat(metrics.reads).isEqualTo(3);
        assertThat(woken).hasSize(2);
        assertThat(forecast().computedAt()).isEqualTo("2026-03-02T14:00:00Z");
    }

    @Test
    void beyondFifteenDaysQuartersOfAnHourAreRead() {
        follow(question("sentiment", 30, 1));

        assertThat(metrics.reads).isEqualTo(2);
        assertThat(metrics.asked.stream()
                        .map(query -> query.period().toMinutes())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(1L, 15L);
        assertThat(forecast().daysOfData()).isBetween(29, 30);
    }

    @Test
    void figuresShowOnceADayAndAnotherVerdictAtOnce() {
        follow(question("sentiment", 14, 1));
        String first = forecast().computedAt();
        metrics.times = 1.5;
        pass(Duration.ofHours(23));
        assertThat(forecast().computedAt()).isEqualTo(first);
        pass(Duration.ofHours(1));
        assertThat(forecast().computedAt()).isEqualTo("2026-03-03T08:00:00Z");
        assertThat(woken).hasSize(2);

        metrics.begins = scheduler.clock().instant().minus(Duration.ofDays(2));
        pass(Duration.ofHours(6));
        assertThat(forecast().verdict()).isEqualTo(ForecastVerdict.TOO_LITTLE_DATA);
        assertThat(forecast().computedAt()).isEqualTo("2026-03-03T14:00:00Z");
    }

    @Test
    void whatIsDeniedLeavesTheLastForecastSaysSoAndIsTriedAgainAfterAnHour() {
        follow(question("sentiment", 14, 1));
        WarmForecastStatus last = forecast();
        metrics.failure = Optional.of(FailureKind.DENIED);

        pass(Duration.ofHours(6));

        assertThat(forecast()).isEqualTo(last);
        assertThat(outlook().trouble())
                .contains("CloudWatch cannot be read: cloudwatch:GetMetricData answered DENIED: not now;"
                        + " the forecast of 2026-03-02T08:00:00Z stays");
        assertThat(woken).hasSize(2);

        metrics.failure = Optional.empty();
        pass(Duration.ofHours(1));
        assertThat(outlook().trouble()).isEmpty();
    }

    @Test
    void withoutAForecastTheVerdictSaysThatCloudWatchCannotBeRead() {
        metrics.failure = Optional.of(FailureKind.THROTTLED);
        follow(question("sentiment", 14, 1));

        assertThat(forecast().verdict()).isEqualTo(ForecastVerdict.METRICS_UNAVAILABLE);
        assertThat(forecast().message()).contains("not now");
        assertThat(forecast().windows()).isEmpty();
        pass(Duration.ofHours(5));
        assertThat(woken).as("the same failure is no news").hasSize(1);

        metrics.failure = Optional.empty();
        pass(Duration.ofHours(1));
        assertThat(forecast().verdict()).isEqualTo(ForecastVerdict.ACCEPTED);
    }

    @Test
    void aQuietEndpointKeepsItsForecastAndANewOneSaysWhatItLacks() {
        metrics.begins = START.minus(Duration.ofHours(5));
        follow(question("sentiment", 14, 1));
        assertThat(forecast().verdict()).isEqualTo(ForecastVerdict.TOO_LITTLE_DATA);
        assertThat(forecast().message()).startsWith("A forecast needs metrics of 24 hours");
        assertThat(outlook().trouble()).isEmpty();

        metrics.begins = Instant.EPOCH;
        pass(Duration.ofHours(6));
        WarmForecastStatus made = forecast();
        assertThat(made.verdict()).isEqualTo(ForecastVerdict.ACCEPTED);

        metrics.begins = scheduler.clock().instant();
        pass(Duration.ofHours(6));
        assertThat(forecast()).isEqualTo(made);
        assertThat(outlook().trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("too little of late"));
    }

    @Test
    void afterARestartTheReportedForecastIsTheLastOne() {
        follow(question("sentiment", 14, 1));
        WarmForecastStatus reported = forecast();
        runner.stop();
        assertThat(runner.latest("uid-1")).isEmpty();
        metrics.failure = Optional.of(FailureKind.DENIED);

        runner.follow(question("sentiment", 14, 1), Optional.of(reported));
        pass(Duration.ofSeconds(1));

        assertThat(forecast()).isEqualTo(reported);
        assertThat(outlook().trouble()).isPresent();
    }

    @Test
    void anotherEndpointHasNothingOfTheForecastOfTheFirst() {
        follow(question("sentiment", 14, 1));
        metrics.failure = Optional.of(FailureKind.DENIED);

        runner.follow(question("search", 14, 1), outlook().forecast());
        assertThat(outlook()).isEqualTo(Outlook.NONE);
        pass(Duration.ofSeconds(1));

        assertThat(forecast().verdict()).isEqualTo(ForecastVerdict.METRICS_UNAVAILABLE);
    }

    @Test
    void whatIsAskedForWhileOneIsMadeIsMadeNext() {
        threadsFree = false;
        follow(question("sentiment", 14, 1));
        follow(question("search", 14, 1));
        assertThat(waiting).hasSize(1);
        assertThat(runner.idle()).isFalse();

        waiting.removeFirst().run();
        assertThat(outlook()).as("out of date before it was seen").isEqualTo(Outlook.NONE);
        pass(Duration.ZERO);
        waiting.removeFirst().run();

        assertThat(metrics.asked.getLast().endpointName()).isEqualTo("search");
        assertThat(forecast().verdict()).isEqualTo(ForecastVerdict.ACCEPTED);
        assertThat(woken).hasSize(1);
    }

    @Test
    void nothingIsReadWhileTheIdentityDoesNotLetIt() {
        follow(question("sentiment", 14, 1));
        WarmForecastStatus made = forecast();
        int reads = metrics.reads;
        allowed = false;
        pass(Duration.ofDays(1));
        assertThat(metrics.reads).isEqualTo(reads);
        assertThat(forecast()).isEqualTo(made);

        allowed = true;
        pass(Duration.ofHours(1));
        assertThat(metrics.reads).isGreaterThan(reads);
    }

    @Test
    void whatIsStoppedIsReadNoMore() {
        follow(question("sentiment", 14, 1));
        runner.stop("uid-1");

        pass(Duration.ofDays(2));

        assertThat(metrics.reads).isEqualTo(1);
        assertThat(runner.latest("uid-1")).isEmpty();
    }
}
