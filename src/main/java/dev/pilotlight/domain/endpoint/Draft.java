package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.AwsFacts;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.EffectiveCapacity;
import dev.pilotlight.api.v1alpha1.FailedAttempt;
import dev.pilotlight.api.v1alpha1.HandledAnnotations;
import dev.pilotlight.api.v1alpha1.Progress;
import dev.pilotlight.api.v1alpha1.ProvisionedBy;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.api.v1alpha1.RevisionStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import dev.pilotlight.api.v1alpha1.ValidationStatus;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
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

/** A decision in the making: the remembered status, changed as the pass finds out, and the verdicts on it. Lives for one pass. */
final class Draft {
    final Desired desired;
    final Observed observed;
    final ServerlessEndpointStatus remembered;
    final Instant now;
    final Remembered before;
    private final Policy policy;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private Optional<Instant> nextLook = Optional.empty();

    private String endpointARN;
    private String accountID;
    private String deployed;
    private String resolvedImage;
    private String variantName;
    private EffectiveCapacity effective;
    private List<RevisionRecord> revisions;
    private List<String> appliedTagKeys;
    private AwsFacts aws;
    private FailedAttempt attempt;
    private ValidationStatus validation;
    private Progress progress;
    private HandledAnnotations handled;

    Draft(Desired desired, Observed observed, ServerlessEndpointStatus remembered, Instant now, Policy policy) {
        this.desired = desired;
        this.observed = observed;
        this.remembered = remembered;
        this.now = now;
        this.policy = policy;
        before = new Remembered(remembered, desired, now, policy);
        endpointARN = remembered.endpointARN();
        accountID = remembered.accountID();
        deployed = remembered.revision() == null ? null : remembered.revision().deployed();
        resolvedImage = remembered.resolvedImage();
        variantName = remembered.variantName();
        effective = remembered.effective();
        revisions = remembered.revisions();
        appliedTagKeys = remembered.appliedTagKeys();
        aws = remembered.aws();
        attempt = remembered.attempt();
        validation = remembered.validation();
        progress = remembered.progress();
        handled = remembered.handled();
    }

    // ---- what is remembered

    /** The revision that serves and was proven; empty before the first one. */
    Optional<String> deployed() {
        return Optional.ofNullable(deployed);
    }

    Optional<FailedAttempt> failedAttempt() {
        return Optional.ofNullable(attempt);
    }

    Optional<RevisionRecord> revision(String name) {
        return revisions.stream().filter(r -> r.name().equals(name)).findFirst();
    }

    /** The revision that was proven last, where its config can be made again or is still there and ours. */
    Optional<RevisionRecord> lastGood() {
        return deployed()
                .flatMap(this::revision)
                .filter(record -> record.endpointConfigName() != null)
                .filter(record -> record.name().equals(desired.revision().name())
                        || Claims.isOurs(observed.config(record.endpointConfigName()), desired.owner()));
    }

    List<RevisionRecord> revisions() {
        return revisions;
    }

    String variantName() {
        return variantName == null ? Desired.VARIANT : variantName;
    }

    List<String> appliedTagKeys() {
        return appliedTagKeys;
    }

    ValidationStatus validation() {
        return validation;
    }

    HandledAnnotations handled() {
        return handled;
    }

    // ---- what the pass found out

    void account(String id) {
        accountID = id;
    }

    void attempt(FailedAttempt failed) {
        attempt = failed;
    }

    void validation(ValidationStatus status) {
        validation = status;
    }

    void revisions(List<RevisionRecord> records) {
        revisions = List.copyOf(records);
    }

    void appliedTagKeys(List<String> keys) {
        appliedTagKeys = List.copyOf(keys);
    }

    void handled(HandledAnnotations annotations) {
        handled = annotations;
    }

    void deployed(String revision) {
        deployed = revision;
    }

    void announce(boolean warning, String reason, String note) {
        announcements.add(new Announcement(warning, reason, note));
    }

    /** Takes over what AWS says of the endpoint that serves. */
    void facts(EndpointSnapshot live) {
        endpointARN = live.arn();
        aws = new AwsFacts(
                live.creationTime().truncatedTo(ChronoUnit.MILLIS).toString(),
                live.lastModifiedTime().truncatedTo(ChronoUnit.MILLIS).toString(),
                live.status().awsName());
        if (live.variants().size() == 1) {
            variantName = live.variants().getFirst().name();
            live.variants().getFirst().resolvedImage().ifPresent(image -> resolvedImage = image);
        }
        live.capacity().ifPresent(capacity -> effective = effective(capacity.memorySizeInMB(), capacity.concurrency()));
    }

