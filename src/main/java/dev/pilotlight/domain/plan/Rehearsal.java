package dev.pilotlight.domain.plan;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.api.v1alpha1.ValidationStatus;
import dev.pilotlight.domain.endpoint.Decision;
import dev.pilotlight.domain.endpoint.DeletionDecider;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.EndpointDecider;
import dev.pilotlight.domain.endpoint.Observed;
import dev.pilotlight.domain.endpoint.Policy;
import dev.pilotlight.domain.endpoint.PreviewSlot;
import dev.pilotlight.domain.endpoint.Standing;
import dev.pilotlight.domain.endpoint.Step;
import dev.pilotlight.domain.endpoint.Verdict;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.preflight.ImageFacts;
import dev.pilotlight.domain.preflight.Inspection;
import dev.pilotlight.domain.preflight.Quotas;
import dev.pilotlight.domain.preflight.Reading;
import dev.pilotlight.domain.preflight.RoleFacts;
import dev.pilotlight.domain.preflight.Surroundings;
import dev.pilotlight.domain.scaling.ScalingSight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Passes of the operator over one object, with nobody acting on the decisions but an {@link AwsPicture}. Every step succeeds, AWS finishes
 * what it began, and every validation passes: this is what happens when nothing goes wrong.
 */
final class Rehearsal {
    /** Far more than any flow takes. */
    private static final int MOST_PASSES = 300;

    private static final Duration AWS_TAKES = Duration.ofMinutes(2);

    private final AwsPicture aws;
    private final EndpointDecider decider = new EndpointDecider(Policy.DEFAULT);
    private final DeletionDecider deletionDecider = new DeletionDecider(Policy.DEFAULT);
    private final List<PlannedStep> steps = new ArrayList<>();
    private Optional<Instant> inspected = Optional.empty();
    private Instant now;

    Rehearsal(AwsPicture aws, Instant start) {
        this.aws = aws;
        this.now = start;
    }

    /**
     * How it ends.
     *
     * @param status what the object's status would be
     * @param unfinished why it would not be Ready: reason and message of the condition that says so
     */
    record Ending(
            List<PlannedStep> steps, ServerlessEndpointStatus status, Optional<EndpointPlan.Obstacle> unfinished) {
        Ending {
            steps = List.copyOf(steps);
        }
    }

    /**
     * What a pass knows besides AWS.
     *
     * @param around what the other endpoints of the plan take
     */
    record Known(
            Standing standing,
            Optional<Facts> facts,
            Surroundings around,
            Optional<String> invalidExpectation,
            String retryAnnotation) {}

    /** From the applied spec to rest. */
    Ending apply(Desired desired, Known known, ServerlessEndpointStatus remembered) {
        return passes(
                desired, remembered, status -> decider.decide(desired, observe(desired, known, status), status, now));
    }

    /** From the deletion of the object to the end of its AWS side. */
    Ending delete(Desired desired, Known known, ServerlessEndpointStatus remembered) {
        return passes(desired, remembered, status -> {
            Observed observed = observe(desired, known, status);
            boolean stands = observed.endpoint() instanceof Sighting.Present<EndpointSnapshot> present
                    && present.owner()
                            .filter(owner -> owner.sameLife(desired.owner()))
                            .isPresent();
            Optional<List<OwnedResource>> owned = stands ? Optional.empty() : Optional.of(aws.ownedBy(desired.owner()));
            return deletionDecider.decide(desired, observed, owned, false, status, now);
        });
    }

    private interface Pass {
        Decision over(ServerlessEndpointStatus status);
    }

