package dev.pilotlight.operator.identity;

import dev.pilotlight.api.v1alpha1.AWSIdentitySpec;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.inventory.Inventory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which accepted identities the inventory may read which account and Region with. */
public final class InventoryAccess {
    private final String clusterID;
    private final Inventory inventory;
    private final Map<String, Accepted> identities = new TreeMap<>();

    private record Accepted(String accountID, Optional<String> roleARN, Set<String> regions) {}

    public InventoryAccess(String clusterID, Inventory inventory) {
        this.clusterID = clusterID;
        this.inventory = inventory;
    }

    /** The session the inventory would read a Region with. */
    public SessionRequest request(String identity, AWSIdentitySpec spec, String region) {
        return new SessionRequest(
                Optional.ofNullable(spec.credentials().roleARN()),
                region,
                clusterID,
                identity,
                new SessionRequest.Purpose.Inventory());
    }

    /** AWS accepts the identity. */
    public synchronized void accept(String identity, AWSIdentitySpec spec, String accountID) {
        Accepted accepted = new Accepted(
                accountID, Optional.ofNullable(spec.credentials().roleARN()), Set.copyOf(spec.allowedRegions()));
        Accepted before = identities.put(identity, accepted);
        if (!accepted.equals(before)) {
            Set<Location> touched = new HashSet<>(locations(accepted));
            if (before != null) {
                touched.addAll(locations(before));
            }
            touched.forEach(this::publish);
        }
    }

    /** The identity is gone, or AWS refuses it. */
    public synchronized void withdraw(String identity) {
        Accepted before = identities.remove(identity);
        if (before != null) {
            locations(before).forEach(this::publish);
        }
    }

    private static List<Location> locations(Accepted accepted) {
        return accepted.regions().stream()
                .map(region -> new Location(accepted.accountID(), region))
                .toList();
    }

    private void publish(Location location) {
        List<SessionRequest> candidates = new ArrayList<>();
        identities.forEach((name, accepted) -> {
            if (accepted.accountID().equals(location.accountID())
                    && accepted.regions().contains(location.region())) {
                candidates.add(new SessionRequest(
                        accepted.roleARN(),
                        location.region(),
                        clusterID,
                        name,
                        new SessionRequest.Purpose.Inventory()));
            }
        });
        inventory.identities(location, candidates);
    }
}
