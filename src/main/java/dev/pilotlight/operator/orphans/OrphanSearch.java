package dev.pilotlight.operator.orphans;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Hosting;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.orphans.Answer;
import dev.pilotlight.domain.orphans.Census;
import dev.pilotlight.domain.orphans.Orphan;
import dev.pilotlight.domain.orphans.OrphanList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks for what carries the tags of this cluster and belongs to no ServerlessEndpoint any more, and deletes it when a person has
 * confirmed the very list. It waits between its two looks at the owners; nothing that an earlier run saw counts.
 */
public final class OrphanSearch {
    /** Every name we make has a hyphen, between namespace and name at the latest. */
    private static final String IN_EVERY_NAME = "-";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final Duration LONGEST_DELETION = Duration.ofMinutes(30);

    private final String clusterID;
    private final Set<String> namespaces;
    private final Owners owners;
    private final PatientCalls calls;
    private final Pause pause;
    private final Clock clock;
    private final Consumer<String> progress;

    /**
     * @param namespaces that are looked after; empty for all
     * @param progress takes lines for the person who waits
     */
    public OrphanSearch(
            String clusterID,
            Set<String> namespaces,
            AwsSessions sessions,
            Owners owners,
            Pause pause,
            Clock clock,
            Consumer<String> progress) {
        this.clusterID = clusterID;
        this.namespaces = Set.copyOf(namespaces);
        this.owners = owners;
        this.calls = new PatientCalls(sessions, pause, clock, clusterID);
        this.pause = pause;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * What a search came to.
     *
     * @param unread places that could not be listed, with the reason; nothing there counts as an orphan
     */
    public record Finding(OrphanList list, List<String> unread) {
        public Finding {
            unread = List.copyOf(unread);
        }
    }

    /**
     * What became of an orphan.
     *
     * @param kept why it was not deleted; empty when it was
     */
    public record Outcome(Orphan orphan, Optional<String> kept) {}

    /**
     * Searches now and again after the grace.
     *
     * @param grace between the two looks at the owners, at least {@link Census#APART}
     */
    public Finding find(List<Place> places, Duration grace) {
        if (grace.compareTo(Census.APART) < 0) {
            throw new IllegalArgumentException("the grace must be at least " + Census.APART);
        }
        Census census = new Census();
        Finding first = search(places);
        owners.ask(census, first.list().orphans(), clock);
        List<Orphan> suspects = first.list().orphans().stream()
                .filter(orphan -> census.isMissed(orphan))
                .toList();
        if (suspects.isEmpty()) {
            return new Finding(new OrphanList(List.of()), first.unread());
        }
        Instant again = clock.instant().plus(grace);
        progress.accept(suspects.size()
                + " resources name an owner that does not exist, or that was made again and does not use them; the owners are looked for again at "
                + again);
        pause.until(again);
        Finding second = search(places);
        owners.ask(census, second.list().orphans(), clock);
        List<Orphan> gone = second.list().orphans().stream()
                .filter(orphan -> census.isGone(orphan) && suspects.contains(orphan))
                .toList();
        Set<String> unread = new LinkedHashSet<>(first.unread());
        unread.addAll(second.unread());
        return new Finding(new OrphanList(gone), List.copyOf(unread));
    }

    private Finding search(List<Place> places) {
        List<Orphan> found = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (Place place : places) {
            try {
                found.addAll(tagged(place));
            } catch (AwsException e) {
                unread.add(place.location() + ": " + e.failure().describe());
            }
        }
        return new Finding(new OrphanList(found), unread);
    }

    /** Everything in a place that carries tags of this cluster and of a namespace that is looked after. */
    private List<Orphan> tagged(Place place) {
        List<Orphan> found = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Hosting.NamedResource row : read(place, hosting -> list(hosting, kind))) {
                ownership(place, row.arn())
                        .ifPresent(owner -> found.add(
                                new Orphan(place.location(), new OwnedResource(kind, row.name(), row.arn(), owner))));
            }
        }
        return found;
    }

    private static List<Hosting.NamedResource> list(Hosting hosting, Kind kind) {
        return switch (kind) {
            case ENDPOINT ->
                hosting.listEndpoints(Optional.empty()).stream()
                        .map(row -> new Hosting.NamedResource(row.name(), row.arn()))
                        .toList();
            case ENDPOINT_CONFIG -> hosting.listEndpointConfigsContaining(IN_EVERY_NAME);
            case MODEL -> hosting.listModelsContaining(IN_EVERY_NAME);
        };
    }

    private Optional<Ownership> ownership(Place place, String arn) {
        Map<String, String> tags = read(place, hosting -> hosting.listTags(arn)).orElse(Map.of());
        return Ownership.fromTags(tags)
                .filter(owner -> owner.clusterID().equals(clusterID))
                .filter(owner -> namespaces.isEmpty() || namespaces.contains(owner.namespace()));
    }

    private <T> T read(Place place, java.util.function.Function<Hosting, T> call) {
        return calls.call(place, new SessionRequest.Purpose.Inventory(), call);
    }

    // ---- deletion

    /** Deletes what was confirmed: endpoints first. Each is looked at once more, with its owner, right before. */
    public List<Outcome> delete(OrphanList confirmed, List<Place> places) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Orphan orphan : confirmed.orphans()) {
            Optional<Place> place = places.stream()
                    .filter(candidate -> candidate.location().equals(orphan.location()))
                    .findFirst();
            Optional<String> kept;
            try {
                kept = place.map(in -> delete(orphan, in))
                        .orElseGet(() -> Optional.of("no AWSIdentity leads there any more"));
            } catch (AwsException e) {
                kept = Optional.of(e.failure().describe());
            }
            outcomes.add(new Outcome(orphan, kept));
            progress.accept((kept.isEmpty() ? "deleted " : "kept ")
                    + orphan.resource().arn()
                    + kept.map(why -> ": " + why).orElse(""));
        }
        return outcomes;
    }

    private Optional<String> delete(Orphan orphan, Place place) {
        OwnedResource resource = orphan.resource();
        if (owners.ask(orphan.owner()).about(resource) != Answer.ABSENT) {
            return Optional.of("its owner " + orphan.owner() + " is there again, or cannot be looked for");
        }
        if (resource.kind() == Kind.ENDPOINT) {
            waitWhileMoving(place, resource.name());
        }
        if (ownership(place, resource.arn()).filter(resource.owner()::sameLife).isEmpty()) {
            return Optional.of("it is gone or carries other tags now");
        }
        SessionRequest.Purpose tenant =
                new SessionRequest.Purpose.Tenant(resource.owner().namespace());
        calls.call(place, tenant, hosting -> switch (resource.kind()) {
            case ENDPOINT -> hosting.deleteEndpoint(resource.name());
            case ENDPOINT_CONFIG -> hosting.deleteEndpointConfig(resource.name());
            case MODEL -> hosting.deleteModel(resource.name());
        });
        if (resource.kind() == Kind.ENDPOINT) {
            waitWhileMoving(place, resource.name());
        }
        return Optional.empty();
    }

    /** SageMaker deletes no endpoint that it is changing, and the config of one that it is deleting is still in use. */
    private void waitWhileMoving(Place place, String name) {
        Instant limit = clock.instant().plus(LONGEST_DELETION);
        while (clock.instant().isBefore(limit)
                && read(place, hosting -> hosting.describeEndpoint(name))
                        .map(EndpointSnapshot::status)
                        .filter(status -> status.isMoving())
                        .isPresent()) {
            pause.until(clock.instant().plus(BETWEEN_LOOKS));
        }
    }
}
