package dev.pilotlight.operator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pilotlight.domain.time.Scheduler;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClockSchedulerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final TurnedClock clock = new TurnedClock(START);
    private final ClockScheduler scheduler = new ClockScheduler(clock);
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void tasksRunInTheOrderInWhichTheyAreDueAndThoseOfOneInstantInTheOrderTheyWerePlaced() {
        at(20, "c");
        at(10, "a");
        at(10, "b");
        assertThat(scheduler.nextDue()).contains(START.plusSeconds(10));
        clock.jumpTo(START.plusSeconds(30));
        await().untilAsserted(() -> assertThat(ran).containsExactly("a", "b", "c"));
        assertThat(scheduler.nextDue()).isEmpty();
    }

    @Test
    void aTaskWhoseTimeHasPassedRunsAtOnce() {
        at(-3600, "late");
        await().untilAsserted(() -> assertThat(ran).containsExactly("late"));
    }

    @Test
    void aClockThatJumpsForwardIsNoticedThoughNobodyPlacesATask() {
        at(3600, "an hour later");
        clock.jumpTo(START.plusSeconds(3601));
        await().untilAsserted(() -> assertThat(ran).containsExactly("an hour later"));
    }

    @Test
    void whoWaitsWhenTheClockIsSetBackGoesOnWaitingForAsLongAsBefore() {
        Scheduler.Task waiting = at(10, "a");
        clock.jumpTo(START.minusSeconds(86_400));
        at(-86_399, "asked for by the clock as it is now");
        assertThat(waiting.due()).isEqualTo(START.minusSeconds(86_390));

        clock.jumpTo(START.minusSeconds(86_399));
        await().untilAsserted(() -> assertThat(ran).containsExactly("asked for by the clock as it is now"));
        clock.jumpTo(START.minusSeconds(86_390));
        await().untilAsserted(() -> assertThat(ran).containsExactly("asked for by the clock as it is now", "a"));
    }

    @Test
    void aClockThatIsSetBackIsNoticedThoughNobodyPlacesATask() {
        at(10, "a");
        clock.jumpTo(START.minusSeconds(3600));
        await().untilAsserted(() -> assertThat(scheduler.nextDue()).contains(START.minusSeconds(3590)));
        clock.jumpTo(START.minusSeconds(3590));
        await().untilAsserted(() -> assertThat(ran).containsExactly("a"));
    }

    @Test
    void aCancelledTaskDoesNotRun() {
        Scheduler.Task cancelled = at(10, "cancelled");
        at(11, "other");
        cancelled.cancel();
        clock.jumpTo(START.plusSeconds(20));
        await().untilAsserted(() -> assertThat(ran).containsExactly("other"));
        cancelled.cancel();
    }

    @Test
    void aTaskThatThrowsDisturbsNoOther() {
        scheduler.at(START, "broken", () -> {
            throw new IllegalStateException("a broken task, on purpose");
        });
        at(0, "next");
        await().untilAsserted(() -> assertThat(ran).containsExactly("next"));
    }

    @Test
    void tasksPlacedByManyThreadsAllRunOnce() throws Exception {
        CountDownLatch left = new CountDownLatch(2000);
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    for (int task = 0; task < 250; task++) {
                        scheduler.at(START.minusMillis(task), "t", left::countDown);
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothingRunsAfterClose() {
        at(10, "a");
        scheduler.close();
        at(0, "b");
        clock.jumpTo(START.plusSeconds(20));
        assertThat(scheduler.nextDue()).isEmpty();
        assertThat(ran).isEmpty();
    }

    @Test
    void anAcceleratedClockIsFollowedAtItsSpeed() throws Exception {
        DevelopmentClock fast = DevelopmentClock.parse("2026-01-01T00:00:00Z@100000");
        CountDownLatch ranLatch = new CountDownLatch(1);
        try (ClockScheduler accelerated = new ClockScheduler(fast)) {
            Instant due = fast.instant().plusSeconds(3600);
            List<Instant> when = new CopyOnWriteArrayList<>();
            accelerated.at(due, "an hour later", () -> {
                when.add(fast.instant());
                ranLatch.countDown();
            });
            assertThat(ranLatch.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(when.getFirst()).isAfterOrEqualTo(due);
        }
    }

    @Test
    void anOrdinaryClockIsFollowedToo() throws Exception {
        CountDownLatch ranLatch = new CountDownLatch(1);
        try (ClockScheduler ordinary = new ClockScheduler(Clock.systemUTC())) {
            Instant due = Instant.now().plusMillis(50);
            ordinary.at(due, "soon", () -> {
                if (!Instant.now().isBefore(due)) {
                    ranLatch.countDown();
                }
            });
            assertThat(ranLatch.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Scheduler.Task at(long seconds, String name) {
        return scheduler.at(START.plusSeconds(seconds), name, () -> ran.add(name));
    }
}
