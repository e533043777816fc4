package dev.pilotlight.inventory;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.Priority;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.EndpointSummary;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at AWS, notes what it sees on the {@link Shelf}, and tells who listens. Runs on its caller's thread. */
final class Lookout {

    private static final System.Logger LOG = System.getLogger(Lookout.class.getName());

    private final Reader reader;
    private final Clock clock;
    private final List<InventoryListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<Location, CompletableFuture<List<String>>> sweeps = new ConcurrentHashMap<>();

    Lookout(Reader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    void subscribe(InventoryListener listener) {
        listeners.add(listener);
    }

    private void tell(Shelf shelf, List<String> names) {
        for (String name : names) {
            for (InventoryListener listener : listeners) {
                listener.moved(shelf.location(), name);
            }
        }
    }

    /**
     * One full ListEndpoints; callers that come while it runs share it.
     *
     * @return names that the listing leaves out though they were there: to be confirmed before anybody is told
     */
    List<String> sweep(Shelf shelf, Priority priority) {
        CompletableFuture<List<String>> mine = new CompletableFuture<>();
        CompletableFuture<List<String>> running = sweeps.putIfAbsent(shelf.location(), mine);
        if (running != null) {
            await(running);
            return List.of();
        }
        Shelf.News news;
        try {
            long since = shelf.tick();
            Instant begun = clock.instant();
            news = shelf.swept(reader.endpoints(shelf, priority, Optional.empty()), since, begun);
            mine.complete(news.missing());
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            sweeps.remove(shelf.location(), mine);
        }
        tell(shelf, news.moved());
        return news.missing();
    }

    private static void await(CompletableFuture<List<String>> running) {
        try {
            running.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AwsException failed) {
                throw new AwsException(failed.failure(), failed.retryAt(), failed);
            }
            throw e;
        }
    }

