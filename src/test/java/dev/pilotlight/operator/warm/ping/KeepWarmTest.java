package dev.pilotlight.operator.warm.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.IntervalMode;
import dev.pilotlight.api.v1alpha1.KeepWarmInterval;
import dev.pilotlight.api.v1alpha1.KeepWarmRequest;
import dev.pilotlight.api.v1alpha1.KeepWarmSpec;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.aws.Inference;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.warm.ping.Hold;
import dev.pilotlight.operator.warm.ping.Wish.Standing;
import dev.pilotlight.simulator.SimulatedAws;
import dev.pilotlight.simulator.runtime.InvocationSettings;
import dev.pilotlight.simulator.time.ManualClock;
import dev.pilotlight.simulator.world.SimulatorClock;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pings of an endpoint at the simulator, whose containers live for five idle minutes; one clock for both. */
class KeepWarmTest {
    private static final String NAME = "sentiment";
    private static final Duration LIVES = Duration.ofMinutes(5);

    private static final SessionRequest SESSION =
            new SessionRequest(Optional.empty(), "us-east-1", "c1", "pod", new SessionRequest.Purpose.Tenant("ml"));

    private final AtomicBoolean allowed = new AtomicBoolean(true);
    private final MeetingClock meeting = new MeetingClock(new ManualClock(SimulatedAws.START));
    private final SimulatedAws aws = SimulatedAws.start(settings ->
            settings.clock(meeting).invocation(InvocationSettings.defaults().withIdleTimeout(LIVES)));
    private final ManualScheduler scheduler = new ManualScheduler(SimulatedAws.START);
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> ended = new ArrayList<>();
    private final AtomicBoolean inService = new AtomicBoolean(true);
    private final AtomicInteger provisioned = new AtomicInteger();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private Optional<Wish.Learned> learned = Optional.empty();
    private final AtomicBoolean paid = new AtomicBoolean(true);
    private final KeepWarm keepWarm = new KeepWarm(
            SdkAwsSessions.create(
                    AwsSettings.defaults()
                            .withEndpointOverride(aws.simulator().endpoint())
                            .withAccessKey("AKIAEXAMPLE", "secret"),
                    scheduler.clock()),
            (namespace, task) -> threads.add(task),
            scheduler,
            wish -> ended.add(wish.name()));

    KeepWarmTest() {
        aws.servingEndpoint(NAME, SimulatedAws.IMAGE, 5, null);
    }

    @AfterEach
    void close() {
        aws.close();
    }

    /** A clock on which invocations take the time until as many as are told of are under way: only what overlaps goes on. */
    private static final class MeetingClock implements SimulatorClock {
        private final ManualClock manual;
        private Optional<CyclicBarrier> meeting = Optional.empty();

        MeetingClock(ManualClock manual) {
            this.manual = manual;
        }

        ManualClock manual() {
            return manual;
        }

        void together(int invocations) {
            meeting = Optional.of(new CyclicBarrier(invocations));
        }

        @Override
        public Instant now() {
            return manual.now();
        }

        @Override
        public void at(Instant due, Runnable event) {
            manual.at(due, event);
        }

        @Override
        public void pass(Duration duration) throws InterruptedException {
            if (meeting.isPresent()) {
                try {
                    meeting.get().await(10, TimeUnit.SECONDS);
                } catch (BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException("pings did not overlap", e);
                }
            }
        }
    }

