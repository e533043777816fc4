package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.AdoptionStatus;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.FailedAttempt;
import dev.pilotlight.api.v1alpha1.HandledAnnotations;
import dev.pilotlight.api.v1alpha1.PreflightMode;
import dev.pilotlight.api.v1alpha1.Progress;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.RevisionStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.api.v1alpha1.ValidationStatus;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A decision in the making: the remembered status, changed as the pass finds out, and the verdicts on it. Lives for one pass. */
final class Draft {
    final Desired desired;
    final Observed observed;
    final ServerlessEndpointStatus remembered;
    final Instant now;
    final Remembered before;
    final Claims claims;
    private final Policy policy;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private Optional<Instant> nextLook = Optional.empty();

    private ServerlessEndpointStatus facts;

    Draft(Desired desired, Observed observed, ServerlessEndpointStatus remembered, Instant now, Policy policy) {
        this.desired = desired;
        this.observed = observed;
        this.remembered = Remembered.notAhead(remembered, now);
        this.now = now;
        this.policy = policy;
        before = new Remembered(this.remembered, desired, now, policy);
        claims = new Claims(policy.safeguards());
        facts = this.remembered;
        revisions(before.revisions());
    }

    // ---- what is remembered

    /** The revision that serves and was proven; empty before the first one. */
    Optional<String> deployed() {
        return Optional.ofNullable(facts.revision()).map(RevisionStatus::deployed);
    }

    Optional<FailedAttempt> failedAttempt() {
        return Optional.ofNullable(facts.attempt());
    }

    Optional<RevisionRecord> revision(String name) {
        return revisions().stream().filter(r -> r.name().equals(name)).findFirst();
    }

    /** The revision that was proven last, where its config can be made again or is still there and ours. */
    Optional<RevisionRecord> lastGood() {
        return deployed()
                .flatMap(this::revision)
                .filter(record -> record.endpointConfigName() != null)
                .filter(record -> record.name().equals(desired.revision().name()) || isThere(record));
    }

    private boolean isThere(RevisionRecord record) {
        Sighting<EndpointConfigSnapshot> config = observed.config(record.endpointConfigName());
        return record.cameWithTheEndpoint()
                ? !(config instanceof Sighting.Absent)
                : claims.isOurs(config, desired.owner());
    }

    /** The revision that serves. */
    Optional<String> revisionOf(EndpointSnapshot live) {
        return desired.revisionOfConfig(live.configName(), revisions());
    }

    Optional<AdoptionStatus> adoption() {
        return Optional.ofNullable(facts.adoption());
    }

    /** The target that may be registered with Application Auto Scaling. */
    Optional<String> scalableTarget() {
        return Optional.ofNullable(facts.scalableTarget());
    }

    /** Image that serves, by digest. */
    Optional<String> resolvedImage() {
        return Optional.ofNullable(facts.resolvedImage());
    }

    List<RevisionRecord> revisions() {
        return facts.revisions();
    }

    String variantName() {
        return facts.variantName() == null ? Desired.VARIANT : facts.variantName();
    }

    List<String> appliedTagKeys() {
        return facts.appliedTagKeys();
    }

    ValidationStatus validation() {
        return facts.validation();
    }

    HandledAnnotations handled() {
        return facts.handled();
    }

    Policy policy() {
        return policy;
    }

    /** Where the endpoint is, or is to be; empty where nothing may be done. */
    String accountID() {
        return facts.accountID() == null ? "" : facts.accountID();
    }

    // ---- what the pass found out

    private void change(UnaryOperator<ServerlessEndpointStatusBuilder> edit) {
        facts = edit.apply(new ServerlessEndpointStatusBuilder(facts)).build();
    }

    void account(String id) {
        change(status -> status.accountID(id));
    }

    void attempt(FailedAttempt failed) {
        change(status -> status.attempt(failed));
    }

    void validation(ValidationStatus result) {
        change(status -> status.validation(result));
    }

    void revisions(List<RevisionRecord> records) {
        change(status -> status.revisions(records));
    }

    void appliedTagKeys(List<String> keys) {
        change(status -> status.appliedTagKeys(keys));
    }

    void handled(HandledAnnotations annotations) {
        change(status -> status.handled(annotations));
    }

    void adoption(AdoptionStatus found) {
        change(status -> status.adoption(found));
    }

