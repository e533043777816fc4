package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.AdoptionStatus;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.RevisionState;
import dev.pilotlight.domain.adoption.Adoptee;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.preflight.ImageFacts;
import dev.pilotlight.domain.preflight.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Taking over an endpoint that somebody else made. Two looks at everything say the same before it is tagged; the tags are all that is
 * changed, and from then on it is an endpoint like any other, whose first revision has names that we did not choose. Model and config it
 * came with are never tagged, changed or deleted.
 */
final class Adoption {
    private static final Duration AWS_COMES_BACK = Duration.ofSeconds(30);

    private final Draft draft;
    private final Desired desired;
    private final EndpointSnapshot live;
    private final Map<String, String> tags;
    private final Optional<Ownership> owner;

    Adoption(Draft draft, Sighting.Present<EndpointSnapshot> present) {
        this.draft = draft;
        this.desired = draft.desired;
        this.live = present.resource();
        this.tags = present.tags();
        this.owner = present.owner();
    }

    // ---- it is nobody's yet

    boolean isWanted() {
        return desired.adopts() && owner.isEmpty() && !draft.before.is(live);
    }

    Decision takeOver() {
        draft.adoption(null);
        Optional<String> refusal = draft.observed.standing() instanceof Standing.Granted granted
                ? granted.adoptionRefusal()
                : Optional.of("the identity was not asked");
        if (refusal.isPresent()) {
            return stalled(Reasons.ADOPTION_NOT_ALLOWED, refusal.get());
        }
        if (live.status() == EndpointStatus.DELETING) {
            draft.working(
                    Reasons.WAITING_FOR_ENDPOINT,
                    "endpoint " + live.name()
                            + " is being deleted by somebody else and cannot be adopted; it is made anew afterwards");
            return draft.decide(new Step.None());
        }
        draft.working(Reasons.ADOPTING, "looking at endpoint " + live.name() + " before it is adopted");
        if (configSeen() instanceof Sighting.Unseen || modelSeen() instanceof Sighting.Unseen) {
            return draft.decide(new Step.None());
        }
        Optional<String> obstacle = adoptee().obstacle(desired.owner().clusterID());
        if (obstacle.isPresent()) {
            return stalled(Reasons.NOT_ADOPTABLE, obstacle.get());
        }
        Optional<Decision> image = imageFirst();
        if (image.isPresent()) {
            return image.get();
        }
        boolean secondLook = draft.before.progressIs(Reasons.ADOPTING)
                && draft.remembered.accountID() != null
                && Objects.equals(draft.remembered.observedGeneration(), desired.generation());
        if (live.status().isMoving() || !secondLook) {
            return draft.decide(new Step.None());
        }
        List<String> differences = differences();
        draft.announce(
                false,
                Reasons.ADOPTED,
                "adopted endpoint " + live.name() + " with endpoint config " + live.configName()
                        + (differences.isEmpty()
                                ? ", which is what the spec asks for: nothing that serves was changed"
                                : "; " + String.join(", ", differences) + " differ and are rolled out next"));
        return draft.decide(new Step.AddTags(Kind.ENDPOINT, live.name(), live.arn(), adoptedTags()));
    }

    private Decision stalled(String reason, String message) {
        draft.stalled(reason, message);
        return draft.decide(new Step.None());
    }

    // ---- it is ours

    /** What the endpoint is tagged with: that it was adopted, too, so that this is known even without the status. */
    Map<String, String> endpointTags() {
        return wasAdopted() ? adoptedTags() : desired.withUserTags(desired.owner());
    }

    private Map<String, String> adoptedTags() {
        return desired.withUserTags(desired.owner(), Map.of(Ownership.ADOPTED, "true"));
    }

    /** For the condition: where it came from, and what becomes of it. */
    static String describe(AdoptionStatus adoption, Desired desired) {
        String end = desired.deletionPolicy()
                .map(policy -> "spec.deletionPolicy decides what becomes of it when this object is deleted")
                .orElse("spec.deletionPolicy is not set, so it serves on when this object is deleted");
        return "endpoint " + desired.endpointName() + " was made outside of Pilotlight with endpoint config "
                + adoption.endpointConfigName() + " and adopted at " + adoption.time() + "; " + end;
    }

