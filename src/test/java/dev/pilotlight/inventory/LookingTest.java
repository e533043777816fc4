package dev.pilotlight.inventory;

import static dev.pilotlight.inventory.InventoryFixture.HERE;
import static dev.pilotlight.inventory.InventoryFixture.owner;
import static dev.pilotlight.inventory.InventoryFixture.present;
import static dev.pilotlight.inventory.InventoryFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one who asks is answered, and what that costs. */
class LookingTest {

    private final InventoryFixture world = new InventoryFixture();

    @Test
    void oneListingAnswersForEveryNameThatIsNotThere() {
        assertThat(world.endpoint("a")).isInstanceOf(Sighting.Absent.class);
        assertThat(world.endpoint("b")).isInstanceOf(Sighting.Absent.class);

        assertThat(world.hosting.drainCalls()).containsExactly("ListEndpoints *");
    }

    @Test
    void anEndpointThatIsThereIsDescribedOnceAndItsTagsAreReadOnce() {
        world.settledEndpoint("a");

        assertThat(present(world.endpoint("a")).owner()).contains(owner("a"));
        assertThat(world.status("a")).isEqualTo(EndpointStatus.IN_SERVICE);

        assertThat(world.hosting.drainCalls())
                .containsExactly("ListEndpoints *", "DescribeEndpoint a", "ListTags endpoint/a");
    }

    @Test
    void aNameInOtherCaseIsTheSameEndpoint() {
        world.hosting.place("Sentiment", EndpointStatus.IN_SERVICE, "c", Map.of());

        assertThat(present(world.endpoint("sentiment")).resource().name()).isEqualTo("Sentiment");
        assertThat(present(world.endpoint("SENTIMENT")).owner()).isEmpty();
    }

