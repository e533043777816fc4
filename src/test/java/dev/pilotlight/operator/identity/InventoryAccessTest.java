package dev.pilotlight.operator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.AWSIdentitySpec;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.inventory.InventorySettings;
import dev.pilotlight.testing.FakeAwsSessions;
import dev.pilotlight.testing.ManualScheduler;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which identities the inventory reads with, seen by whose sessions it opens. */
class InventoryAccessTest {
    private static final Location HERE = new Location("111122223333", "us-east-1");
    private static final Location EUROPE = new Location("111122223333", "eu-west-1");

    private final ManualScheduler scheduler = new ManualScheduler(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeAwsSessions aws = new FakeAwsSessions(scheduler.clock());
    private final Inventory inventory = new Inventory(aws, scheduler, InventorySettings.defaults(), Runnable::run);
    private final InventoryAccess access = new InventoryAccess("cluster-1", inventory);

    private static AWSIdentitySpec spec(String... regions) {
        return Serialization.unmarshal("""
                        apiVersion: pilotlight.dev/v1alpha1
                        kind: AWSIdentity
                        metadata: {name: ml}
                        spec:
                          credentials: {source: AssumeRole, roleARN: "arn:aws:iam::111122223333:role/ml"}
                          allowedRegions: [%s]
                        """.formatted(String.join(", ", regions)), AWSIdentity.class)
                .getSpec();
    }

    private String reader(Location location) {
        aws.drainOpened();
        inventory.confirmEndpoint(location, "any");
        return aws.drainOpened().getFirst();
    }

    @Test
    void anAcceptedIdentityIsReadWithInEachOfItsRegions() {
        access.accept("ml", spec("us-east-1", "eu-west-1"), "111122223333");

        assertThat(reader(HERE)).isEqualTo("ml");
        assertThat(reader(EUROPE)).isEqualTo("ml");
        assertThat(inventory.confirmEndpoint(HERE, "any")).isEqualTo(new Sighting.Absent<>());
    }

    @Test
    void whenOneIsWithdrawnAnotherOfTheAccountTakesOver() {
        access.accept("a", spec("us-east-1"), "111122223333");
        access.accept("b", spec("us-east-1"), "111122223333");
        assertThat(reader(HERE)).isEqualTo("a");

        access.withdraw("a");

        assertThat(reader(HERE)).isEqualTo("b");
    }

    @Test
    void theSessionIsTheInventorysOwn() {
        assertThat(access.request("ml", spec("us-east-1"), "us-east-1"))
                .isEqualTo(new SessionRequest(
                        java.util.Optional.of("arn:aws:iam::111122223333:role/ml"),
                        "us-east-1",
                        "cluster-1",
                        "ml",
                        new SessionRequest.Purpose.Inventory()));
    }
}