    /** Describes names that a listing left out and tells of those that are gone. */
    void confirmMissing(Shelf shelf, List<String> names) {
        for (String name : names) {
            try {
                if (look(shelf, name, Priority.DRIFT) instanceof Sighting.Absent) {
                    tell(shelf, List.of(name));
                }
            } catch (AwsException e) {
                // Still counts as present; the next sweep misses it again.
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "cannot confirm that endpoint {0} is gone: {1}",
                        name,
                        e.getMessage());
            }
        }
    }

    /** Describes an endpoint, and reads its tags unless those of this very endpoint are known. */
    Sighting<EndpointSnapshot> look(Shelf shelf, String name, Priority priority) {
        return look(shelf, name, priority, false);
    }

    /** Describes an endpoint and reads its tags, known or not. */
    Sighting<EndpointSnapshot> inspectEndpoint(Shelf shelf, String name, Priority priority) {
        return look(shelf, name, priority, true);
    }

    private Sighting<EndpointSnapshot> look(Shelf shelf, String name, Priority priority, boolean tags) {
        long since = shelf.tick();
        Optional<EndpointSnapshot> answer = reader.endpoint(shelf, priority, name);
        Optional<TagRead> read = answer.filter(seen -> tags || !shelf.tagsKnown(seen))
                .map(seen -> new TagRead(reader.tags(shelf, priority, seen.arn())));
        return shelf.described(name, answer, read, since, clock.instant())
                .orElseGet(() -> seenBesideOurOwnAct(answer, read));
    }

    /** Our own act overtook the look and nothing is known after it: what was seen is the best there is. */
    private static Sighting<EndpointSnapshot> seenBesideOurOwnAct(
            Optional<EndpointSnapshot> answer, Optional<TagRead> read) {
        return answer.<Sighting<EndpointSnapshot>>map(seen ->
                        new Sighting.Present<>(seen, read.map(TagRead::tags).orElse(Map.of())))
                .orElseGet(Sighting.Absent::new);
    }

    Sighting<EndpointConfigSnapshot> inspectConfig(Shelf shelf, String name, Priority priority) {
        Optional<EndpointConfigSnapshot> answer = reader.endpointConfig(shelf, priority, name);
        return shelf.configs()
                .seen(name, sighting(shelf, priority, answer, EndpointConfigSnapshot::arn), clock.instant());
    }

    Sighting<ModelSnapshot> inspectModel(Shelf shelf, String name, Priority priority) {
        Optional<ModelSnapshot> answer = reader.model(shelf, priority, name);
        return shelf.models().seen(name, sighting(shelf, priority, answer, ModelSnapshot::arn), clock.instant());
    }

    private <T> Sighting<T> sighting(Shelf shelf, Priority priority, Optional<T> answer, Function<T, String> arn) {
        return answer.<Sighting<T>>map(
                        seen -> new Sighting.Present<>(seen, reader.tags(shelf, priority, arn.apply(seen))))
                .orElseGet(Sighting.Absent::new);
    }

    /**
     * The slow tier's look at one endpoint, its config and its model. A change of the endpoint itself is the fast tier's to find, and
     * the other two cannot change, only go or be made anew; either takes our tags away. So three ListTags do, and what
     * does not carry the tags it should is described. Of an endpoint that nobody watches only its capacity and its owner count.
     */
    void audit(Shelf shelf, String name) {
        Optional<EndpointSummary> strangers = shelf.strangersRow(name);
        if (strangers.isPresent()) {
            shelf.lookedAt(
                    strangers.get(),
                    reader.endpoint(shelf, Priority.DRIFT, name)
                            .map(seen -> new Sighting.Present<>(seen, reader.tags(shelf, Priority.DRIFT, seen.arn()))));
            return;
        }
        Sighting<EndpointSnapshot> endpoint = shelf.sighting(name)
                .filter(Sighting.Present.class::isInstance)
                .orElseGet(() -> look(shelf, name, Priority.DRIFT));
        Sighting<EndpointSnapshot> audited =
                audited(shelf, endpoint, EndpointSnapshot::arn, () -> look(shelf, name, Priority.DRIFT, true));
        boolean drifted = !audited.equals(endpoint);
        if (audited instanceof Sighting.Present<EndpointSnapshot>(EndpointSnapshot seen, Map<String, String> tags)
                && !seen.configName().isEmpty()) {
            drifted |= auditConfig(shelf, seen.configName());
        }
        if (drifted) {
            tell(shelf, List.of(name));
        }
    }

    private boolean auditConfig(Shelf shelf, String name) {
        Sighting<EndpointConfigSnapshot> known = shelf.configs().sighting(name);
        Sighting<EndpointConfigSnapshot> audited =
                audited(shelf, known, EndpointConfigSnapshot::arn, () -> inspectConfig(shelf, name, Priority.DRIFT));
        boolean drifted = drifted(known, audited);
        if (audited
                instanceof
                Sighting.Present<EndpointConfigSnapshot>(EndpointConfigSnapshot seen, Map<String, String> tags)) {
            for (EndpointConfigSnapshot.Variant variant : seen.variants()) {
                drifted |= auditModel(shelf, variant.modelName());
            }
        }
        return drifted;
    }

    private boolean auditModel(Shelf shelf, String name) {
        Sighting<ModelSnapshot> known = shelf.models().sighting(name);
        Sighting<ModelSnapshot> audited =
                audited(shelf, known, ModelSnapshot::arn, () -> inspectModel(shelf, name, Priority.DRIFT));
        return drifted(known, audited);
    }

    private <T> Sighting<T> audited(
            Shelf shelf, Sighting<T> known, Function<T, String> arn, Supplier<Sighting<T>> inspection) {
        boolean asTagged = known instanceof Sighting.Present<T>(T resource, Map<String, String> tags)
                && Ownership.fromTags(tags).isPresent()
                && reader.tags(shelf, Priority.DRIFT, arn.apply(resource)).equals(tags);
        return asTagged ? known : inspection.get();
    }

    /** What nobody had seen cannot have drifted, unless it is not there, or without the tags of any owner. */
    private static <T> boolean drifted(Sighting<T> known, Sighting<T> audited) {
        if (known instanceof Sighting.Unseen) {
            return audited instanceof Sighting.Absent
                    || (audited instanceof Sighting.Present<T> present
                            && Ownership.fromTags(present.tags()).isEmpty());
        }
        return !known.equals(audited);
    }

    /** Asks once for every state that a followed endpoint is in, and tells of those that left it. */
    void follow(Shelf shelf) {
        tell(shelf, shelf.strays(clock.instant()));
        for (Map.Entry<EndpointStatus, List<String>> flight : shelf.inFlight().entrySet()) {
            if (flight.getValue().size() > 1
                    || !followAlone(shelf, flight.getValue().getFirst())) {
                long since = shelf.tick();
                List<EndpointSummary> rows = reader.endpoints(shelf, Priority.CHANGE, Optional.of(flight.getKey()));
                tell(shelf, shelf.stillIn(flight.getKey(), rows, since, clock.instant()));
            }
        }
    }

    /**
     * For one endpoint a Describe costs no more than a listing, and it spares the Describe that would come after it.
     *
     * @return false when AWS does not allow it: that is for the object to hear, which asks itself once a listing says that the state is over
     */
    private boolean followAlone(Shelf shelf, String name) {
        Optional<Sighting<EndpointSnapshot>> before = shelf.sighting(name);
        Sighting<EndpointSnapshot> after;
        try {
            after = look(shelf, name, Priority.CHANGE);
        } catch (AwsException e) {
            if (e.kind() != FailureKind.DENIED) {
                throw e;
            }
            return false;
        }
        boolean goesOn = before.isPresent()
                && before.get() instanceof Sighting.Present<EndpointSnapshot> known
                && after instanceof Sighting.Present<EndpointSnapshot> seen
                && known.resource().status() == seen.resource().status()
                && known.tags().equals(seen.tags());
        if (!goesOn) {
            tell(shelf, List.of(name));
        }
        return true;
    }

    /** What is named {@code stem...} and carries our tags now, and what we made so lately that no list may have it. */
    List<OwnedResource> owned(Shelf shelf, String stem) {
        String prefix = Shelf.key(stem);
        Map<String, OwnedResource> found = new ConcurrentHashMap<>();
        for (OwnedResource made : shelf.recent(clock.instant())) {
            if (Shelf.key(made.name()).startsWith(prefix)) {
                found.put(id(made.kind(), made.name()), made);
            }
        }
        List<OwnedResource> resources = new ArrayList<>();
        Set<String> read = new HashSet<>();
        for (Kind kind : Kind.values()) {
            reader.containing(shelf, kind, stem).stream()
                    .filter(row -> Shelf.key(row.name()).startsWith(prefix))
                    .forEach(row -> {
                        found.remove(id(kind, row.name()));
                        Map<String, String> tags = read.isEmpty()
                                ? reader.tags(shelf, Priority.DELETE, row.arn())
                                : reader.furtherTags(shelf, Priority.DELETE, row.arn());
                        read.add(row.arn());
                        Ownership.fromTags(tags)
                                .ifPresent(
                                        owner -> resources.add(new OwnedResource(kind, row.name(), row.arn(), owner)));
                    });
        }
        resources.addAll(found.values());
        return List.copyOf(resources);
    }

    private static String id(Kind kind, String name) {
        return kind + "/" + Shelf.key(name);
    }
}
