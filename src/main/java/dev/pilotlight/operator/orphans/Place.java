package dev.pilotlight.operator.orphans;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.hosting.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One account and Region that AWSIdentities lead to.
 *
 * @param identities those that do, by name; one that is refused is followed by the next
 */
public record Place(Location location, List<Identity> identities) {
    public Place {
        identities = List.copyOf(identities);
    }

    /** Name and role of an AWSIdentity. */
    public record Identity(String name, Optional<String> roleARN) {}

    /** Every place that any identity leads to whose account is known. */
    public static List<Place> of(List<AWSIdentity> identities) {
        Map<String, Location> locations = new TreeMap<>();
        Map<String, List<Identity>> leading = new TreeMap<>();
        for (AWSIdentity identity : identities) {
            if (identity.getStatus() == null || identity.getStatus().accountID() == null) {
                continue;
            }
            for (String region : identity.getSpec().allowedRegions()) {
                Location location = new Location(identity.getStatus().accountID(), region);
                locations.put(location.toString(), location);
                leading.computeIfAbsent(location.toString(), key -> new ArrayList<>())
                        .add(new Identity(
                                identity.getMetadata().getName(),
                                Optional.ofNullable(
                                        identity.getSpec().credentials().roleARN())));
            }
        }
        return locations.entrySet().stream()
                .map(place -> new Place(place.getValue(), leading.get(place.getKey())))
                .toList();
    }

    List<SessionRequest> sessions(String clusterID, SessionRequest.Purpose purpose) {
        return identities.stream()
                .map(identity ->
                        new SessionRequest(identity.roleARN(), location.region(), clusterID, identity.name(), purpose))
                .toList();
    }
}
