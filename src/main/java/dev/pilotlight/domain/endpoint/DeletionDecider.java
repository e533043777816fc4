package dev.pilotlight.domain.endpoint;

import static dev.pilotlight.api.v1alpha1.DeletionPolicy.DELETE;
import static dev.pilotlight.api.v1alpha1.DeletionPolicy.RETAIN;

import dev.pilotlight.api.v1alpha1.AdoptionStatus;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The end of a ServerlessEndpoint: wait out what AWS is doing, delete the endpoint, then configs, then models, then let the object go.
 * Only what carries this object's own UID is touched, and what exists is what AWS shows, not what was remembered.
 */
public final class DeletionDecider {
    private final Policy policy;

    public DeletionDecider(Policy policy) {
        this.policy = policy;
    }

    /**
     * @param owned what carries our tags; empty optional when nobody has searched yet because the endpoint still exists
     * @param abandoned the abandon annotation carries this object's UID
     */
    public Decision decide(
            Desired desired,
            Observed observed,
            Optional<List<OwnedResource>> owned,
            boolean abandoned,
            ServerlessEndpointStatus remembered,
            Instant now) {
        Draft draft = new Draft(desired, observed, remembered, now, policy);
        if (remembered.accountID() == null) {
            // The account is written to the status before the first AWS call, so nothing was ever made.
            return draft.decide(new Step.LetGo());
        }
        if (abandoned) {
            draft.announce(
                    true,
                    Reasons.ABANDONED,
                    "deletion was abandoned on request; this may still exist in account "
                            + remembered.accountID() + ", Region " + desired.region() + ": "
                            + Leftovers.describe(desired, remembered));
            return draft.decide(new Step.LetGo());
        }
        boolean ours = observed.endpoint() instanceof Sighting.Present<EndpointSnapshot> found
                && found.owner()
                        .filter(owner -> owner.sameLife(desired.owner()))
                        .isPresent();
        boolean goneAlready = observed.endpoint() instanceof Sighting.Absent;
        if (ours || goneAlready) {
            Optional<Step> scaling = new AwsScaling(draft).leave();
            if (scaling.isPresent()) {
                return terminating(
                        draft,
                        Reasons.TERMINATING,
                        "taking auto scaling off endpoint " + desired.endpointName(),
                        scaling.get());
            }
        }
        if (observed.endpoint() instanceof Sighting.Present<EndpointSnapshot> present
                && present.owner()
                        .filter(owner -> owner.sameLife(desired.owner()))
                        .isPresent()) {
            return endpoint(draft, present);
        }
        // A revoked identity still cleans up; only one that AWS cannot be looked at with holds the deletion.
        return policy.safeguards()
                .leftBehind(owned)
                .map(found -> content(draft, found))
                .orElseGet(() -> unseen(draft));
    }

    /** Nobody deletes what they did not make, unless told to. */
    private static boolean retains(Draft draft) {
        return draft.desired.deletionPolicy().orElse(draft.adoption().isPresent() ? RETAIN : DELETE) == RETAIN;
    }

    /** The object is deleted along with its definition, which is no order to delete anything in AWS: all stays, and the condition says how to go on. */
    public Decision keep(Desired desired, Observed observed, ServerlessEndpointStatus remembered, Instant now) {
        Draft draft = new Draft(desired, observed, remembered, now, policy);
        if (remembered.accountID() == null) {
            return draft.decide(new Step.LetGo());
        }
        return terminating(
                draft,
                Reasons.DEFINITION_DELETED,
                "the CustomResourceDefinition is being deleted, which is not taken for an order to delete endpoint "
                        + desired.endpointName() + ": it is kept in account " + remembered.accountID()
                        + ". To let this object go, set the annotation pilotlight.dev/abandon to "
                        + desired.owner().uid()
                        + "; an object of the same namespace and name takes the endpoint over once the definition is back",
                new Step.None());
    }

    /** Nobody could search for what is left, so nothing may be taken for gone. */
    private static Decision unseen(Draft draft) {
        String why =
                switch (draft.observed.standing()) {
                    case Standing.Waiting waiting -> waiting.message();
                    case Standing.Refused refused -> refused.message();
                    case Standing.Granted granted ->
                        granted.accountID().equals(draft.remembered.accountID())
                                ? "it was not looked at yet."
                                : "AWSIdentity " + draft.desired.identity() + " is for account " + granted.accountID()
                                        + ", but the endpoint lives in " + draft.remembered.accountID()
                                        + ": set spec.identityRef to an identity of that account.";
                };
        return terminating(
                draft,
                Reasons.IDENTITY_UNAVAILABLE,
                "cannot clean up in AWS: " + why + " To give up, set the annotation pilotlight.dev/abandon to "
                        + draft.desired.owner().uid(),
                new Step.None());
    }

    private static Decision endpoint(Draft draft, Sighting.Present<EndpointSnapshot> present) {
        EndpointSnapshot live = present.resource();
        Optional<AdoptionStatus> before = draft.adoption();
        new Adoption(draft, present).recognise();
        if (retains(draft)) {
            // Once its tags are gone only the status knows that it was adopted, and so what becomes of the rest.
            boolean written = draft.adoption().equals(before);
            Set<String> ours = new TreeSet<>(draft.desired.owner().tagKeys());
            ours.retainAll(present.tags().keySet());
            return terminating(
                    draft,
                    Reasons.TERMINATING,
                    "taking our tags off endpoint " + live.name() + ", which stays",
                    written ? new Step.DeleteTags(Kind.ENDPOINT, live.name(), live.arn(), ours) : new Step.None());
        }
        if (live.status() == EndpointStatus.DELETING) {
            return terminating(
                    draft, Reasons.DELETING_ENDPOINT, "SageMaker is deleting endpoint " + live.name(), new Step.None());
        }
        if (live.status().isMoving()) {
            return terminating(
                    draft,
                    Reasons.TERMINATING,
                    "endpoint " + live.name() + " is " + live.status().awsName()
                            + " and SageMaker deletes it only afterwards",
                    new Step.None());
        }
        return terminating(
                draft,
                Reasons.DELETING_ENDPOINT,
                "SageMaker is deleting endpoint " + live.name(),
                new Step.Delete(Kind.ENDPOINT, live.name()));
    }

    private static Decision content(Draft draft, List<OwnedResource> owned) {
        Optional<OwnedResource> next = owned.stream()
                .filter(resource -> resource.owner().sameLife(draft.desired.owner()))
                .min(Comparator.comparing(OwnedResource::kind).thenComparing(OwnedResource::name));
        if (next.isEmpty()) {
            return draft.decide(new Step.LetGo());
        }
        OwnedResource resource = next.get();
        if (retains(draft)) {
            Set<String> ours = resource.owner().toTags().keySet();
            return terminating(
                    draft,
                    Reasons.TERMINATING,
                    "taking our tags off what stays in AWS",
                    new Step.DeleteTags(resource.kind(), resource.name(), resource.arn(), ours));
        }
        return terminating(
                draft,
                Reasons.TERMINATING,
                "deleting endpoint configs and models",
                new Step.Delete(resource.kind(), resource.name()));
    }

    private static Decision terminating(Draft draft, String reason, String message, Step step) {
        draft.working(reason, message);
        draft.verdict(ConditionTypes.TERMINATING, Status.TRUE, reason, message);
        return draft.decide(step);
    }
}
