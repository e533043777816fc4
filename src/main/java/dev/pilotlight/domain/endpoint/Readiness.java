package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.PreflightMode;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.endpoint.Verdict.Status;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.preflight.Candidate;
import dev.pilotlight.domain.preflight.Check.Passing;
import dev.pilotlight.domain.preflight.Check.Severity;
import dev.pilotlight.domain.preflight.EcrReference;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.preflight.Facts.Scope;
import dev.pilotlight.domain.preflight.Finding;
import dev.pilotlight.domain.preflight.ImageFacts;
import dev.pilotlight.domain.preflight.Preflight;
import dev.pilotlight.domain.preflight.Reading;
import dev.pilotlight.domain.preflight.Surroundings;
import dev.pilotlight.domain.preflight.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a change may begin. Facts are read outside the reconcile, all findings are said at once, and what {@code spec.preflight} makes
 * of them is decided here. A gate that stays shut is looked at again by itself, less and less often.
 */
final class Readiness {
    static final String ALL_PASSED = "all checks passed";

    private static final Duration FACTS_LAST = Duration.ofMinutes(15);
    private static final Duration SOONEST = Duration.ofSeconds(5);
    private static final Duration LATEST = Duration.ofMinutes(5);
    private static final Usage PREVIEW = new Usage(1, 1, 0);
    private static final Duration ROOM_MAY_COME = Duration.ofSeconds(30);

    private final Draft draft;
    private final Desired desired;
    private final Preflight preflight;
    private final Surroundings around;

    Readiness(Draft draft) {
        this.draft = draft;
        this.desired = draft.desired;
        this.preflight = new Preflight(draft.policy().largeImageBytes());
        this.around = draft.observed.inspection().around();
    }

    /** What keeps the model of a new revision from being made; empty when nothing does. */
    Optional<Decision> beforeModel(boolean preview) {
        Usage adds = adds(preview);
        if (isOff() && isPinned()) {
            return judged(preflight.limits(candidate(adds, preview), around), Optional.empty(), Scope.IMAGE);
        }
        Scope scope = isOff() ? Scope.IMAGE : Scope.REVISION;
        Optional<Facts> facts = facts(scope);
        if (facts.isEmpty()) {
            return Optional.of(inspect(scope));
        }
        Optional<Decision> away = away(facts.get(), scope);
        if (away.isPresent()) {
            return away;
        }
        List<Finding> findings = isOff()
                ? preflight.limits(candidate(adds, preview), around)
                : preflight.check(candidate(adds, preview), facts.get(), around);
        return judged(findings, facts, scope).or(() -> missingImage(facts.get(), scope));
    }

    /** What keeps an endpoint or its preview from being made once the revision's model exists: there must still be room. */
    Optional<Decision> beforeEndpoint(boolean preview) {
        Usage adds = adds(preview);
        if (adds.equals(Usage.NONE) || (preview && previewStands())) {
            return Optional.empty();
        }
        Candidate candidate = candidate(adds, preview);
        if (isOff()) {
            return judged(preflight.limits(candidate, around), Optional.empty(), Scope.QUOTAS);
        }
        boolean refused = remembered().filter(c -> "False".equals(c.status())).isPresent();
        Scope scope = refused ? Scope.REVISION : Scope.QUOTAS;
        Optional<Facts> facts = facts(scope);
        if (facts.isEmpty()) {
            return Optional.of(inspect(scope));
        }
        if (facts.get().covers(Scope.REVISION)) {
            return judged(preflight.check(candidate, facts.get(), around), facts, Scope.REVISION);
        }
        return judged(preflight.capacity(candidate, facts.get(), around), facts, scope);
    }

    /** What keeps capacity from being raised; the revision serves, so only {@code Scaling} says so. */
    Optional<Decision> beforeScaling(Concurrency have, Concurrency want) {
        Usage adds = increase(have, want);
        if (adds.equals(Usage.NONE)) {
            return Optional.empty();
        }
        Candidate candidate = candidate(adds, false);
        if (!isEnforced()) {
            return scalingJudged(preflight.limits(candidate, around), Optional.empty());
        }
        Optional<Facts> facts = facts(Scope.QUOTAS);
        if (facts.isEmpty()) {
            return Optional.of(draft.decide(new Step.Inspect(Scope.QUOTAS, draft.now)));
        }
        return scalingJudged(preflight.capacity(candidate, facts.get(), around), facts);
    }

    private static Usage increase(Concurrency have, Concurrency want) {
        return new Usage(0, Math.max(0, want.max() - have.max()), Math.max(0, want.provisioned() - have.provisioned()));
    }

