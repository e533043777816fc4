package dev.pilotlight.inventory;

import static dev.pilotlight.inventory.InventoryFixture.HERE;
import static dev.pilotlight.inventory.InventoryFixture.owner;
import static dev.pilotlight.inventory.InventoryFixture.present;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.RateLimiter;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the poller notices by itself, and what that costs. */
class PollingTest {

    private static final Duration FAST = Duration.ofSeconds(60);
    private static final Duration FOLLOW = Duration.ofMillis(1500);
    private static final Duration SLOW = Duration.ofMinutes(60);

    private final InventoryFixture world = new InventoryFixture();

    private void knownAndWatched(String name) {
        world.settledEndpoint(name);
        world.inventory.watch(HERE, name);
        world.endpoint(name);
        world.inventory.confirmEndpoint(HERE, name);
        world.inventory.inspectEndpointConfig(HERE, name);
        world.inventory.inspectModel(HERE, name);
        world.pass(Duration.ofSeconds(16));
        world.hosting.drainCalls();
        world.drainTold();
    }

    @Test
    void nothingIsPolledBeforeTheStart() {
        knownAndWatched("a");

        world.pass(SLOW);

        assertThat(world.hosting.drainCalls()).isEmpty();
    }

    @Test
    void whatOthersHaveIsDescribedOnceInASlowPeriodAndAgainOnlyAfterAChange() {
        world.settledEndpoint("theirs");
        world.inventory.start();
        world.pass(FAST);
        assertThat(world.inventory.strangers(HERE))
                .containsExactly(new Stranger("theirs", false, Optional.empty(), Optional.empty(), Optional.empty()));
        world.hosting.drainCalls();

        world.pass(SLOW);
        assertThat(world.inventory.strangers(HERE)).singleElement().satisfies(stranger -> {
            assertThat(stranger.concurrency()).isPresent();
            assertThat(stranger.owner()).contains(owner("theirs"));
        });
        assertThat(world.hosting.drainCalls()).containsOnlyOnce("DescribeEndpoint theirs");

        world.pass(SLOW.multipliedBy(3));
        assertThat(world.hosting.drainCalls()).doesNotContain("DescribeEndpoint theirs");

        world.inventory.watch(HERE, "theirs");
        assertThat(world.inventory.strangers(HERE)).as("no stranger any more").isEmpty();
    }

    @Test
    void whatItsObjectLeftBehindIsLookedAtAgainAfterAChange() {
        knownAndWatched("left");
        world.inventory.start();
        world.inventory.unwatch(HERE, "left");
        world.hosting.move("left", EndpointStatus.FAILED);

        world.pass(FAST.plus(SLOW));

        assertThat(world.inventory.strangers(HERE)).singleElement().satisfies(stranger -> {
            assertThat(stranger.lookedAt()).isTrue();
            assertThat(stranger.owner()).contains(owner("left"));
        });
    }

    @Test
    void aRoundThatOutlastsAStopDoesNotPollBesideTheNext() {
        Queue<Runnable> rounds = new ArrayDeque<>();
        Inventory hasty = new Inventory(world.aws, world.scheduler, InventorySettings.defaults(), rounds::add);
        hasty.identities(HERE, List.of(InventoryFixture.request("ml")));
        hasty.start();
        world.pass(FAST);
        hasty.stop();
        hasty.start();

        for (int minute = 0; minute < 5; minute++) {
            while (!rounds.isEmpty()) {
                rounds.remove().run();
            }
            world.pass(FAST);
        }

        assertThat(world.hosting.drainCalls()).containsOnly("ListEndpoints *").hasSize(5);
    }

    @Test
    void nothingIsPolledAfterTheStop() {
        world.inventory.start();
        world.createEndpoint("a");
        world.hosting.drainCalls();
        world.inventory.stop();

        world.pass(SLOW);

        assertThat(world.hosting.drainCalls()).isEmpty();
        assertThat(world.inventory.idle()).isTrue();
    }

    @Test
    void aLocationWithoutIdentitiesIsNotPolled() {
        world.inventory.start();
        world.inventory.identities(HERE, List.of());

        world.pass(SLOW);

        assertThat(world.hosting.drainCalls()).isEmpty();
    }

    @Test
    void aHundredQuietEndpointsCostOneListingAMinute() {
        for (int i = 0; i < 100; i++) {
            knownAndWatched("endpoint-" + i);
        }
        world.inventory.start();

        world.pass(Duration.ofMinutes(10));

        List<String> calls = world.hosting.drainCalls();
        assertThat(calls.stream().filter(call -> call.startsWith("ListEndpoints")))
                .hasSize(10);
        assertThat(world.drainTold()).isEmpty();
        System.out.println("100 quiet endpoints, 10 minutes: 10 ListEndpoints, " + (calls.size() - 10)
                + " calls of the slow tier");
    }