    private Ending passes(Desired desired, ServerlessEndpointStatus remembered, Pass pass) {
        ServerlessEndpointStatus status = remembered;
        for (int passes = 0; passes < MOST_PASSES; passes++) {
            Decision decision = pass.over(status);
            if (decision.step() instanceof Step.LetGo) {
                return new Ending(steps, status, Optional.empty());
            }
            ServerlessEndpointStatus before = status;
            status = report(decision);
            if (decision.step() instanceof Step.Inspect && inspected.isEmpty()) {
                inspected = Optional.of(now);
            } else if (decision.step() instanceof Step.Inspect) {
                return new Ending(steps, status, unfinished(decision));
            } else if (decision.step() instanceof Step.Validate) {
                PlannedStep.of(decision.step(), desired).ifPresent(steps::add);
                status = new ServerlessEndpointStatusBuilder(status)
                        .validation(passed(status.validation()))
                        .build();
            } else if (!(decision.step() instanceof Step.None)) {
                PlannedStep.of(decision.step(), desired).ifPresent(steps::add);
                aws.apply(decision.step(), now);
            } else if (status.equals(before)) {
                now = now.plus(AWS_TAKES);
                if (!aws.comeToRest(now)) {
                    return new Ending(steps, status, unfinished(decision));
                }
            }
        }
        return new Ending(
                steps,
                status,
                Optional.of(new EndpointPlan.Obstacle(
                        "DoesNotComeToRest", "no end after " + MOST_PASSES + " passes: please report this")));
    }

    private Observed observe(Desired desired, Known known, ServerlessEndpointStatus status) {
        AwsPicture.SeenInAws seen = aws.look(desired, status.revisions());
        boolean mayLook = known.standing() instanceof Standing.Granted;
        return new Observed(
                known.standing(),
                mayLook ? seen.endpoint() : new Sighting.Unseen<>(),
                seen.previews(),
                seen.models(),
                seen.configs(),
                inspection(desired, known),
                known.invalidExpectation(),
                Optional.empty(),
                Optional.empty(),
                new PreviewSlot.Free(),
                Optional.empty(),
                false,
                new ScalingSight.NotAsked(),
                seen.leftBehind(),
                known.retryAnnotation(),
                "");
    }

    /** Once somebody should look, what was found out is there; where nobody could, the best is assumed: this is a rehearsal. */
    private Inspection inspection(Desired desired, Known known) {
        return new Inspection(
                inspected.map(since -> known.facts().map(this::readAgain).orElseGet(() -> nothingAgainst(desired))),
                known.around());
    }

    private Facts readAgain(Facts facts) {
        return new Facts(now, facts.since(), facts.image(), facts.archive(), facts.role(), facts.quotas());
    }

    private Facts nothingAgainst(Desired desired) {
        ImageFacts image = new ImageFacts(desired.model().image(), ImageFacts.Status.ACTIVE, List.of(), 0);
        return new Facts(
                now,
                now,
                Optional.of(new Reading.Seen<>(image)),
                Optional.empty(),
                Optional.of(new Reading.Seen<>(new RoleFacts(true))),
                Optional.of(new Reading.Seen<>(new Quotas(OptionalInt.empty(), OptionalInt.empty()))));
    }

    private static ValidationStatus passed(ValidationStatus running) {
        return new ValidationStatus(running.revision(), running.attempt(), true, running.digest(), List.of());
    }

    private ServerlessEndpointStatus report(Decision decision) {
        List<Condition> conditions = decision.verdicts().stream()
                .map(verdict -> new Condition(
                        verdict.type(),
                        verdict.status().word(),
                        verdict.reason(),
                        verdict.message(),
                        "",
                        decision.facts().observedGeneration()))
                .toList();
        return new ServerlessEndpointStatusBuilder(decision.facts())
                .conditions(conditions)
                .build();
    }

    private static Optional<EndpointPlan.Obstacle> unfinished(Decision decision) {
        Optional<Verdict> scaling =
                verdict(decision, ConditionTypes.SCALING).filter(verdict -> verdict.status() == Verdict.Status.FALSE);
        return scaling.or(() -> verdict(decision, ConditionTypes.READY)
                        .filter(verdict -> verdict.status() != Verdict.Status.TRUE))
                .map(verdict -> new EndpointPlan.Obstacle(verdict.reason(), verdict.message()));
    }

    private static Optional<Verdict> verdict(Decision decision, String type) {
        return decision.verdicts().stream()
                .filter(verdict -> verdict.type().equals(type))
                .findFirst();
    }
}
