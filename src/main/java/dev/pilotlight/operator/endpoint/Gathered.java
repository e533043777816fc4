package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.Observed;
import dev.pilotlight.domain.endpoint.Standing;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.OwnedResource;
import java.util.List;
import java.util.Optional;

/**
 * Everything one pass read.
 *
 * @param owned what carries our tags, where a deletion has come so far as to search for it
 * @param access where and as whom AWS may be called; empty where the identity does not allow it
 * @param failure a look at AWS that failed; what it would have shown is {@code Unseen} in {@code observed}
 */
record Gathered(
        Desired desired,
        Observed observed,
        Optional<List<OwnedResource>> owned,
        Optional<Access> access,
        Optional<AwsException> failure) {

    /** Account, Region and the session to call them with. */
    record Access(Location location, SessionRequest session) {

        /** A deletion may use an identity that would not let the object be created today: cleaning up is never revoked. */
        static Optional<Access> of(
                String clusterID,
                AWSIdentity identity,
                Standing standing,
                boolean deleting,
                ServerlessEndpointStatus remembered,
                Desired desired) {
            String account;
            if (standing instanceof Standing.Granted granted) {
                account = granted.accountID();
            } else if (deleting && remembered.accountID() != null) {
                account = remembered.accountID();
            } else {
                return Optional.empty();
            }
            if (remembered.accountID() != null && !remembered.accountID().equals(account)) {
                return Optional.empty();
            }
            SessionRequest session = new SessionRequest(
                    Optional.ofNullable(identity.getSpec().credentials().roleARN()),
                    desired.region(),
                    clusterID,
                    desired.identity(),
                    new SessionRequest.Purpose.Tenant(desired.owner().namespace()));
            return Optional.of(new Access(new Location(account, desired.region()), session));
        }
    }
}