    void scalableTarget(String resourceId) {
        change(status -> status.scalableTarget(resourceId));
    }

    void deployed(String revision) {
        change(status -> status.revision(new RevisionStatus(desired.revision().name(), revision)));
    }

    /** Somebody deleted what is made again now. */
    void announceGone(String what) {
        announce(true, Reasons.DRIFT_DETECTED, what + " was deleted outside of Kubernetes and is made again");
    }

    void announce(boolean warning, String reason, String note) {
        announcements.add(new Announcement(warning, reason, note));
    }

    /** Takes over what AWS says of the endpoint that serves. */
    void facts(EndpointSnapshot live) {
        change(status -> status.endpointARN(live.arn()).aws(InForce.facts(live)));
        if (live.variants().size() == 1) {
            change(status -> status.variantName(live.variants().getFirst().name()));
            live.variants()
                    .getFirst()
                    .resolvedImage()
                    .ifPresent(image -> change(status -> status.resolvedImage(image)));
        }
        live.capacity().ifPresent(capacity -> change(status -> status.effective(InForce.of(desired, capacity))));
    }

    private void progress(Progress step) {
        change(status -> status.progress(step));
    }

    private void waitBegan(String reason) {
        progress(Progress.of(
                reason, before.since(reason).truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    void scalingStarts() {
        Concurrency asked = desired.concurrency();
        progress(new Progress(
                Reasons.UPDATING_CAPACITY,
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                asked.max(),
                asked.provisioned() == 0 ? null : asked.provisioned()));
    }

    /** What was asked for before is waited out, but says nothing about what is asked for now. */
    void scalingGoesOn() {
        progress(before.scalingAttempted() ? remembered.progress() : null);
        factsAsBefore();
    }

    /** What AWS says of the endpoint stays as it was before it was told to change, so that a stale read can be told from a finished one. */
    void factsAsBefore() {
        change(status -> status.aws(remembered.aws()));
    }

    void lookAgain(Instant at) {
        if (nextLook.isEmpty() || at.isBefore(nextLook.get())) {
            nextLook = Optional.of(at);
        }
    }

    void verdict(String type, Status status, String reason, String message) {
        verdicts.put(type, new Verdict(type, status, reason, message));
    }

    // ---- outcomes

    /** AWS confirmed this generation. */
    void ready(String message) {
        progress(null);
        clearOutcome();
        verdict(ConditionTypes.READY, Status.TRUE, Reasons.SUCCEEDED, message);
        verdict(ConditionTypes.AVAILABLE, Status.TRUE, Reasons.SERVING, message);
        Readiness.sayPassed(this);
    }

    /** On the way: AWS or we are working on it. Becomes a matter for a person when the progress deadline passes. */
    void working(String reason, String message) {
        unfinished(reason, message, before.progressDeadline(), Reasons.PROGRESS_DEADLINE_EXCEEDED);
    }

    /** AWS is away or slow. What was being waited for goes on, and its deadline runs from where it began. */
    void delayed(String reason, String message) {
        boolean sameWait = remembered.progress() != null
                && before.desiredWas(desired.revision().name())
                && Objects.equals(remembered.observedGeneration(), desired.generation());
        if (!sameWait) {
            working(reason, message);
            return;
        }
        progress(remembered.progress());
        outcome(reason, message, before.progressDeadline(), Reasons.PROGRESS_DEADLINE_EXCEEDED);
    }

    /** Waiting for a cause that can pass by itself, but may need a person when it lasts. */
    void blocked(String reason, String message) {
        unfinished(reason, message, policy.stallAfter(), reason);
    }

    /** As {@link #blocked}, for causes that AWS or other people clear in their own time (quota, preview slots). */
    void queued(String reason, String message) {
        unfinished(reason, message, before.progressDeadline(), reason);
    }

    /** A person has to act; no waiting will help. */
    void stalled(String reason, String message) {
        waitBegan(reason);
        notReady(reason, message);
        verdict(ConditionTypes.STALLED, Status.TRUE, reason, message);
    }

    /** A pass often starts with "working on it" and finds something better to say; only the last word counts. */
    private void clearOutcome() {
        verdicts.remove(ConditionTypes.RECONCILING);
        verdicts.remove(ConditionTypes.STALLED);
    }

    private void unfinished(String reason, String message, Duration limit, String stalledReason) {
        waitBegan(reason);
        outcome(reason, message, limit, stalledReason);
    }

    /** Reconciling until {@code limit} after the present wait began, Stalled from then on. */
    private void outcome(String reason, String message, Duration limit, String stalledReason) {
        notReady(reason, message);
        Instant deadline = Instant.parse(facts.progress().since()).plus(limit);
        if (now.isBefore(deadline)) {
            verdict(ConditionTypes.RECONCILING, Status.TRUE, reason, message);
            lookAgain(deadline);
        } else {
            verdict(ConditionTypes.STALLED, Status.TRUE, stalledReason, message);
        }
    }

    private void notReady(String reason, String message) {
        clearOutcome();
        verdict(ConditionTypes.READY, Status.FALSE, reason, message);
        verdicts.put(ConditionTypes.AVAILABLE, new Availability(desired, observed, before).verdict(deployed()));
    }

    /** Nothing is known that the status does not say already: it stays as it is, about the generation it was about, while {@code step} finds out. */
    Decision asRemembered(Step step) {
        // A pass often starts with "working on it", which is no news here.
        verdicts.clear();
        for (Condition condition : remembered.conditions()) {
            verdict(condition.type(), Status.ofWord(condition.status()), condition.reason(), condition.message());
        }
        return new Decision(step, remembered, new ArrayList<>(verdicts.values()), announcements, nextLook);
    }

    /** A condition of the last status stays what it was. */
    void verdictAsRemembered(String type) {
        remembered.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .forEach(c -> verdict(type, Status.ofWord(c.status()), c.reason(), c.message()));
    }

    Decision decide(Step step) {
        if (!verdicts.containsKey(ConditionTypes.PREFLIGHT_PASSED)
                && before.desiredWas(desired.revision().name())
                && desired.preflight() != PreflightMode.OFF) {
            verdictAsRemembered(ConditionTypes.PREFLIGHT_PASSED);
        }
        if (step instanceof Step.CreateEndpointConfig create) {
            String config = create.request().name();
            boolean noted = before.knowsConfig(config);
            revise(desired.revision().name(), record -> record.noting(config));
            if (!noted) {
                // The note comes first: the status of a pass is refused when an edit arrives meanwhile, and the config
                // would be lost.
                return decide(new Step.None());
            }
        }
        if (step.setsTags()) {
            // Remembered before all resources have them, so that a tag taken back half-way is still removed.
            TreeSet<String> keys = new TreeSet<>(appliedTagKeys());
            keys.addAll(desired.userTags().keySet());
            appliedTagKeys(List.copyOf(keys));
        }
        adoption()
                .ifPresent(found -> verdict(
                        ConditionTypes.ADOPTED, Status.TRUE, Reasons.ADOPTED, Adoption.describe(found, desired)));
        ServerlessEndpointStatus report = new ServerlessEndpointStatusBuilder(facts)
                .observedGeneration(desired.generation())
                .conditions(List.of())
                .endpointName(desired.endpointName())
                .region(desired.region())
                .identity(desired.identity())
                .revision(
                        new RevisionStatus(desired.revision().name(), deployed().orElse(null)))
                .effective(InForce.decidedNow(desired, facts.effective()))
                .build();
        return new Decision(step, report, new ArrayList<>(verdicts.values()), announcements, nextLook);
    }

    /** Remembers that the wanted revision failed, so that it is not tried again by itself. */
    void latch(String reason, String message) {
        String wanted = desired.revision().name();
        if (latched(wanted)
                && facts.attempt().reason().equals(reason)
                && facts.attempt().message().equals(message)) {
            return;
        }
        attempt(Latch.on(wanted, reason, message, desired.generation(), now));
        revise(wanted, record -> record.withState(RevisionState.FAILED, reason, message));
    }

    /** Changes what is remembered of one revision. */
    void revise(String name, UnaryOperator<RevisionRecord> change) {
        revisions(revisions().stream()
                .map(record -> record.name().equals(name) ? change.apply(record) : record)
                .toList());
    }

    boolean latched(String revision) {
        return policy.safeguards().holds(facts.attempt(), revision);
    }

    boolean latched(Concurrency pair) {
        return policy.safeguards().holds(facts.attempt(), pair);
    }
}