    /** What CreateModel is to get: the image that was checked, or the reference as written where its digest is not known. */
    String image() {
        String written = desired.model().image();
        if (isPinned()) {
            return written;
        }
        Optional<Reading<ImageFacts>> image =
                draft.observed.inspection().facts().flatMap(Facts::image);
        Optional<String> checked = image.flatMap(Reading::seen).map(ImageFacts::reference);
        if (checked.isEmpty()) {
            String why = image.filter(reading -> reading instanceof Reading.Refused)
                    .map(reading -> " ("
                            + ((Reading.Refused<ImageFacts>) reading).failure().describe() + ")")
                    .orElse("");
            draft.announce(
                    true,
                    Reasons.IMAGE_NOT_RESOLVED,
                    "the digest of " + written + " is not known" + why
                            + ": AWS resolves the tag itself, later than it was looked at");
        }
        return checked.orElse(written);
    }

    // ---- facts

    private Optional<Facts> facts(Scope scope) {
        return draft.observed
                .inspection()
                .facts()
                .filter(facts -> facts.covers(scope))
                .filter(facts -> facts.readAt().plus(FACTS_LAST).isAfter(draft.now));
    }

    /** Somebody has to look. What was said of this generation stands until then, so that looking again is no news. */
    private Decision inspect(Scope scope) {
        Step look = new Step.Inspect(scope, draft.now);
        boolean said = draft.before.desiredWas(desired.revision().name())
                && Objects.equals(draft.remembered.observedGeneration(), desired.generation())
                && draft.before
                        .condition(ConditionTypes.READY)
                        .filter(ready -> "False".equals(ready.status()))
                        .isPresent();
        return said ? draft.asRemembered(look) : draft.decide(look);
    }

    /** AWS could not answer. That is waited for, the image's digest without end, all else only for a while. */
    private Optional<Decision> away(Facts facts, Scope scope) {
        boolean patient = draft.now.isBefore(facts.since().plus(draft.policy().stallAfter()));
        Optional<AwsFailure> failure = patient ? facts.unavailable() : facts.imageUnavailable();
        return failure.map(why -> {
            if (!"LocalRateLimit".equals(why.code())) {
                draft.delayed(
                        why.kind() == FailureKind.THROTTLED ? Reasons.THROTTLED : Reasons.AWS_UNAVAILABLE,
                        why.describe());
            }
            return again(facts, facts.since(), scope);
        });
    }

    /** Without an image there is nothing to create, whatever {@code spec.preflight} says. */
    private Optional<Decision> missingImage(Facts facts, Scope scope) {
        boolean missing =
                facts.image().filter(image -> image instanceof Reading.Absent).isPresent();
        if (!missing) {
            return Optional.empty();
        }
        draft.blocked(
                Reasons.IMAGE_NOT_FOUND,
                "image " + desired.model().image()
                        + " does not exist in its registry: push it, or correct spec.model.image");
        return Optional.of(again(facts, draft.before.since(Reasons.IMAGE_NOT_FOUND), scope));
    }

    /** Looks again after half the time that was waited already. */
    private Decision again(Facts facts, Instant since, Scope scope) {
        Duration half = Duration.between(since, facts.readAt()).dividedBy(2);
        Duration wait = half.compareTo(SOONEST) < 0 ? SOONEST : half.compareTo(LATEST) > 0 ? LATEST : half;
        Instant due = facts.readAt().plus(wait);
        if (draft.now.isBefore(due)) {
            draft.lookAgain(due);
            return draft.decide(new Step.None());
        }
        return draft.decide(new Step.Inspect(scope, due));
    }

    // ---- findings

    private Optional<Decision> judged(List<Finding> findings, Optional<Facts> facts, Scope scope) {
        List<Finding> blocking = findings.stream().filter(this::blocks).toList();
        if (!isOff() || !blocking.isEmpty()) {
            say(findings);
        }
        if (blocking.isEmpty()) {
            return Optional.empty();
        }
        String message = text(blocking);
        if (blocking.stream().anyMatch(finding -> finding.check().passing() == Passing.NO)) {
            draft.stalled(Reasons.PREFLIGHT_FAILED, message);
        } else if (blocking.stream().anyMatch(finding -> finding.check().passing() == Passing.SOON)) {
            draft.blocked(Reasons.PREFLIGHT_FAILED, message);
        } else {
            draft.queued(Reasons.PREFLIGHT_FAILED, message);
        }
        if (hasToWaitForRoom(blocking)) {
            draft.lookAgain(draft.now.plus(ROOM_MAY_COME));
        }
        return Optional.of(facts.map(f -> again(f, draft.before.since(Reasons.PREFLIGHT_FAILED), scope))
                .orElseGet(() -> draft.decide(new Step.None())));
    }

    /** Room is made by other objects, and nobody tells. */
    private static boolean hasToWaitForRoom(List<Finding> blocking) {
        return blocking.stream().anyMatch(finding -> finding.check().passing() == Passing.LATER);
    }

    private boolean blocks(Finding finding) {
        return finding.severity() == Severity.FAIL
                && (isEnforced() || finding.check().alwaysHolds());
    }

