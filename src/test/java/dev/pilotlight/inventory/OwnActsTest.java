package dev.pilotlight.inventory;

import static dev.pilotlight.inventory.InventoryFixture.HERE;
import static dev.pilotlight.inventory.InventoryFixture.owner;
import static dev.pilotlight.inventory.InventoryFixture.present;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator did itself, and AWS that may not show it yet. */
class OwnActsTest {

    private static final Duration FOLLOW = Duration.ofMillis(1500);
    private static final Duration SETTLED = Duration.ofSeconds(16);

    private final InventoryFixture world = new InventoryFixture();

    @BeforeEach
    void start() {
        world.inventory.start();
        world.endpoint("warm-up");
        world.hosting.drainCalls();
    }

    @Test
    void anEndpointWeCreateCostsOneDescribeForEachLookAndNoTagRead() {
        world.createEndpoint("a");
        assertThat(world.status("a")).isEqualTo(EndpointStatus.CREATING);
        world.pass(FOLLOW);
        world.hosting.move("a", EndpointStatus.IN_SERVICE);
        world.pass(FOLLOW);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(world.status("a")).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(present(world.endpoint("a")).owner()).contains(owner("a"));
        assertThat(world.hosting.drainCalls())
                .containsExactly(
                        "CreateModel a",
                        "CreateEndpointConfig a",
                        "CreateEndpoint a",
                        "DescribeEndpoint a",
                        "DescribeEndpoint a");
    }

    @Test
    void oneListingFollowsAllEndpointsInTheSameState() {
        world.createEndpoint("a");
        world.createEndpoint("b");
        world.createEndpoint("c");
        world.hosting.drainCalls();

        world.pass(FOLLOW);

        assertThat(world.hosting.drainCalls()).containsExactly("ListEndpoints Creating");
    }

    @Test
    void nothingIsFollowedWhenNothingIsInFlight() {
        world.createEndpoint("a");
        world.hosting.move("a", EndpointStatus.IN_SERVICE);
        world.pass(FOLLOW);
        world.status("a");
        world.hosting.drainCalls();

        world.pass(FOLLOW.multipliedBy(3));

        assertThat(world.hosting.drainCalls()).isEmpty();
        assertThat(world.inventory.stats().locations().get(HERE).followed()).isZero();
    }

    @Test
    void aCreationThatReadsDoNotShowYetIsNoAbsence() {
        world.createEndpoint("a");
        world.hosting.hide("a");

        assertThat(present(world.inventory.confirmEndpoint(HERE, "a"))
                        .resource()
                        .status())
                .isEqualTo(EndpointStatus.CREATING);
        assertThat(present(world.inventory.confirmEndpoint(HERE, "a")).owner()).contains(owner("a"));
    }

    @Test
    void aCreationThatStaysUnseenIsAnAbsenceInTheEnd() {
        world.createEndpoint("a");
        world.hosting.hide("a");
        world.pass(SETTLED);

        assertThat(world.inventory.confirmEndpoint(HERE, "a")).isInstanceOf(Sighting.Absent.class);
    }

    @Test
    void anUpdateIsNotTakenForRolledBackWhileReadsLag() {
        world.settledEndpoint("a");
        world.pass(Duration.ofMinutes(2));
        assertThat(world.status("a")).isEqualTo(EndpointStatus.IN_SERVICE);

        world.inventory.changed(HERE, Kind.ENDPOINT, "a");

        assertThat(present(world.inventory.confirmEndpoint(HERE, "a"))
                        .resource()
                        .status())
                .isEqualTo(EndpointStatus.UPDATING);
        world.pass(SETTLED.plus(FOLLOW.multipliedBy(3)));
        assertThat(world.status("a")).isEqualTo(EndpointStatus.IN_SERVICE);
    }

    @Test
    void anUpdateThatEndedAtOnceIsSeenWhenItsContentDiffers() {
        world.settledEndpoint("a");
        world.pass(Duration.ofMinutes(2));
        world.status("a");

        world.hosting.updateEndpoint("a", "other");
        world.inventory.changed(HERE, Kind.ENDPOINT, "a");
        world.hosting.move("a", EndpointStatus.IN_SERVICE);
        world.pass(FOLLOW);

        assertThat(world.status("a")).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(present(world.endpoint("a")).resource().configName()).isEqualTo("other");
    }

    @Test
    void aDeletedEndpointIsFollowedUntilItIsGone() {
        world.settledEndpoint("a");
        world.pass(Duration.ofMinutes(2));
        world.status("a");
        world.drainTold();

        world.hosting.deleteEndpoint("a");
        world.inventory.deleted(HERE, Kind.ENDPOINT, "a");
        assertThat(world.status("a")).isEqualTo(EndpointStatus.DELETING);
        world.pass(FOLLOW);
        assertThat(world.drainTold()).isEmpty();
        world.hosting.remove("a");
        world.pass(FOLLOW);

        assertThat(world.drainTold()).containsExactly("a");
        assertThat(world.endpoint("a")).isInstanceOf(Sighting.Absent.class);
    }

    @Test
    void aNewOwnerIsKnownWithoutReadingTags() {
        world.settledEndpoint("a");
        world.inventory.confirmEndpoint(HERE, "a");
        world.inventory.inspectModel(HERE, "a");
        world.hosting.drainCalls();

        world.inventory.tagged(HERE, Kind.ENDPOINT, "a", owner("heir").toTags());
        world.inventory.untagged(HERE, Kind.MODEL, "a", owner("a").toTags().keySet());

        assertThat(present(world.endpoint("a")).owner()).contains(owner("heir"));
        assertThat(present(world.inventory.model(HERE, "a")).owner()).isEmpty();
        assertThat(world.hosting.drainCalls()).isEmpty();
    }

    @Test
    void aReplacedEndpointHasItsTagsReadAgain() {
        world.settledEndpoint("a");
        world.inventory.watch(HERE, "a");
        world.inventory.confirmEndpoint(HERE, "a");
        world.pass(Duration.ofMinutes(1));
        world.hosting.remove("a");
        world.hosting.place(
                "a", EndpointStatus.IN_SERVICE, "a", owner("stranger").toTags());
        world.pass(Duration.ofMinutes(1));

        assertThat(world.drainTold()).contains("a");
        assertThat(present(world.endpoint("a")).owner()).contains(owner("stranger"));
    }
}
