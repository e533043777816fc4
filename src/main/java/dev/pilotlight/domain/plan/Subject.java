package dev.pilotlight.domain.plan;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.endpoint.Standing;
import dev.pilotlight.domain.identity.Refusal;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.preflight.Surroundings;
import java.util.List;
import java.util.Optional;

/**
 * One object of a plan, with everything that was found out about it.
 *
 * @param object as it shall be; for a deletion as it is
 * @param before as it is, where it exists
 * @param status what the operator remembers of it; empty fields when it does not exist yet
 * @param identity its AWSIdentity, where it is known
 * @param standing what the identity lets it do
 * @param refusals why the standing is what it is, one by one
 * @param around what the other endpoints of the plan take
 * @param facts about the image, the model archive, the role and the account, where somebody looked
 */
public record Subject(
        ServerlessEndpoint object,
        Optional<ServerlessEndpoint> before,
        ServerlessEndpointStatus status,
        String origin,
        Optional<AWSIdentity> identity,
        Standing standing,
        List<Refusal> refusals,
        Surroundings around,
        Optional<Facts> facts,
        List<String> notes) {
    public Subject {
        refusals = List.copyOf(refusals);
        notes = List.copyOf(notes);
    }
}