    @Test
    void aListingThatFailsIsNotTakenForAnEmptyOne() {
        world.hosting.fail("ListEndpoints", FailureKind.THROTTLED);

        assertThatThrownBy(() -> world.endpoint("a"))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.THROTTLED));
    }

    @Test
    void withoutAnIdentityNobodyCanLook() {
        world.inventory.identities(HERE, List.of());

        assertThatThrownBy(() -> world.endpoint("a"))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.DENIED))
                .hasMessageContaining("111122223333/us-east-1");
    }

    @Test
    void aDeniedIdentityIsPassedOverAndNotAskedBeforeEachCall() {
        world.inventory.identities(HERE, List.of(request("revoked"), request("ml")));
        world.aws.deny("revoked");
        world.settledEndpoint("a");

        assertThat(world.status("a")).isEqualTo(EndpointStatus.IN_SERVICE);

        assertThat(world.aws.drainOpened()).containsExactly("revoked", "ml", "ml", "ml");
    }

    @Test
    void toldTheSameIdentitiesAgainTheInventoryKeepsWhatItLearnt() {
        world.inventory.identities(HERE, List.of(request("revoked"), request("ml")));
        world.aws.deny("revoked");
        world.endpoint("a");
        world.aws.drainOpened();

        world.inventory.identities(HERE, List.of(request("revoked"), request("ml")));
        world.inventory.confirmEndpoint(HERE, "a");

        assertThat(world.aws.drainOpened()).containsExactly("ml");
    }

    @Test
    void anIdentityThatLeadsToAnotherAccountIsNotBelieved() {
        world.inventory.identities(new Location("999999999999", "us-east-1"), List.of(request("ml")));

        assertThatThrownBy(() -> world.inventory.endpoint(new Location("999999999999", "us-east-1"), "a"))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("leads to 111122223333/us-east-1");
        assertThat(world.hosting.drainCalls()).isEmpty();
    }

    @Test
    void allWhoAskAtTheSameTimeShareOneListing() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        world.hosting.stall(() -> join(answer));
        List<Thread> askers = IntStream.range(0, 20)
                .mapToObj(i -> Thread.ofPlatform().start(() -> world.endpoint("endpoint-" + i)))
                .toList();
        await().until(() -> askers.stream().allMatch(asker -> asker.getState() == Thread.State.WAITING));

        answer.countDown();
        for (Thread asker : askers) {
            asker.join();
        }

        assertThat(world.hosting.drainCalls()).containsExactly("ListEndpoints *");
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void confirmingAlwaysDescribes() {
        world.endpoint("a");
        world.hosting.drainCalls();

        assertThat(world.inventory.confirmEndpoint(HERE, "a")).isInstanceOf(Sighting.Absent.class);

        assertThat(world.hosting.drainCalls()).containsExactly("DescribeEndpoint a");
    }

    @Test
    void configsAndModelsAreUnseenUntilInspected() {
        world.settledEndpoint("a");
        assertThat(world.inventory.endpointConfig(HERE, "a")).isInstanceOf(Sighting.Unseen.class);
        assertThat(world.inventory.model(HERE, "a")).isInstanceOf(Sighting.Unseen.class);

        world.inventory.inspectEndpointConfig(HERE, "a");
        world.inventory.inspectModel(HERE, "a");

        assertThat(present(world.inventory.endpointConfig(HERE, "a")).owner()).contains(owner("a"));
        assertThat(present(world.inventory.model(HERE, "a")).resource().image()).isEqualTo("image");
        assertThat(world.hosting.drainCalls())
                .containsExactly(
                        "DescribeEndpointConfig a",
                        "ListTags endpoint-config/a",
                        "DescribeModel a",
                        "ListTags model/a");
    }

    @Test
    void aDeletedConfigIsAbsentWithoutAsking() {
        world.settledEndpoint("a");
        world.inventory.inspectEndpointConfig(HERE, "a");
        world.hosting.drainCalls();

        world.inventory.deleted(HERE, Kind.ENDPOINT_CONFIG, "a");

        assertThat(world.inventory.endpointConfig(HERE, "a")).isInstanceOf(Sighting.Absent.class);
        assertThat(world.hosting.drainCalls()).isEmpty();
    }

    @Test
    void whatWasVerifiedBeforeARestartIsNotDescribedAgain() {
        world.settledEndpoint("a");
        EndpointSnapshot known = world.hosting.describeEndpoint("a").orElseThrow();
        world.hosting.drainCalls();

        world.inventory.verified(HERE, known, owner("a").toTags());

        assertThat(world.status("a")).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(world.hosting.drainCalls()).containsExactly("ListEndpoints *");
    }

    @Test
    void whatChangedSinceItWasVerifiedIsDescribed() {
        world.settledEndpoint("a");
        EndpointSnapshot known = world.hosting.describeEndpoint("a").orElseThrow();
        world.pass(Duration.ofMinutes(1));
        world.hosting.move("a", EndpointStatus.FAILED);
        world.hosting.drainCalls();

        world.inventory.verified(HERE, known, owner("a").toTags());

        assertThat(world.status("a")).isEqualTo(EndpointStatus.FAILED);
        assertThat(world.hosting.drainCalls()).containsExactly("ListEndpoints *", "DescribeEndpoint a");
    }

    @Test
    void everythingUnderAStemIsFoundWithItsOwnerAsTheTagsSayNow() {
        world.settledEndpoint("ns-a");
        world.hosting.place("ns-ab", EndpointStatus.IN_SERVICE, "c", owner("ab").toTags());
        world.hosting.place("my-ns-a", EndpointStatus.IN_SERVICE, "c", Map.of());
        world.pass(Duration.ofMinutes(1));

        List<OwnedResource> owned = world.inventory.findOwned(HERE, "ns-a");

        assertThat(owned)
                .extracting(
                        OwnedResource::kind,
                        OwnedResource::name,
                        found -> found.owner().name())
                .containsExactlyInAnyOrder(
                        tuple(Kind.ENDPOINT, "ns-a", "ns-a"),
                        tuple(Kind.ENDPOINT, "ns-ab", "ab"),
                        tuple(Kind.ENDPOINT_CONFIG, "ns-a", "ns-a"),
                        tuple(Kind.MODEL, "ns-a", "ns-a"));
    }

    @Test
    void whatWeMadeAMomentAgoIsFoundThoughNoListingHasIt() {
        world.createEndpoint("ns-a");
        world.hosting.hide("ns-a");

        assertThat(world.inventory.findOwned(HERE, "ns-a"))
                .extracting(OwnedResource::kind)
                .containsExactlyInAnyOrder(Kind.ENDPOINT, Kind.ENDPOINT_CONFIG, Kind.MODEL);
    }
}
