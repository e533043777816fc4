package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Instant;
import java.util.Optional;

/**
 * The whole life of a ServerlessEndpoint that is not being deleted, one step at a time: may it act, whose is the endpoint of that name,
 * and what is the next step from the state AWS reports. Pure: the same arguments give the same decision.
 */
public final class EndpointDecider {
    private final Policy policy;

    public EndpointDecider(Policy policy) {
        this.policy = policy;
    }

    /**
     * @param remembered the object's status; an empty one on the first visit
     */
    public Decision decide(Desired desired, Observed observed, ServerlessEndpointStatus remembered, Instant now) {
        Draft draft = new Draft(desired, observed, remembered, now, policy);
        Requests.consume(draft);
        Overriding.say(draft);
        if (observed.invalidExpectation().isPresent()) {
            draft.stalled(
                    Reasons.INVALID_EXPECTATION, observed.invalidExpectation().get());
            return draft.decide(new Step.None());
        }
        if (desired.suspended()) {
            return suspended(draft);
        }
        switch (observed.standing()) {
            case Standing.Waiting waiting -> {
                if (waiting.awsIsAway()) {
                    draft.delayed(waiting.reason(), waiting.message());
                } else {
                    draft.blocked(waiting.reason(), waiting.message());
                }
                return draft.decide(new Step.None());
            }
            case Standing.Refused refused -> {
                draft.stalled(refused.reason(), refused.message());
                return draft.decide(new Step.None());
            }
            case Standing.Granted granted -> {
                if (remembered.accountID() != null && !remembered.accountID().equals(granted.accountID())) {
                    draft.stalled(
                            Reasons.ACCOUNT_CHANGED,
                            "AWSIdentity " + desired.identity() + " is for account " + granted.accountID()
                                    + ", but the endpoint lives in " + remembered.accountID()
                                    + ": set spec.identityRef to an identity of that account, or delete and recreate the object");
                    return draft.decide(new Step.None());
                }
                draft.account(granted.accountID());
            }
        }
        return switch (observed.endpoint()) {
            case Sighting.Unseen<EndpointSnapshot> unseen -> {
                draft.working(Reasons.WAITING_FOR_ENDPOINT, "waiting for a look at " + desired.endpointName());
                yield draft.decide(new Step.None());
            }
            case Sighting.Absent<EndpointSnapshot> absent -> new Rollout(draft).create();
            case Sighting.Present<EndpointSnapshot> present -> existing(draft, present);
        };
    }

    private static Decision suspended(Draft draft) {
        String message = "spec.suspend is true: nothing is created, updated or scaled until it is false";
        String wanted = draft.desired.revision().name();
        boolean serving = draft.before.isOurs(draft.observed.endpoint())
                && draft.deployed().filter(wanted::equals).isPresent()
                && draft.observed
                        .endpoint()
                        .found()
                        .filter(live -> live.status().serves())
                        .flatMap(draft::revisionOf)
                        .filter(wanted::equals)
                        .isPresent();
        if (serving) {
            draft.ready("revision " + wanted + " serves; suspended");
        } else {
            draft.stalled(Reasons.SUSPENDED, message);
        }
        draft.verdict(ConditionTypes.SUSPENDED, Status.TRUE, Reasons.SUSPENDED, message);
        boolean mayAct = draft.observed.standing() instanceof Standing.Granted granted
                && granted.accountID().equals(draft.remembered.accountID())
                && draft.before.isOurs(draft.observed.endpoint());
        Step step = mayAct ? new AwsScaling(draft).standStill().orElseGet(Step.None::new) : new Step.None();
        return draft.decide(step).withoutVerdict(ConditionTypes.STALLED);
    }

    /** There is an endpoint of that name. Whose is it, and in which state? */
    private Decision existing(Draft draft, Sighting.Present<EndpointSnapshot> present) {
        EndpointSnapshot live = present.resource();
        Optional<Ownership> owner = present.owner();
        Ownership ours = draft.desired.owner();
        Adoption adoption = new Adoption(draft, present);
        if (adoption.isWanted()) {
            return adoption.takeOver();
        }
        boolean isOurs = draft.before.isOurs(present);
        if (!isOurs && owner.isEmpty()) {
            draft.adoption(null);
            if (draft.before.atRest()) {
                draft.announce(
                        true,
                        Reasons.ENDPOINT_GONE,
                        "endpoint " + live.name()
                                + " was deleted outside of Kubernetes, and another one was made under its name at "
                                + live.creationTime());
            }
            draft.stalled(
                    Reasons.NAME_TAKEN,
                    "endpoint " + live.name()
                            + " exists already and carries no Pilotlight tags: choose another spec.endpointName, set spec.adoptionPolicy to Adopt, or delete that endpoint");
            return draft.decide(new Step.None());
        }
        if (!isOurs && owner.isPresent()) {
            draft.stalled(
                    Reasons.NAME_TAKEN,
                    "endpoint " + live.name() + " belongs to " + owner.get().describe()
                            + ": choose another spec.endpointName, or delete that object first"
                            + (draft.desired.adopts()
                                    ? "; with spec.deletionPolicy Retain there the endpoint serves on and is adopted here"
                                    : ""));
            return draft.decide(new Step.None());
        }
        boolean predecessor = owner.isPresent() && !owner.get().sameLife(ours);
        if (predecessor && live.status() == EndpointStatus.DELETING) {
            draft.working(
                    Reasons.PREDECESSOR_DELETING,
                    "endpoint " + live.name() + " of the object's predecessor (uid "
                            + owner.get().uid() + ") is still being deleted");
            // Whoever took its finalizer off gave up the rest of its clean-up: models and configs become ours, and go
            // when we go.
            return draft.remembered.accountID() == null
                    ? draft.decide(new Step.None())
                    : new Inheritance(draft, live).next().orElseGet(() -> draft.decide(new Step.None()));
        }
        if (predecessor || owner.isEmpty()) {
            draft.working(Reasons.WAITING_FOR_ENDPOINT, "tagging endpoint " + live.name() + " as ours");
            if (draft.remembered.accountID() == null) {
                // The account has to be in the status before anything in AWS is ours: a deletion goes by it.
                return draft.decide(new Step.None());
            }
            // The endpoint comes last: as long as it is the predecessor's, the rest is looked for.
            Optional<Decision> inheritance = new Inheritance(draft, live).next();
            if (inheritance.isPresent()) {
                return inheritance.get();
            }
            draft.announce(
                    true,
                    Reasons.DRIFT_DETECTED,
                    predecessor
                            ? "took over endpoint " + live.name() + " from this object's predecessor, uid "
                                    + owner.get().uid()
                            : "ownership tags of endpoint " + live.name() + " were gone and are set again");
            return draft.decide(new Step.AddTags(Kind.ENDPOINT, live.name(), live.arn(), adoption.endpointTags()));
        }
        return adoption.recognise().orElseGet(() -> new Rollout(draft).from(live, present.tags()));
    }
}