    private void say(List<Finding> findings) {
        boolean failing = findings.stream().anyMatch(finding -> finding.severity() == Severity.FAIL);
        String message = findings.isEmpty()
                ? ALL_PASSED
                : (failing && desired.preflight() == PreflightMode.WARN ? "spec.preflight is Warn: " : "")
                        + text(findings);
        String reason = failing
                ? Reasons.PREFLIGHT_FAILED
                : findings.isEmpty() ? Reasons.SUCCEEDED : Reasons.PASSED_WITH_FINDINGS;
        Optional<String> before = remembered().map(Condition::message);
        if (findings.isEmpty() && before.isEmpty()) {
            // Nothing to say is no news; it is said together with Ready.
            return;
        }
        boolean news = before.filter(message::equals).isEmpty();
        if (news) {
            draft.announce(!findings.isEmpty(), failing ? reason : ConditionTypes.PREFLIGHT_PASSED, message);
        }
        draft.verdict(ConditionTypes.PREFLIGHT_PASSED, failing ? Status.FALSE : Status.TRUE, reason, message);
    }

    /** Checks with nothing to say did not cost a status write of their own: they are mentioned once, together with the first Ready. */
    static void sayPassed(Draft draft) {
        boolean news = draft.before
                .condition(ConditionTypes.READY)
                .filter(ready -> Status.TRUE.word().equals(ready.status()))
                .isEmpty();
        boolean said = draft.before.desiredWas(draft.desired.revision().name())
                && draft.before.condition(ConditionTypes.PREFLIGHT_PASSED).isPresent();
        if (news && !said && draft.desired.preflight() != PreflightMode.OFF) {
            draft.verdict(ConditionTypes.PREFLIGHT_PASSED, Status.TRUE, Reasons.SUCCEEDED, ALL_PASSED);
        }
    }

    private static String text(List<Finding> findings) {
        return findings.stream().map(Finding::describe).collect(Collectors.joining(" "));
    }

    /** What was said about this very revision. */
    private Optional<Condition> remembered() {
        return draft.before.desiredWas(desired.revision().name())
                ? draft.before.condition(ConditionTypes.PREFLIGHT_PASSED)
                : Optional.empty();
    }

    private Optional<Decision> scalingJudged(List<Finding> findings, Optional<Facts> facts) {
        List<Finding> blocking = findings.stream().filter(this::blocks).toList();
        if (blocking.isEmpty()) {
            return Optional.empty();
        }
        boolean limited = blocking.stream().anyMatch(finding -> finding.check().alwaysHolds());
        String reason = limited ? Reasons.LIMIT_EXCEEDED : Reasons.QUOTA_EXCEEDED;
        String message = text(blocking);
        boolean news = draft.before
                .condition(ConditionTypes.SCALING)
                .filter(said -> said.message().equals(message))
                .isEmpty();
        if (news) {
            draft.announce(true, reason, message);
        }
        draft.verdict(ConditionTypes.SCALING, Status.FALSE, reason, message);
        draft.lookAgain(draft.now.plus(ROOM_MAY_COME));
        boolean old =
                facts.filter(f -> !f.readAt().plus(LATEST).isAfter(draft.now)).isPresent();
        return Optional.of(draft.decide(old ? new Step.Inspect(Scope.QUOTAS, draft.now) : new Step.None()));
    }

    // ---- the change

    private Usage has() {
        return draft.observed
                .endpoint()
                .found()
                .map(live -> live.capacity()
                        .map(ServerlessCapacity::concurrency)
                        .map(have -> new Usage(1, have.max(), have.provisioned()))
                        .orElse(new Usage(1, 0, 0)))
                .orElse(Usage.NONE);
    }

    /** What the wanted revision takes beyond what the endpoint has. */
    private Usage adds(boolean preview) {
        Concurrency want = desired.concurrency();
        Optional<EndpointSnapshot> live = draft.observed.endpoint().found();
        Usage own = live.flatMap(EndpointSnapshot::capacity)
                .map(ServerlessCapacity::concurrency)
                .map(have -> increase(have, want))
                .orElseGet(() -> new Usage(live.isPresent() ? 0 : 1, want.max(), want.provisioned()));
        return preview ? own.plus(PREVIEW) : own;
    }

    private boolean previewStands() {
        return draft.observed.previews().get(desired.previewName()) instanceof Sighting.Present;
    }

    private Candidate candidate(Usage adds, boolean preview) {
        return new Candidate(
                desired.model(), draft.accountID(), desired.region(), desired.memorySizeInMB(), has(), adds, preview);
    }

    private boolean isOff() {
        return desired.preflight() == PreflightMode.OFF;
    }

    private boolean isEnforced() {
        return desired.preflight() != PreflightMode.OFF && desired.preflight() != PreflightMode.WARN;
    }

    private boolean isPinned() {
        return EcrReference.parse(desired.model().image())
                .flatMap(EcrReference::digest)
                .isPresent();
    }
}
