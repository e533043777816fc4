package dev.pilotlight.operator.warm.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.warm.coldstart.ColdStarts;
import dev.pilotlight.operator.warm.coldstart.ColdStartReader.Subject;
import dev.pilotlight.simulator.SimulatedAws;
import dev.pilotlight.simulator.runtime.InvocationSettings;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cold starts of three seconds at the simulator, on one clock. */
class ColdStartReaderTest {
    private static final SessionRequest SESSION =
            new SessionRequest(Optional.empty(), "us-east-1", "c1", "pod", new SessionRequest.Purpose.Tenant("ml"));

    private final AtomicBoolean allowed = new AtomicBoolean(true);
    private final SimulatedAws aws = SimulatedAws.start(settings -> settings.invocation(InvocationSettings.defaults()
            .withColdStart(Duration.ofSeconds(3), Duration.ZERO)
            .withIdleTimeout(Duration.ofMinutes(5))));
    private final ManualScheduler scheduler = new ManualScheduler(SimulatedAws.START);
    private final AtomicReference<ColdStartReader.Pings> pings = new AtomicReference<>(ColdStartReader.Pings.NONE);
    private final List<String> ended = new ArrayList<>();
    private Consumer<Runnable> threads = Runnable::run;
    private final ColdStartReader reader = new ColdStartReader(
            SdkAwsSessions.create(
                    AwsSettings.defaults()
                            .withEndpointOverride(aws.simulator().endpoint())
                            .withAccessKey("AKIAEXAMPLE", "secret"),
                    scheduler.clock()),
            (namespace, task) -> threads.accept(task),
            scheduler,
            subject -> ended.add(subject.name()),
            (uid, date) -> pings.get());

    @AfterEach
    void close() {
        aws.close();
    }

    private void pass(Duration time) {
        Instant end = scheduler.clock().instant().plus(time);
        aws.pass(Duration.between(aws.simulator().clock().now(), end));
        scheduler.advanceTo(end);
    }

    private void follow() {
        reader.follow(new Subject(
                "ml", "warm", "uid-1", () -> Optional.of(SESSION).filter(any -> allowed.get()), "sentiment", "main"));
    }

    private void invoke() {
        aws.runtime()
                .invokeEndpoint(r ->
                        r.endpointName("sentiment").contentType("text/plain").body(SimulatedAws.bytes("good")));
    }

    @Test
    void aDayIsReadWhenItIsOverAndTodayByTheHour() {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        follow();
        pass(Duration.ofHours(8));
        for (int i = 0; i < 4; i++) {
            invoke();
        }
        pass(Duration.ofHours(2));

        ColdStarts today = reader.today("uid-1").orElseThrow();
        assertThat(today.invocations()).isEqualTo(4);
        assertThat(today.coldStarts()).isEqualTo(1);
        assertThat(today.share()).contains(0.25);
        assertThat(today.p95()).hasValueSatisfying(p95 -> assertThat(p95).isEqualTo(Duration.ofSeconds(3)));

        ended.clear();
        pass(Duration.ofHours(15));
        assertThat(reader.yesterday("uid-1")).hasValueSatisfying(day -> {
            assertThat(day.date()).isEqualTo(LocalDate.parse("2026-01-01"));
            assertThat(day.status("0.01").sharePercent()).isEqualTo("25.0");
        });
        assertThat(ended).containsExactly("warm");
        pass(Duration.ofHours(10));
        assertThat(ended).hasSize(1);
        assertThat(reader.idle()).isTrue();
    }

    @Test
    void ownPingsAreLeftOutAndADayIsToldWhenAllOfThemAreKnown() {
        aws.servingEndpoint("sentiment", SimulatedAws.IMAGE, 5, null);
        follow();
        pings.set(new ColdStartReader.Pings(3, 1, false));
        pass(Duration.ofHours(8));
        for (int i = 0; i < 4; i++) {
            invoke();
        }
        pass(Duration.ofHours(2));
        ColdStarts today = reader.today("uid-1").orElseThrow();
        assertThat(today.invocations()).isEqualTo(1);
        assertThat(today.coldStarts()).isZero();
        assertThat(today.overhead()).isPresent();

        pass(Duration.ofHours(15));
        assertThat(reader.yesterday("uid-1")).isEmpty();
        pings.set(new ColdStartReader.Pings(4, 1, true));
        pass(Duration.ofHours(1));
        assertThat(reader.yesterday("uid-1"))
                .hasValueSatisfying(day -> assertThat(day.invocations()).isZero());
    }

    @Test
    void whatIsStoppedIsReadNoMore() {
        follow();
        pass(Duration.ofHours(2));
        reader.stop("uid-1");
        long calls = aws.simulator().calls().of("monitoring.GetMetricData");

        pass(Duration.ofDays(2));

        assertThat(aws.simulator().calls().of("monitoring.GetMetricData")).isEqualTo(calls);
        assertThat(reader.today("uid-1")).isEmpty();
    }

    @Test
    void whoIsFollowedAgainWhileTheLastReadHangsIsReadToo() {
        Queue<Runnable> hanging = new ArrayDeque<>();
        threads = hanging::add;
        follow();
        scheduler.advanceTo(SimulatedAws.START.plusSeconds(1));
        assertThat(hanging).hasSize(1);
        reader.stop("uid-1");
        follow();
        scheduler.advanceTo(SimulatedAws.START.plusSeconds(2));
        threads = Runnable::run;
        hanging.forEach(Runnable::run);

        pass(Duration.ofHours(2));
        assertThat(reader.today("uid-1")).isPresent();
        assertThat(reader.idle()).isTrue();
    }

    @Test
    void nothingIsReadWhileTheIdentityDoesNotLetIt() {
        follow();
        pass(Duration.ofHours(2));
        long calls = aws.simulator().calls().of("monitoring.GetMetricData");
        allowed.set(false);
        pass(Duration.ofHours(5));
        assertThat(aws.simulator().calls().of("monitoring.GetMetricData")).isEqualTo(calls);

        allowed.set(true);
        pass(Duration.ofHours(1));
        assertThat(aws.simulator().calls().of("monitoring.GetMetricData")).isGreaterThan(calls);
    }

    @Test
    void whatCannotBeReadIsTriedAgain() {
        aws.admin("POST", "faults", """
                {"match":"monitoring.GetMetricData","fault":"refuse","times":1}""");
        follow();
        pass(Duration.ofMinutes(30));
        assertThat(reader.today("uid-1")).isEmpty();

        pass(Duration.ofHours(1));
        assertThat(reader.today("uid-1")).isPresent();
    }
}