    @Test
    void theSlowTierLooksAtEachEndpointOncePerPeriodAndSpreadsThem() {
        for (int i = 0; i < 60; i++) {
            knownAndWatched("endpoint-" + i);
        }
        world.inventory.start();

        Set<String> looked = new HashSet<>();
        int most = 0;
        for (int minute = 0; minute < 60; minute++) {
            world.pass(Duration.ofMinutes(1));
            List<String> read = world.hosting.drainCalls().stream()
                    .filter(call -> call.startsWith("ListTags endpoint/"))
                    .toList();
            read.forEach(endpoint -> assertThat(looked.add(endpoint)).isTrue());
            most = Math.max(most, read.size());
        }

        assertThat(looked).hasSize(60);
        assertThat(most).isLessThanOrEqualTo(8);
    }

    @Test
    void anEndpointThatAppearsIsTold() {
        world.inventory.start();
        world.inventory.watch(HERE, "a");
        world.endpoint("a");
        world.hosting.place("a", EndpointStatus.IN_SERVICE, "c", Map.of());

        world.pass(FAST);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(world.status("a")).isEqualTo(EndpointStatus.IN_SERVICE);
    }

    @Test
    void anEndpointThatGoesIsConfirmedByDescribeAndTold() {
        knownAndWatched("a");
        world.inventory.start();
        world.hosting.remove("a");

        world.pass(FAST);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(world.hosting.drainCalls()).containsSubsequence("ListEndpoints *", "DescribeEndpoint a");
        assertThat(world.endpoint("a")).isInstanceOf(Sighting.Absent.class);
    }

    @Test
    void aListingWithAHoleIsNotTakenForAnAbsence() {
        knownAndWatched("a");
        world.inventory.start();
        world.hosting.hide("a");
        world.hosting.fail("DescribeEndpoint", FailureKind.THROTTLED);

        world.pass(FAST);
        world.hosting.show("a");
        world.hosting.heal();
        world.pass(FAST);

        assertThat(world.drainTold()).isEmpty();
        assertThat(world.status("a")).isEqualTo(EndpointStatus.IN_SERVICE);
    }

    @Test
    void anEndpointThatSomebodyChangesIsToldAndDescribedAgain() {
        knownAndWatched("a");
        world.inventory.start();
        world.hosting.move("a", EndpointStatus.FAILED);

        world.pass(FAST);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(world.status("a")).isEqualTo(EndpointStatus.FAILED);
    }

    @Test
    void aChangeIsToldOnceThoughEachListingShowsIt() {
        knownAndWatched("a");
        world.inventory.start();
        world.hosting.move("a", EndpointStatus.FAILED);
        world.pass(FAST);
        world.status("a");
        world.drainTold();

        world.pass(FAST.multipliedBy(3));

        assertThat(world.drainTold()).isEmpty();
    }

    @Test
    void anAuditOfWhatIsAsItShouldBeCostsThreeTagReads() {
        knownAndWatched("a");
        world.inventory.start();

        world.pass(SLOW);

        assertThat(world.hosting.drainCalls().stream().filter(call -> !call.startsWith("ListEndpoints ")))
                .containsExactly("ListTags endpoint/a", "ListTags endpoint-config/a", "ListTags model/a");
    }