    private Wish wish(IntervalMode mode, int seconds, int concurrency) {
        return new Wish(
                "ml",
                "warm",
                "uid-1",
                () -> Optional.of(SESSION).filter(any -> allowed.get()),
                NAME,
                "main",
                new KeepWarmSpec(
                        new KeepWarmInterval(mode, seconds),
                        concurrency,
                        false,
                        new KeepWarmRequest("text/plain", null, "good")),
                learned,
                concurrency,
                at -> open.get(),
                paid.get(),
                () -> new Standing(inService.get(), provisioned.get()));
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    /** Both clocks go on by half minutes; what is due is done. */
    private void pass(Duration time) {
        Instant end = scheduler.clock().instant().plus(time);
        while (scheduler.clock().instant().isBefore(end)) {
            Instant next = scheduler
                    .nextDue()
                    .filter(due ->
                            due.isBefore(end) && due.isAfter(scheduler.clock().instant()))
                    .orElse(end);
            meeting.manual().advanceTo(next);
            scheduler.advanceTo(next);
            runAll();
        }
    }

    private long invocations() {
        return aws.simulator().calls().of("sagemaker-runtime.InvokeEndpoint");
    }

    private int coldStarts() {
        String state = aws.admin("GET", "state", "");
        return Integer.parseInt(state.replaceAll("(?s).*\"coldStarts\" : (\\d+).*", "$1"));
    }

    private void follow(Wish wish) {
        keepWarm.follow(wish);
        pass(Duration.ofMillis(1));
    }

    @Test
    void everyIntervalOnePingAndTheContainerLives() {
        follow(wish(IntervalMode.FIXED, 240, 1));
        pass(Duration.ofHours(1));

        assertThat(invocations()).isEqualTo(16);
        assertThat(coldStarts()).isEqualTo(1);
    }

    @Test
    void threePingsAtOnceKeepThreeContainers() {
        meeting.together(3);
        follow(wish(IntervalMode.FIXED, 240, 3));
        pass(Duration.ofMinutes(3));

        assertThat(invocations()).isEqualTo(3);
        assertThat(coldStarts()).as("each started a container").isEqualTo(3);
        assertThat(keepWarm.of("uid-1").orElseThrow().hold()).isEmpty();

        pass(Duration.ofHours(1));
        assertThat(invocations()).isEqualTo(3 * 16);
        assertThat(coldStarts()).as("and all three live").isEqualTo(3);
    }

    @Test
    void aBurstThatHangsIsNotOverlapped() {
        keepWarm.follow(wish(IntervalMode.FIXED, 240, 1));
        scheduler.advanceTo(SimulatedAws.START.plusSeconds(1));
        assertThat(threads).hasSize(1);
        assertThat(keepWarm.idle()).isFalse();

        keepWarm.follow(wish(IntervalMode.FIXED, 240, 1));
        scheduler.advanceTo(SimulatedAws.START.plus(Duration.ofHours(1)));
        assertThat(threads).hasSize(1);

        runAll();
        assertThat(keepWarm.idle()).isTrue();
        assertThat(invocations()).isEqualTo(1);
    }

    @Test
    void whoIsFollowedAgainWhileTheLastBurstHangsIsPingedToo() {
        keepWarm.follow(wish(IntervalMode.FIXED, 240, 1));
        scheduler.advanceTo(SimulatedAws.START.plusSeconds(1));
        keepWarm.stop("uid-1");
        keepWarm.follow(wish(IntervalMode.FIXED, 240, 1));
        scheduler.advanceTo(SimulatedAws.START.plusSeconds(2));
        assertThat(threads).as("bursts of a policy do not overlap").hasSize(1);

        runAll();
        meeting.manual().advanceTo(scheduler.clock().instant());
        pass(Duration.ofMillis(1));
        pass(Duration.ofMinutes(9));
        assertThat(invocations()).isEqualTo(3);
    }

    @Test
    void aCloudWatchThatCannotBeReadIsAskedAsOftenAsOneThatCan() {
        aws.admin("POST", "faults", """
                {"match":"monitoring.GetMetricData","fault":"refuse","times":1000000}""");
        follow(wish(IntervalMode.FIXED, 600, 1));
        pass(Duration.ofDays(3));

        assertThat(invocations()).isEqualTo(433);
        assertThat(aws.simulator().calls().of("monitoring.GetMetricData")).isLessThanOrEqualTo(72);
        Instant now = scheduler.clock().instant();
        assertThat(keepWarm.of("uid-1").orElseThrow().unread(now))
                .as("what nobody will tell of any more is forgotten")
                .hasSizeLessThanOrEqualTo(2 * 144 + 1);
    }

    @Test
    void aColdPingBeforeAHoldIsCounted() {
        follow(wish(IntervalMode.FIXED, 240, 1));
        pass(Duration.ofMinutes(10));
        assertThat(coldStarts()).isEqualTo(1);
        open.set(false);
        pass(Duration.ofHours(2));
        open.set(true);
        pass(Duration.ofHours(2));

        Pinged.Day today = keepWarm.of("uid-1")
                .orElseThrow()
                .on(
                        LocalDate.ofInstant(SimulatedAws.START, ZoneOffset.UTC),
                        scheduler.clock().instant())
                .orElseThrow();
        assertThat(coldStarts()).isEqualTo(2);
        assertThat(today.cold()).isEqualTo(2);
    }

    @Test
    void anEndpointThatIsNotInServiceIsLeftAlone() {
        inService.set(false);
        follow(wish(IntervalMode.FIXED, 240, 1));
        pass(Duration.ofMinutes(30));
        assertThat(invocations()).isZero();
        assertThat(keepWarm.of("uid-1").orElseThrow().hold()).contains(Hold.NOT_IN_SERVICE);

        inService.set(true);
        pass(Duration.ofMinutes(5));
        assertThat(invocations()).isEqualTo(1);
    }

    @Test
    void whoseIdentityIsTakenAwayIsPingedNoMoreUntilItComesBack() {
        follow(wish(IntervalMode.FIXED, 240, 1));
        pass(Duration.ofMinutes(5));
        assertThat(invocations()).isEqualTo(2);
        long calls = aws.simulator().calls().of("monitoring.GetMetricData");
        allowed.set(false);
        pass(Duration.ofHours(3));
        assertThat(invocations()).isEqualTo(2);
        assertThat(aws.simulator().calls().of("monitoring.GetMetricData")).isEqualTo(calls);
        assertThat(keepWarm.of("uid-1").orElseThrow().hold()).contains(Hold.IDENTITY_REFUSED);

        allowed.set(true);
        pass(Duration.ofMinutes(4));
        assertThat(invocations()).isEqualTo(3);
    }

    @Test
    void provisionedSlotsMakePingsUnnecessary() {
        provisioned.set(1);
        follow(wish(IntervalMode.FIXED, 240, 1));
        pass(Duration.ofMinutes(30));
        assertThat(invocations()).isZero();
    }

    @Test
    void aSpentBudgetSendsNothing() {
        paid.set(false);
        follow(wish(IntervalMode.FIXED, 240, 1));
        pass(Duration.ofMinutes(30));
        assertThat(invocations()).isZero();
        assertThat(keepWarm.of("uid-1").orElseThrow().hold()).contains(Hold.BUDGET_SPENT);

        paid.set(true);
        follow(wish(IntervalMode.FIXED, 240, 1));
        pass(Duration.ofMinutes(5));
        assertThat(invocations()).isPositive();
    }

    @Test
    void outsideOfWindowsNothingIsSent() {
        open.set(false);
        follow(wish(IntervalMode.FIXED, 240, 1));
        pass(Duration.ofMinutes(30));
        assertThat(invocations()).isZero();
    }

    @Test
    void aShorterIntervalCountsAtOnceAndNoWishMeansNoPing() {
        follow(wish(IntervalMode.FIXED, 3600, 1));
        pass(Duration.ofMinutes(10));
        follow(wish(IntervalMode.FIXED, 60, 1));
        pass(Duration.ofMinutes(5));
        assertThat(invocations()).isEqualTo(7);

        keepWarm.stop("uid-1");
        pass(Duration.ofHours(1));
        assertThat(invocations()).isEqualTo(7);
        assertThat(keepWarm.of("uid-1")).isEmpty();
    }

    @Test
    void anErrorIsNoReasonToStop() {
        Wish broken = wish(IntervalMode.FIXED, 60, 1);
        AtomicBoolean fails = new AtomicBoolean(true);
        Wish wish = new Wish(
                broken.namespace(),
                broken.name(),
                broken.uid(),
                broken.session(),
                NAME,
                "main",
                broken.spec(),
                Optional.empty(),
                1,
                at -> true,
                true,
                () -> {
                    if (fails.get()) {
                        throw new AwsException(
                                new AwsFailure(
                                        FailureKind.DENIED, "sagemaker:DescribeEndpoint", "AccessDenied", "no", "r"),
                                null);
                    }
                    return new Standing(true, 0);
                });
        follow(wish);
        pass(Duration.ofMinutes(5));
        assertThat(invocations()).isZero();

        fails.set(false);
        pass(Duration.ofMinutes(2));
        assertThat(invocations()).isEqualTo(2);
    }

    @Test
    void everyPingIsMarkedAsOurs() throws InterruptedException {
        List<String> marks = new CopyOnWriteArrayList<>();
        Burst burst = new Burst(
                request -> {
                    marks.add(request.inferenceID());
                    return new Inference.Response(200, Map.of(), new byte[0], Duration.ofMillis(5), "r");
                },
                wish(IntervalMode.FIXED, 240, 3));

        assertThat(burst.send(3).answered()).isEqualTo(3);
        assertThat(marks).containsOnly("pilotlight-ping-uid-1").hasSize(3);
    }

    @Test
    void pingsAreCountedAndBilled() {
        follow(wish(IntervalMode.FIXED, 240, 1));
        pass(Duration.ofHours(50));

        Pinged pinged = keepWarm.of("uid-1").orElseThrow();
        Pinged.Day day = pinged.lastDay(scheduler.clock().instant()).orElseThrow();
        assertThat(day.date()).isEqualTo("2026-01-02");
        assertThat(day.pings()).isEqualTo(360);
        assertThat(day.cold()).isZero();
        assertThat(ended).containsExactly("warm", "warm");
        assertThat(day.billed()).isPositive();
        assertThat(pinged.drainBilledSeconds()).isNotNegative();
    }

    @Test
    void aRestartGoesOnWithTheIntervalAndWithWhatIsKnownToBeTooLong() {
        learned = Optional.of(new Wish.Learned(
                Duration.ofSeconds(260),
                Optional.of(Duration.ofSeconds(310)),
                scheduler.clock().instant()));
        follow(wish(IntervalMode.AUTO, 60, 1));
        pass(Duration.ofDays(1));

        Pinged pinged = keepWarm.of("uid-1").orElseThrow();
        assertThat(pinged.interval()).isEqualTo(Duration.ofSeconds(260));
        assertThat(pinged.goneAfter()).contains(Duration.ofSeconds(310));
        assertThat(coldStarts()).as("nothing is tried out again").isEqualTo(1);
    }

    @Test
    void theIntervalIsLearnedFromWhatCloudWatchSays() {
        follow(wish(IntervalMode.AUTO, 120, 1));
        pass(Duration.ofDays(2));

        Duration interval = keepWarm.of("uid-1").orElseThrow().interval();
        assertThat(interval).isBetween(Duration.ofSeconds(200), LIVES);
        // The first start, and what it cost to find out how long a container lives.
        assertThat(coldStarts()).isLessThanOrEqualTo(8);
    }
}
