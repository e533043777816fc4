package dev.pilotlight.aws;

import java.util.Optional;

/**
 * On whose behalf AWS is called. Two requests that are equal share one session; nothing is ever shared between namespaces.
 *
 * @param roleARN the role to assume; empty for the credentials of the operator's own pod
 * @param region Region of the calls
 * @param clusterID goes into session name, session tags and external id
 * @param identity name of the AWSIdentity
 * @param purpose whose calls they are
 */
public record SessionRequest(
        Optional<String> roleARN, String region, String clusterID, String identity, Purpose purpose) {

    /** Who calls. */
    public sealed interface Purpose {

        /** Mutations and invocations for the objects of one namespace. */
        record Tenant(String namespace) implements Purpose {}

        /** The shared poller: reads only, held to that by an inline session policy. */
        record Inventory() implements Purpose {}
    }
}
