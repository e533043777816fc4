package dev.pilotlight.domain.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Annotations;
import dev.pilotlight.api.v1alpha1.DeletionPolicy;
import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.PreflightMode;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.api.v1alpha1.Tag;
import dev.pilotlight.domain.cost.MonthlyCost;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.endpoint.Demand;
import dev.pilotlight.domain.endpoint.Desired;
import dev.pilotlight.domain.endpoint.InForce;
import dev.pilotlight.domain.endpoint.Policy;
import dev.pilotlight.domain.endpoint.Standing;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.preflight.Candidate;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.preflight.Preflight;
import dev.pilotlight.domain.preflight.Surroundings;
import dev.pilotlight.domain.preflight.Usage;
import dev.pilotlight.domain.validation.Expectation;
import dev.pilotlight.domain.validation.Expectation.InvalidExpectation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the plan of one object at a time. Pure but for the {@link AwsPicture} that it moves on. */
public final class Planner {
    private static final ServerlessEndpointStatus NEVER_REPORTED = new ServerlessEndpointStatusBuilder().build();

    private final String clusterID;
    private final PriceBook prices;
    private final Instant now;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param clusterID id in ownership tags; whatever it is offline, where nothing else has tags
     */
    public Planner(String clusterID, PriceBook prices, Instant now) {
        this.clusterID = clusterID;
        this.prices = prices;
        this.now = now;
    }

    /**
     * Puts an object into the picture as if it had been applied long ago and all had gone well; what is suspended was not at first. Returns
     * what its status says then.
     */
    public ServerlessEndpointStatus assumeServing(
            ServerlessEndpoint object, Optional<AWSIdentity> identity, String accountID, AwsPicture aws) {
        Rehearsal.Known known = new Rehearsal.Known(
                new Standing.Granted(accountID, Optional.empty()),
                Optional.empty(),
                Surroundings.EMPTY,
                Optional.empty(),
                retry(object));
        return new Rehearsal(aws, now)
                .apply(desired(object, identity, NEVER_REPORTED).resumed(), known, NEVER_REPORTED)
                .status();
    }

    /** What applying the object would do. */
    public EndpointPlan apply(Subject subject, AwsPicture aws) {
        Desired wanted = desired(subject.object(), subject.identity(), subject.status());
        Sighting<EndpointSnapshot> live = aws.endpoint(wanted.endpointName());
        Desired desired = wanted.beside(live, subject.status());
        Rehearsal.Known known = new Rehearsal.Known(
                subject.standing(),
                subject.facts(),
                subject.around(),
                invalidExpectation(desired),
                retry(subject.object()));
        Rehearsal.Ending ending = new Rehearsal(aws, now).apply(desired, known, subject.status());
        List<FieldChange> changes = subject.before()
                .map(before -> FieldChange.between(
                        json.valueToTree(before.getSpec()),
                        json.valueToTree(subject.object().getSpec())))
                .orElse(List.of());
        Optional<String> serving = deployed(subject.status());
        boolean blocked = ending.steps().isEmpty() && ending.unfinished().isPresent() && !desired.suspended();
        Action action = blocked ? Action.BLOCKED : Action.of(ending.steps(), desired, serving, !changes.isEmpty());
        MonthlyCost costBefore = isAdopted(subject, ending)
                ? costOf(live.found().flatMap(EndpointSnapshot::capacity), desired.region())
                : costOf(subject.status(), live, desired.region());
        return new EndpointPlan(
                desired.owner().namespace(),
                desired.owner().name(),
                subject.origin(),
                desired.region(),
                desired.endpointName(),
                action,
                serving,
                Optional.of(desired.revision().name()),
                changes,
                ending.steps(),
                subject.refusals().isEmpty() && !desired.suspended() ? ending.unfinished() : Optional.empty(),
                subject.refusals(),
                findings(subject, desired, ending),
                notes(subject, desired, ending, action),
                costBefore,
                desired.suspended() ? costBefore : costOf(desired));
    }

    /** What deleting the object would do. */
    public EndpointPlan delete(Subject subject, AwsPicture aws) {
        Desired desired = desired(subject.object(), subject.identity(), subject.status());
        Sighting<EndpointSnapshot> live = aws.endpoint(desired.endpointName());
        Rehearsal.Known known = new Rehearsal.Known(
                subject.standing(), subject.facts(), subject.around(), Optional.empty(), retry(subject.object()));
        Rehearsal.Ending ending = new Rehearsal(aws, now).delete(desired, known, subject.status());
        boolean adopted = subject.status().adoption() != null;
        boolean retained = desired.deletionPolicy()
                .orElse(adopted ? DeletionPolicy.RETAIN : DeletionPolicy.DELETE)
                .equals(DeletionPolicy.RETAIN);
        MonthlyCost before = costOf(subject.status(), live, desired.region());
        List<String> notes = new ArrayList<>(subject.notes());
        if (retained) {
            notes.add("it serves on in AWS and is paid for; Pilotlight only takes its tags off");
        }
        return new EndpointPlan(
                desired.owner().namespace(),
                desired.owner().name(),
                subject.origin(),
                desired.region(),
                desired.endpointName(),
                retained ? Action.LET_GO : Action.DELETE,
                deployed(subject.status()),
                Optional.empty(),
                List.of(),
                ending.steps(),
                ending.unfinished(),
                List.of(),
                List.of(),
                notes,
                before,
                retained ? before : MonthlyCost.NOTHING);
    }