    @Test
    void aClockThatIsSetADayOnIsNoReasonToMakeUpForThatDay() {
        knownAndWatched("a");
        world.inventory.start();
        world.pass(SLOW);
        world.hosting.drainCalls();

        world.scheduler.set(Duration.ofDays(1));
        world.pass(Duration.ofMinutes(30));

        assertThat(world.hosting.drainCalls().stream().filter(call -> call.startsWith("ListTags")))
                .as("one audit that fell due, at most")
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aClockThatIsSetADayBackDoesNotEndTheSlowTier() {
        knownAndWatched("a");
        world.inventory.start();
        world.pass(SLOW);

        world.scheduler.set(Duration.ofDays(-1));
        world.hosting.drainCalls();
        world.pass(SLOW.multipliedBy(3));

        assertThat(world.hosting.drainCalls()).anyMatch(call -> call.startsWith("ListTags"));
    }

    @Test
    void strippedTagsAreFoundWithinTheSlowPeriod() {
        knownAndWatched("a");
        world.inventory.start();
        world.hosting.tag("endpoint", "a", Map.of());

        world.pass(SLOW);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(present(world.endpoint("a")).owner()).isEmpty();
    }

    @Test
    void aSlowTierThatWasThrottledPausesWhateverComesToBeWatched() {
        knownAndWatched("a");
        world.inventory.start();
        world.hosting.fail("ListTags", FailureKind.THROTTLED);
        int seconds = 0;
        while (world.hosting.drainCalls().stream().noneMatch(call -> call.startsWith("ListTags"))) {
            assertThat(seconds++).isLessThan(3600);
            world.pass(Duration.ofSeconds(1));
        }

        for (int i = 0; i < 50; i++) {
            world.inventory.watch(HERE, "endpoint-" + i);
            world.pass(Duration.ofSeconds(1));
        }
        assertThat(world.hosting.drainCalls()).noneMatch(call -> call.startsWith("ListTags"));

        world.hosting.heal();
        world.pass(Duration.ofSeconds(12));
        assertThat(world.hosting.drainCalls()).contains("ListTags endpoint/a");
    }

    @Test
    void anAuditForWhichOurOwnLimiterHasTooFewTokensDoesNotComeForEachOne() {
        knownAndWatched("a");
        world.inventory.start();
        world.hosting.fail(
                "ListTags",
                () -> new AwsException(
                        new AwsFailure(FailureKind.THROTTLED, "sagemaker:ListTags", RateLimiter.CODE, "none left", ""),
                        Optional.of(world.scheduler.clock().instant().plusMillis(100)),
                        null));
        world.pass(SLOW);
        world.hosting.drainCalls();

        world.pass(Duration.ofMinutes(1));

        assertThat(world.hosting.drainCalls().stream().filter(call -> call.startsWith("ListTags")))
                .hasSizeBetween(1, 12);
    }

    @Test
    void anAuditThatEndsInAnErrorOfOursIsNotTriedAgainAtOnceAndKeepsNobodyFromTheirs() {
        knownAndWatched("a");
        knownAndWatched("b");
        world.inventory.start();
        AtomicInteger errors = new AtomicInteger();
        world.hosting.fail("ListTags", () -> {
            if (errors.incrementAndGet() == 100) {
                world.hosting.heal();
            }
            return new IllegalStateException("a bug");
        });

        world.pass(SLOW);

        assertThat(world.hosting.drainCalls().stream().filter(call -> call.startsWith("ListTags")))
                .containsExactlyInAnyOrder("ListTags endpoint/a", "ListTags endpoint/b");
    }

    @Test
    void aModelTaggedByAnotherIsFoundWithinTheSlowPeriod() {
        knownAndWatched("a");
        world.inventory.start();
        world.hosting.tag("model", "a", owner("thief").toTags());

        world.pass(SLOW);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(present(world.inventory.model(HERE, "a")).owner()).contains(owner("thief"));
    }

    @Test
    void aConfigThatSomebodyDeletedIsFoundWithinTheSlowPeriod() {
        knownAndWatched("a");
        world.inventory.start();
        world.hosting.removeConfig("a");

        world.pass(SLOW);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(world.inventory.endpointConfig(HERE, "a")).isInstanceOf(Sighting.Absent.class);
    }

    @Test
    void inServiceIsNoticedWithinTwoSecondsHoweverLongItTook() {
        world.inventory.start();
        world.endpoint("a");
        world.createEndpoint("a");
        world.pass(Duration.ofSeconds(165));
        world.hosting.move("a", EndpointStatus.IN_SERVICE);

        world.pass(Duration.ofSeconds(2));

        assertThat(world.drainTold()).containsExactly("a");
    }

    @Test
    void followingSlowsDownWhenThrottledAndRecovers() {
        world.inventory.start();
        world.endpoint("a");
        world.createEndpoint("a");
        world.createEndpoint("b");
        world.pass(Duration.ofSeconds(135)); // about when creates usually end, and looks come thick
        world.hosting.fail("ListEndpoints", FailureKind.THROTTLED);
        world.hosting.drainCalls();
        world.pass(Duration.ofSeconds(10));
        long throttled = follows();
        world.hosting.heal();
        world.pass(Duration.ofSeconds(15));
        world.hosting.drainCalls();
        world.pass(Duration.ofSeconds(9));
        long healthy = follows();

        assertThat(throttled).isLessThan(5);
        assertThat(healthy).isEqualTo(Duration.ofSeconds(9).dividedBy(FOLLOW));
    }

    private long follows() {
        return world.hosting.drainCalls().stream()
                .filter("ListEndpoints Creating"::equals)
                .count();
    }

    @Test
    void pollingGoesOnAfterFailures() {
        knownAndWatched("a");
        world.inventory.start();
        world.hosting.fail("ListEndpoints", FailureKind.RETRIABLE);
        world.pass(FAST.multipliedBy(5));
        world.hosting.heal();
        world.hosting.move("a", EndpointStatus.FAILED);

        world.pass(FAST);

        assertThat(world.drainTold()).containsExactly("a");
    }

    @Test
    void keysSpreadEvenlyOverAPeriod() {
        int[] perSlot = new int[10];
        Instant start = Instant.parse("2026-01-05T08:00:00Z");
        for (int i = 0; i < 1000; i++) {
            Instant due = Poller.next("ns-endpoint-" + i, SLOW, start);
            assertThat(due).isAfter(start).isBeforeOrEqualTo(start.plus(SLOW));
            perSlot[(int) (Duration.between(start, due).toMillis() - 1) / 360_000]++;
        }
        for (int count : perSlot) {
            assertThat(count).isBetween(60, 140);
        }
    }
}
