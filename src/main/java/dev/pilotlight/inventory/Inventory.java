package dev.pilotlight.inventory;

import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Priority;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.Sighting;
import dev.pilotlight.domain.time.Scheduler;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * What AWS has now, per account and Region. Reconcilers ask here instead of describing, tell what they did themselves, and are told
 * by {@link InventoryListener} when something moved.
 *
 * <p>Frugal by construction: one ListEndpoints answers for every endpoint of a location; a Describe is made only for what is new or
 * changed; tags are read once in an endpoint's life, and never of what we made ourselves since the start. AWS reads are eventually
 * consistent: for {@link InventorySettings#settlePeriod()} an answer that only lacks our own last act is taken as late, not as a
 * change.
 *
 * <p>Methods that may call AWS throw {@link dev.pilotlight.aws.AwsException} and make at most a handful of calls; all are safe to
 * call from any thread.
 */
public final class Inventory {

    private final Scheduler scheduler;
    private final InventorySettings settings;
    private final Reader reader;
    private final Lookout lookout;
    private final Executor executor;
    private final Map<Location, Place> places = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private boolean started;

    private record Place(Shelf shelf, Poller poller) {}

    public Inventory(AwsSessions sessions, Scheduler scheduler, InventorySettings settings) {
        // Virtual threads: at most four rounds a location, and nothing that has to be shut down.
        this(
                sessions,
                scheduler,
                settings,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("inventory-", 0).factory()));
    }

    /**
     * @param executor runs the poller's AWS calls; a test that wants them on the thread that turns the clock hands in
     *     {@code Runnable::run}
     */
    public Inventory(AwsSessions sessions, Scheduler scheduler, InventorySettings settings, Executor executor) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.executor = executor;
        this.reader = new Reader(sessions);
        this.lookout = new Lookout(reader, scheduler.clock());
    }

    /** Starts polling; only the leader does. On-demand looks work without. */
    public synchronized void start() {
        started = true;
        places.values().stream()
                .filter(place -> !place.shelf().candidates().isEmpty())
                .forEach(place -> place.poller().start());
    }

    /** Stops polling; rounds under way end by themselves. */
    public synchronized void stop() {
        started = false;
        places.values().forEach(place -> place.poller().stop());
    }

    /** Whether no round of the poller is under way. */
    public boolean idle() {
        return busy.get() == 0;
    }

    /**
     * Whose sessions may read a location, in order of preference; when one is denied the next is tried, and one that was allowed is
     * asked first from then on. An empty list stops the polling of the location.
     *
     * @param candidates requests of purpose {@link SessionRequest.Purpose.Inventory}
     */
    public synchronized void identities(Location location, List<SessionRequest> candidates) {
        Place place = place(location);
        place.shelf().candidates(candidates);
        if (candidates.isEmpty()) {
            place.poller().stop();
        } else if (started) {
            place.poller().start();
        }
    }

    /** Registers an endpoint name that belongs to an object: the slow tier looks after it, and its absence is worth a Describe. */
    public void watch(Location location, String endpointName) {
        Place place = place(location);
        if (place.shelf().watch(endpointName)) {
            place.poller().wakeSlow();
        }
    }

    public void unwatch(Location location, String endpointName) {
        place(location).shelf().unwatch(endpointName);
    }

    public void subscribe(InventoryListener listener) {
        lookout.subscribe(listener);
    }

    /**
     * The endpoint as last seen; names match without regard to case. Never {@link Sighting.Unseen}. Calls AWS where no listing of the
     * location is fresh (one ListEndpoints for all who ask), where the endpoint was not described yet, or where it changed.
     */
    public Sighting<EndpointSnapshot> endpoint(Location location, String name) {
        Place place = place(location);
        Shelf shelf = place.shelf();
        if (!shelf.freshAt(now(), settings.freshFor())) {
            List<String> missing = lookout.sweep(shelf, Priority.CHANGE);
            if (!missing.isEmpty()) {
                place.poller().later(() -> lookout.confirmMissing(shelf, missing));
            }
        }
        return shelf.sighting(name).orElseGet(() -> look(place, name));
    }

    /** The endpoint as a Describe shows it now: the only ground on which to act on an absence. */
    public Sighting<EndpointSnapshot> confirmEndpoint(Location location, String name) {
        return look(place(location), name);
    }

    /** Describes the endpoint and reads its tags now, whatever is known of them. */
    public Sighting<EndpointSnapshot> inspectEndpoint(Location location, String name) {
        Place place = place(location);
        try {
            return lookout.inspectEndpoint(place.shelf(), name, Priority.CHANGE);
        } finally {
            place.poller().wakeFollow();
        }
    }

    private Sighting<EndpointSnapshot> look(Place place, String name) {
        try {
            return lookout.look(place.shelf(), name, Priority.CHANGE);
        } finally {
            place.poller().wakeFollow();
        }
    }

    /** The endpoint config as last seen; AWS is asked only when that is in doubt. */
    public Sighting<EndpointConfigSnapshot> endpointConfig(Location location, String name) {
        Book<EndpointConfigSnapshot> book = place(location).shelf().configs();
        return book.inDoubt(name) ? inspectEndpointConfig(location, name) : book.sighting(name);
    }

    /** The model as last seen; AWS is asked only when that is in doubt. */
    public Sighting<ModelSnapshot> model(Location location, String name) {
        Book<ModelSnapshot> book = place(location).shelf().models();
        return book.inDoubt(name) ? inspectModel(location, name) : book.sighting(name);
    }

    /** Describes the endpoint config and reads its tags now. */
    public Sighting<EndpointConfigSnapshot> inspectEndpointConfig(Location location, String name) {
        return lookout.inspectConfig(place(location).shelf(), name, Priority.CHANGE);
    }

    /** Describes the model and reads its tags now. */
    public Sighting<ModelSnapshot> inspectModel(Location location, String name) {
        return lookout.inspectModel(place(location).shelf(), name, Priority.CHANGE);
    }

    /** We created an endpoint; what AWS will say of it is known but for its times. */
    public void created(Location location, EndpointSnapshot endpoint, Map<String, String> tags) {
        Place place = place(location);
        recent(place, Kind.ENDPOINT, endpoint.name(), endpoint.arn(), tags);
        place.shelf().created(endpoint, tags, now());
        place.poller().wakeFollow();
    }

    /** We created an endpoint config and know what is in it. */
    public void created(Location location, EndpointConfigSnapshot config, Map<String, String> tags) {
        Place place = place(location);
        recent(place, Kind.ENDPOINT_CONFIG, config.name(), config.arn(), tags);
        place.shelf().configs().created(config.name(), new Sighting.Present<>(config, tags), settled());
    }

    /** We created a model and know what is in it. */
    public void created(Location location, ModelSnapshot model, Map<String, String> tags) {
        Place place = place(location);
        recent(place, Kind.MODEL, model.name(), model.arn(), tags);
        place.shelf().models().created(model.name(), new Sighting.Present<>(model, tags), settled());
    }

    private void recent(Place place, Kind kind, String name, String arn, Map<String, String> tags) {
        Ownership.fromTags(tags)
                .ifPresent(owner -> place.shelf().recent(new OwnedResource(kind, name, arn, owner), now()));
    }

    /**
     * We set an endpoint in motion (UpdateEndpoint, UpdateEndpointWeightsAndCapacities): it counts as Updating and is followed. Not for
     * tags, see {@link #tagged}. A config or model is forgotten.
     */
    public void changed(Location location, Kind kind, String name) {
        Place place = place(location);
        switch (kind) {
            case ENDPOINT -> {
                place.shelf().moving(name, EndpointStatus.UPDATING, now());
                place.poller().wakeFollow();
            }
            case ENDPOINT_CONFIG -> place.shelf().configs().forget(name);
            case MODEL -> place.shelf().models().forget(name);
        }
    }

    /** A call on the resource failed, so what is known of it may be untrue: the next look asks AWS, tags included. */
    public void doubt(Location location, Kind kind, String name) {
        Shelf shelf = place(location).shelf();
        switch (kind) {
            case ENDPOINT -> shelf.doubt(name);
            case ENDPOINT_CONFIG -> shelf.configs().doubt(name);
            case MODEL -> shelf.models().doubt(name);
        }
    }

    /** We added tags to a resource, or changed their values. */
    public void tagged(Location location, Kind kind, String name, Map<String, String> added) {
        retag(location, kind, name, tags -> {
            Map<String, String> all = new HashMap<>(tags);
            all.putAll(added);
            return all;
        });
    }

    /** We took tags off a resource. */
    public void untagged(Location location, Kind kind, String name, Set<String> removed) {
        retag(location, kind, name, tags -> {
            Map<String, String> rest = new HashMap<>(tags);
            rest.keySet().removeAll(removed);
            return rest;
        });
    }

    private void retag(Location location, Kind kind, String name, UnaryOperator<Map<String, String>> change) {
        Shelf shelf = place(location).shelf();
        switch (kind) {
            case ENDPOINT -> shelf.retagged(name, change);
            case ENDPOINT_CONFIG -> retag(shelf.configs(), name, change);
            case MODEL -> retag(shelf.models(), name, change);
        }
    }

    private static <T> void retag(Book<T> book, String name, UnaryOperator<Map<String, String>> change) {
        if (book.sighting(name) instanceof Sighting.Present<T>(T resource, Map<String, String> before)) {
            book.put(name, new Sighting.Present<>(resource, change.apply(before)));
        }
    }

    /** We deleted a resource. An endpoint counts as Deleting and is followed until AWS has it no more; the others are gone at once. */
    public void deleted(Location location, Kind kind, String name) {
        Place place = place(location);
        place.shelf().noLongerRecent(kind, name);
        switch (kind) {
            case ENDPOINT -> {
                place.shelf().moving(name, EndpointStatus.DELETING, now());
                place.poller().wakeFollow();
            }
            case ENDPOINT_CONFIG -> place.shelf().configs().put(name, new Sighting.Absent<>());
            case MODEL -> place.shelf().models().put(name, new Sighting.Absent<>());
        }
    }

    /**
     * What was verified in an earlier life of the operator: as long as a listing shows the same status, CreationTime and
     * LastModifiedTime, the endpoint need not be described again. Ignored once it was seen in this life.
     */
    public void verified(Location location, EndpointSnapshot known, Map<String, String> tags) {
        place(location).shelf().verified(known, tags);
    }

    /**
     * Everything whose name starts with {@code stem} and that carries our tags: three listings and one ListTags for each resource. Holds also what we created within the settle period and no listing may show yet.
     */
    public List<OwnedResource> findOwned(Location location, String stem) {
        return lookout.owned(place(location).shelf(), stem);
    }

    /** The endpoints of a location that nobody watches, from the last listing. */
    public List<Stranger> strangers(Location location) {
        return place(location).shelf().strangers();
    }

    /** Whether the endpoints of a location were listed since the start. */
    public boolean listed(Location location) {
        return place(location).shelf().lastSweep().isPresent();
    }

    public InventoryStats stats() {
        Map<Location, InventoryStats.OfLocation> locations = new HashMap<>();
        places.forEach((location, place) -> locations.put(
                location,
                new InventoryStats.OfLocation(
                        place.shelf().lastSweep(),
                        place.shelf().watched().size(),
                        place.shelf().following())));
        return new InventoryStats(reader.lists(), reader.describes(), reader.tagReads(), locations);
    }

    private Place place(Location location) {
        return places.computeIfAbsent(location, key -> {
            Shelf shelf = new Shelf(key, settings);
            return new Place(shelf, new Poller(shelf, lookout, scheduler, settings, executor, busy));
        });
    }

    private Instant now() {
        return scheduler.clock().instant();
    }

    private Instant settled() {
        return now().plus(settings.settlePeriod());
    }
}