    /** What there is against the new revision; what nobody could look at is not held against it. */
    private static List<Finding> findings(Subject subject, Desired desired, Rehearsal.Ending ending) {
        if (desired.suspended()
                || desired.preflight() == PreflightMode.OFF
                || !(subject.standing() instanceof Standing.Granted granted)) {
            return List.of();
        }
        boolean isNew = deployed(subject.status())
                .filter(desired.revision().name()::equals)
                .isEmpty();
        if (!isNew && ending.steps().isEmpty()) {
            return List.of();
        }
        Candidate candidate = new Candidate(
                desired.model(),
                granted.accountID(),
                desired.region(),
                desired.memorySizeInMB(),
                Usage.NONE,
                Usage.NONE,
                false);
        Facts facts = subject.facts()
                .orElseGet(() -> new Facts(
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return new Preflight(Policy.DEFAULT.largeImageBytes())
                .check(candidate, facts, Surroundings.EMPTY).stream()
                        .map(finding -> Finding.of(finding, desired.preflight() == PreflightMode.WARN))
                        .toList();
    }

    /** What the object asks for, with the capacity that a WarmPolicy decides as far as the status tells. */
    public Desired desired(ServerlessEndpoint object, Optional<AWSIdentity> identity, ServerlessEndpointStatus status) {
        List<Tag> tags = identity.map(known -> known.getSpec().defaultTags()).orElse(List.of());
        return Desired.of(object, clusterID, tags).under(Demand.asReported(status, now), InForce.remembered(status));
    }

    private static Optional<String> invalidExpectation(Desired desired) {
        return desired.validationRequests().stream()
                .filter(request -> request.expect() != null)
                .map(request -> Expectation.compile(request.name(), request.expect()))
                .filter(InvalidExpectation.class::isInstance)
                .map(invalid -> ((InvalidExpectation) invalid).describe())
                .findFirst();
    }

    private static String retry(ServerlessEndpoint object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(Annotations.RETRY, "");
    }

    private static Optional<String> deployed(ServerlessEndpointStatus status) {
        return Optional.ofNullable(status.revision()).flatMap(revision -> Optional.ofNullable(revision.deployed()));
    }

    // ---- what a person should know

    private static List<String> notes(Subject subject, Desired desired, Rehearsal.Ending ending, Action action) {
        List<String> notes = new ArrayList<>(subject.notes());
        if (desired.suspended()) {
            notes.add("spec.suspend is true: nothing is created, updated or scaled");
        }
        desired.demand().ifPresent(demand -> notes.add(note(demand, desired)));
        if (isAdopted(subject, ending)) {
            List<String> differences = ending.status().adoption().differences();
            notes.add("endpoint " + desired.endpointName() + " exists already and is adopted: "
                    + (differences.isEmpty()
                            ? "it is what the spec asks for, and only its concurrency may change"
                            : String.join(", ", differences) + " differ and are rolled out"));
        }
        if (action == Action.REDEPLOY) {
            notes.add("going to or from no provisioned concurrency replaces the containers: expect cold starts");
        }
        if (action == Action.CHANGE_LIVE
                && hadNone(subject.status())
                && desired.concurrency().provisioned() > 0) {
            notes.add(
                    "should AWS refuse to add provisioned concurrency on the live path, a config of the same revision is"
                            + " deployed instead, with cold starts");
        }
        boolean previews = ending.steps().stream().anyMatch(step -> step.purpose() == PlannedStep.Purpose.PREVIEW);
        if (previews) {
            notes.add("the preview endpoint has maxConcurrency 1 and costs nothing while idle, but counts against the"
                    + " account's quota of endpoints while it exists");
        }
        if (action == Action.ROLL_OUT && !previews && desired.previews()) {
            notes.add("revision " + desired.revision().name() + " served before and needs no preview");
        }
        return notes;
    }

    private static String note(Demand demand, Desired desired) {
        String decides = "WarmPolicy " + demand.policy() + " decides the provisioned concurrency; ";
        return decides
                + (demand instanceof Demand.Ranged ranged
                        ? "AWS moves it within " + ranged.within(desired.own()).min() + " to "
                                + ranged.within(desired.own()).max() + ", and shown is the number of the moment"
                        : "shown is what the status reports of it");
    }

    private static boolean isAdopted(Subject subject, Rehearsal.Ending ending) {
        return subject.status().adoption() == null && ending.status().adoption() != null;
    }

    private static boolean hadNone(ServerlessEndpointStatus status) {
        return status.effective() != null && status.effective().provisionedConcurrency() == null;
    }

    // ---- cost

    private MonthlyCost costOf(Desired desired) {
        return MonthlyCost.ofProvisionedConcurrency(
                prices,
                desired.region(),
                desired.memorySizeInMB(),
                desired.concurrency().provisioned());
    }

    /** What was reported; within a range AWS chooses the number, and only the endpoint itself has it. */
    private MonthlyCost costOf(ServerlessEndpointStatus status, Sighting<EndpointSnapshot> live, String region) {
        EffectiveCapacity reported = status.effective();
        if (reported == null || reported.memorySizeInMB() == null) {
            return MonthlyCost.NOTHING;
        }
        Optional<Concurrency> ofRange = reported.provisionedConcurrencyRange() == null
                ? Optional.empty()
                : live.found().flatMap(EndpointSnapshot::capacity).map(ServerlessCapacity::concurrency);
        return costOf(
                ofRange.or(() -> InForce.remembered(status))
                        .map(pair -> new ServerlessCapacity(reported.memorySizeInMB(), pair)),
                region);
    }

    private MonthlyCost costOf(Optional<ServerlessCapacity> capacity, String region) {
        return capacity.map(known -> MonthlyCost.ofProvisionedConcurrency(
                        prices,
                        region,
                        known.memorySizeInMB(),
                        known.concurrency().provisioned()))
                .orElse(MonthlyCost.NOTHING);
    }
}