    boolean wasAdopted() {
        return Ownership.isAdopted(tags)
                || draft.adoption().filter(this::isOfThisEndpoint).isPresent();
    }

    private boolean isOfThisEndpoint(AdoptionStatus adoption) {
        return creationTime().equals(adoption.creationTime());
    }

    private String creationTime() {
        return live.creationTime().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Writes down where an adopted endpoint came from, once; after that the status knows. What has to be read first is the answer. */
    Optional<Decision> recognise() {
        if (!wasAdopted()) {
            draft.adoption(null);
            return Optional.empty();
        }
        if (draft.adoption().filter(this::isOfThisEndpoint).isPresent()) {
            return Optional.empty();
        }
        // The live variant's name is known from the first config that is made on.
        draft.facts(live);
        boolean foreign = configSeen() instanceof Sighting.Present<EndpointConfigSnapshot> config
                && !draft.claims.isOurs(config, desired.owner());
        boolean whole = foreign
                && modelSeen() instanceof Sighting.Present
                && adoptee().obstacle(desired.owner().clusterID()).isEmpty();
        if (whole) {
            draft.working(Reasons.ADOPTING, "looking at what endpoint " + live.name() + " was adopted with");
            Optional<Decision> image = imageFirst();
            if (image.isPresent()) {
                return image;
            }
        }
        List<String> differences = whole ? differences() : List.of();
        draft.adoption(new AdoptionStatus(
                draft.now.truncatedTo(ChronoUnit.SECONDS).toString(),
                creationTime(),
                live.configName(),
                modelName().orElse(null),
                differences));
        if (whole) {
            cameWith(
                    differences.isEmpty()
                            ? desired.revision().name()
                            : adoptee().revision().name());
        }
        return Optional.empty();
    }

    /** It served before we came, so the revision counts as proven. */
    private void cameWith(String revision) {
        List<RevisionRecord> records = new ArrayList<>();
        records.add(new RevisionRecord(
                revision,
                modelName().orElseThrow(),
                live.configName(),
                List.of(),
                null,
                RevisionState.DEPLOYED,
                Reasons.ADOPTED,
                "came with the adopted endpoint",
                true));
        draft.revisions().stream()
                .filter(record -> !record.name().equals(revision))
                .forEach(records::add);
        draft.revisions(records);
        draft.deployed(revision);
    }

    // ---- what it is

    private Adoptee adoptee() {
        return new Adoptee(live, tags, configSeen().found(), modelSeen().found());
    }

    private List<String> differences() {
        Optional<String> resolved = image().flatMap(Reading::seen).map(ImageFacts::reference);
        return adoptee().differences(desired.model(), desired.memorySizeInMB(), resolved);
    }

    private Optional<Reading<ImageFacts>> image() {
        return draft.observed.inspection().facts().flatMap(Facts::image);
    }

    /** A tag and a digest can mean the same: whether they do has to be read. */
    private Optional<Decision> imageFirst() {
        String wanted = desired.model().image();
        boolean asWritten = modelSeen()
                .found()
                .filter(model -> model.image().equals(wanted))
                .isPresent();
        if (asWritten || wanted.contains("@")) {
            return Optional.empty();
        }
        if (image().isEmpty()) {
            return Optional.of(draft.decide(new Step.Inspect(Facts.Scope.IMAGE, draft.now)));
        }
        return image().flatMap(Reading::unavailable).map(away -> {
            Facts facts = draft.observed.inspection().facts().orElseThrow();
            Instant again = facts.readAt().plus(AWS_COMES_BACK);
            draft.lookAgain(again);
            return draft.decide(
                    draft.now.isBefore(again) ? new Step.None() : new Step.Inspect(Facts.Scope.IMAGE, again));
        });
    }

    private Sighting<EndpointConfigSnapshot> configSeen() {
        return draft.observed.config(live.configName());
    }

    private Optional<String> modelName() {
        return configSeen()
                .found()
                .flatMap(config -> config.variants().stream().findFirst())
                .map(EndpointConfigSnapshot.Variant::modelName);
    }

    /** A config that is gone, or has no variant, names no model to look for. */
    private Sighting<ModelSnapshot> modelSeen() {
        return modelName().map(draft.observed::model).orElseGet(Sighting.Absent::new);
    }
}
