package dev.pilotlight.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How closely endpoints between states are looked at, and what that costs. */
class FollowingTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final InventoryFixture world = new InventoryFixture();

    @BeforeEach
    void start() {
        world.inventory.start();
        world.endpoint("warm-up");
        world.hosting.drainCalls();
    }

    @Test
    void aLoneEndpointThatIsInServiceAtOnceCostsOneLook() {
        world.createEndpoint("a");
        world.hosting.move("a", EndpointStatus.IN_SERVICE);
        world.hosting.drainCalls();

        world.pass(TWO_SECONDS);
        world.status("a");
        world.pass(Duration.ofSeconds(10));

        assertThat(world.hosting.drainCalls()).containsExactly("DescribeEndpoint a");
        assertThat(world.drainTold()).containsExactly("a");
    }

    @Test
    void aDeletionThatIsOverIsNoticedByTheLookItself() {
        world.settledEndpoint("a");
        world.inventory.confirmEndpoint(InventoryFixture.HERE, "a");
        world.inventory.deleted(InventoryFixture.HERE, Kind.ENDPOINT, "a");
        world.hosting.deleteEndpoint("a");
        world.hosting.remove("a");
        world.hosting.drainCalls();

        world.pass(TWO_SECONDS);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(world.hosting.drainCalls()).containsExactly("DescribeEndpoint a");
    }

    @Test
    void aCreateOfTheUsualLengthIsNoticedAtOnceAndCostsFewLooks() {
        world.createEndpoint("a");
        world.hosting.drainCalls();

        world.pass(Duration.ofSeconds(165));
        int looks = looks();
        world.hosting.move("a", EndpointStatus.IN_SERVICE);
        world.pass(TWO_SECONDS);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(looks).as("110 looks every 1.5 s would see no more").isLessThan(50);
    }

    @Test
    void aClockThatIsSetBackAnHourHoldsUpNoLook() {
        world.createEndpoint("a");
        world.pass(TWO_SECONDS);
        world.hosting.move("a", EndpointStatus.IN_SERVICE);
        world.pass(TWO_SECONDS);
        world.drainTold();

        world.scheduler.set(Duration.ofHours(-1));
        world.createEndpoint("b");
        world.hosting.move("b", EndpointStatus.IN_SERVICE);
        world.pass(TWO_SECONDS);

        assertThat(world.drainTold()).contains("b");
    }

    @Test
    void aLookThatAwsRefusesIsLeftToTheListing() {
        world.createEndpoint("a");
        world.hosting.fail("DescribeEndpoint", FailureKind.DENIED);
        world.hosting.move("a", EndpointStatus.IN_SERVICE);
        world.hosting.drainCalls();

        world.pass(TWO_SECONDS);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(world.hosting.drainCalls()).containsExactly("DescribeEndpoint a", "ListEndpoints Creating");
    }

    @Test
    void whatIsUsualIsLearnt() {
        createThatTakes("first", Duration.ofMinutes(1));
        world.createEndpoint("second");
        world.hosting.drainCalls();

        world.pass(Duration.ofMinutes(1));
        int looks = looks();
        world.hosting.move("second", EndpointStatus.IN_SERVICE);
        world.pass(TWO_SECONDS);

        assertThat(world.drainTold()).contains("second");
        assertThat(looks).isLessThan(30);
    }

    @Test
    void aStateThatGoesOnAndOnIsStillLookedAt() {
        createThatTakes("first", Duration.ofSeconds(30));
        world.createEndpoint("second");
        world.pass(Duration.ofMinutes(30));
        world.drainTold();
        world.hosting.drainCalls();
        world.pass(Duration.ofMinutes(1));
        int looks = looks();
        world.hosting.move("second", EndpointStatus.FAILED);
        world.pass(Duration.ofSeconds(10));

        assertThat(looks).isBetween(5, 7);
        assertThat(world.drainTold()).containsExactly("second");
    }

    @Test
    void aFailureDoesNotCountAsUsual() {
        int before = looksIn("a", Duration.ofSeconds(30));
        world.hosting.move("a", EndpointStatus.FAILED);
        world.pass(Duration.ofSeconds(20));

        assertThat(looksIn("b", Duration.ofSeconds(30))).isEqualTo(before);
    }

    @Test
    void aSuccessDoes() {
        int before = looksIn("a", Duration.ofSeconds(30));
        world.hosting.move("a", EndpointStatus.IN_SERVICE);
        world.pass(Duration.ofSeconds(20));

        assertThat(looksIn("b", Duration.ofSeconds(37))).isGreaterThan(before + 4);
    }

    private int looksIn(String name, Duration time) {
        world.createEndpoint(name);
        world.hosting.drainCalls();
        world.pass(time);
        return looks();
    }

    @Test
    void whatBeginsWhileAnotherIsWaitedForIsLookedAtInTime() {
        world.createEndpoint("old");
        world.pass(Duration.ofSeconds(100));
        world.createEndpoint("young");
        world.hosting.move("young", EndpointStatus.IN_SERVICE);

        world.pass(TWO_SECONDS);

        assertThat(world.drainTold()).contains("young");
    }

    private void createThatTakes(String name, Duration time) {
        world.createEndpoint(name);
        world.pass(time);
        world.hosting.move(name, EndpointStatus.IN_SERVICE);
        world.pass(Duration.ofSeconds(12));
        world.status(name);
    }

    private int looks() {
        List<String> calls = world.hosting.drainCalls();
        return (int) calls.stream()
                .filter(call -> call.startsWith("DescribeEndpoint") || call.equals("ListEndpoints Creating"))
                .count();
    }
}