    private EffectiveCapacity effective(int memory, Concurrency concurrency) {
        return new EffectiveCapacity(
                memory,
                concurrency.max(),
                concurrency.provisioned() == 0 ? null : concurrency.provisioned(),
                concurrency.provisioned() == 0
                        ? null
                        : new ProvisionedBy(
                                "ServerlessEndpoint", desired.owner().name()));
    }

    void scalingStarts() {
        progress = new Progress(
                Reasons.UPDATING_CAPACITY, now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** What was asked for by an earlier generation is waited out, but says nothing about what this one asks for. */
    void scalingGoesOn() {
        progress = before.scalingAttempted() ? remembered.progress() : null;
        aws = remembered.aws();
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
        progress = null;
        clearOutcome();
        verdict(ConditionTypes.READY, Status.TRUE, Reasons.SUCCEEDED, message);
        verdict(ConditionTypes.AVAILABLE, Status.TRUE, Reasons.SERVING, message);
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
        progress = remembered.progress();
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
        progress = new Progress(
                reason, before.since(reason).truncatedTo(ChronoUnit.SECONDS).toString());
        notReady(reason, message);
        verdict(ConditionTypes.STALLED, Status.TRUE, reason, message);
    }

    /** A pass often starts with "working on it" and finds something better to say; only the last word counts. */
    private void clearOutcome() {
        verdicts.remove(ConditionTypes.RECONCILING);
        verdicts.remove(ConditionTypes.STALLED);
    }

    private void unfinished(String reason, String message, Duration limit, String stalledReason) {
        progress = new Progress(
                reason, before.since(reason).truncatedTo(ChronoUnit.SECONDS).toString());
        outcome(reason, message, limit, stalledReason);
    }

    /** Reconciling until {@code limit} after the present wait began, Stalled from then on. */
    private void outcome(String reason, String message, Duration limit, String stalledReason) {
        notReady(reason, message);
        Instant deadline = Instant.parse(progress.since()).plus(limit);
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

    /** Nothing is known that the status does not say already: it stays as it is, and about the generation it was about. */
    Decision asRemembered() {
        for (Condition condition : remembered.conditions()) {
            verdict(condition.type(), Status.ofWord(condition.status()), condition.reason(), condition.message());
        }
        return new Decision(new Step.None(), remembered, new ArrayList<>(verdicts.values()), announcements, nextLook);
    }

    /** A condition of the last status stays what it was. */
    void verdictAsRemembered(String type) {
        remembered.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .forEach(c -> verdict(type, Status.ofWord(c.status()), c.reason(), c.message()));
    }

    Decision decide(Step step) {
        if (step.setsTags()) {
            // Remembered before all resources have them, so that a tag taken back half-way is still removed.
            TreeSet<String> keys = new TreeSet<>(appliedTagKeys);
            keys.addAll(desired.userTags().keySet());
            appliedTagKeys = List.copyOf(keys);
        }
        ServerlessEndpointStatus facts = new ServerlessEndpointStatusBuilder()
                .observedGeneration(desired.generation())
                .endpointName(desired.endpointName())
                .endpointARN(endpointARN)
                .accountID(accountID)
                .region(desired.region())
                .identity(desired.identity())
                .revision(new RevisionStatus(desired.revision().name(), deployed))
                .effective(effective)
                .resolvedImage(resolvedImage)
                .variantName(variantName)
                .revisions(revisions)
                .appliedTagKeys(appliedTagKeys)
                .aws(aws)
                .attempt(attempt)
                .validation(validation)
                .progress(progress)
                .handled(handled)
                .build();
        return new Decision(step, facts, new ArrayList<>(verdicts.values()), announcements, nextLook);
    }

    /** Remembers that the wanted revision failed, so that it is not tried again by itself. */
    void latch(String reason, String message) {
        String wanted = desired.revision().name();
        if (latched(wanted)
                && attempt.reason().equals(reason)
                && attempt.message().equals(message)) {
            return;
        }
        attempt = new FailedAttempt(
                wanted,
                null,
                null,
                reason,
                message,
                desired.generation(),
                now.truncatedTo(ChronoUnit.SECONDS).toString());
        revisionFailed(wanted, reason, message);
    }

    void revisionFailed(String name, String reason, String message) {
        revisions(revisions.stream()
                .map(record ->
                        record.name().equals(name) ? record.withState(RevisionState.FAILED, reason, message) : record)
                .toList());
    }

    /** The latch of a failed rollout holds for this revision. */
    boolean latched(String revision) {
        return attempt != null && Objects.equals(attempt.revision(), revision);
    }

    /** The latch of a failed change of capacity holds for this pair. */
    boolean latched(Concurrency pair) {
        return attempt != null
                && attempt.revision() == null
                && Objects.equals(attempt.maxConcurrency(), pair.max())
                && Objects.equals(
                        attempt.provisionedConcurrency(), pair.provisioned() == 0 ? null : pair.provisioned());
    }
}
