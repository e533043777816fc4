package dev.pilotlight.inventory;

import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.EndpointSummary;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The endpoints of one account and Region as last seen. Thread-safe, never blocks: AWS is called outside. Every read of AWS begins
 * with a {@link #tick()}, so that an answer that is older than an act of our own does not undo what we know of it.
 */
final class Shelf {

    private final Location location;
    private final Duration settle;
    private final Map<String, EndpointEntry> endpoints = new HashMap<>();
    private final Map<String, String> watched = new LinkedHashMap<>();
    private final Followed followed;
    private final Strangers strangers = new Strangers();
    private final Set<String> doubted = new HashSet<>();
    private final Map<OwnedResource, Instant> recent = new LinkedHashMap<>();
    private final Book<EndpointConfigSnapshot> configs = new Book<>();
    private final Book<ModelSnapshot> models = new Book<>();
    private List<SessionRequest> given = List.of();
    private List<SessionRequest> candidates = List.of();
    private Optional<Instant> lastSweep = Optional.empty();
    private long tick;

    Shelf(Location location, InventorySettings settings) {
        this.location = location;
        this.settle = settings.settlePeriod();
        this.followed = new Followed(settings.followPeriod());
    }

    /** What a listing told: names that changed, and names that it leaves out and that a Describe has to confirm. */
    record News(List<String> moved, List<String> missing) {}

    Location location() {
        return location;
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    synchronized long tick() {
        return ++tick;
    }

    synchronized List<SessionRequest> candidates() {
        return candidates;
    }

    /** Sets the candidates; being told the same again keeps the order that was learnt. */
    synchronized void candidates(List<SessionRequest> inOrder) {
        if (!given.equals(inOrder)) {
            given = List.copyOf(inOrder);
            candidates = given;
        }
    }

    /** Puts the one that was allowed first, so that a denied one is not asked before each call. */
    synchronized void prefer(SessionRequest allowed) {
        if (candidates.contains(allowed) && !candidates.getFirst().equals(allowed)) {
            List<SessionRequest> order = new ArrayList<>(candidates);
            order.remove(allowed);
            order.addFirst(allowed);
            candidates = List.copyOf(order);
        }
    }

    synchronized Optional<Instant> lastSweep() {
        return lastSweep;
    }

    synchronized boolean freshAt(Instant now, Duration freshFor) {
        return lastSweep.filter(swept -> now.isBefore(swept.plus(freshFor))).isPresent();
    }

    synchronized Optional<Sighting<EndpointSnapshot>> sighting(String name) {
        EndpointEntry entry = endpoints.get(key(name));
        if (doubted.contains(key(name))) {
            return Optional.empty();
        }
        return entry == null ? Optional.of(new Sighting.Absent<>()) : entry.sighting();
    }

    synchronized boolean tagsKnown(EndpointSnapshot seen) {
        EndpointEntry entry = endpoints.get(key(seen.name()));
        return entry != null && entry.tagsKnown(seen);
    }

    synchronized void created(EndpointSnapshot provisional, Map<String, String> tags, Instant now) {
        entry(provisional.name()).created(provisional, tags, tick(), now.plus(settle));
        followed.begin(key(provisional.name()), Optional.of(provisional.status()), now);
    }

    synchronized void moving(String name, EndpointStatus status, Instant now) {
        entry(name).moving(status, tick(), now.plus(settle));
        followed.begin(key(name), Optional.of(status), now);
    }

    synchronized void retagged(String name, UnaryOperator<Map<String, String>> change) {
        entry(name).retagged(change, tick());
    }

    synchronized void doubt(String name) {
        doubted.add(key(name));
        EndpointEntry entry = endpoints.get(key(name));
        if (entry != null) {
            entry.doubt();
        }
    }

    synchronized void verified(EndpointSnapshot known, Map<String, String> tags) {
        entry(known.name()).verified(known, tags);
    }

    /** Remembers for a while what we created, since a listing may not have it yet. */
    synchronized void recent(OwnedResource resource, Instant now) {
        recent.values().removeIf(until -> !now.isBefore(until));
        recent.put(resource, now.plus(settle));
    }

    synchronized void noLongerRecent(Kind kind, String name) {
        recent.keySet()
                .removeIf(resource ->
                        resource.kind() == kind && key(resource.name()).equals(key(name)));
    }

    synchronized List<OwnedResource> recent(Instant now) {
        recent.values().removeIf(until -> !now.isBefore(until));
        return List.copyOf(recent.keySet());
    }

    /** Takes a full listing that began at {@code begun} on the clock and at {@code since} in our own order of things. */
    synchronized News swept(List<EndpointSummary> rows, long since, Instant begun) {
        boolean first = lastSweep.isEmpty();
        lastSweep = Optional.of(begun);
        List<String> moved = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (EndpointSummary row : rows) {
            seen.add(key(row.name()));
            EndpointEntry entry = entry(row.name());
            if (!entry.touchedSince(since) && entry.listed(row) && !first) {
                moved.add(entry.name());
            }
            if (row.status().isMoving() && interesting(row.name())) {
                followed.seen(
                        key(row.name()), row.status(), began(row.status(), row.creationTime(), row.lastModifiedTime()));
            }
        }
        List<String> missing = new ArrayList<>();
        endpoints.entrySet().removeIf(known -> {
            EndpointEntry entry = known.getValue();
            if (!entry.present()
                    || seen.contains(known.getKey())
                    || entry.touchedSince(since)
                    || entry.maySettle(begun)) {
                return false;
            }
            if (interesting(entry.name())) {
                missing.add(entry.name());
                return false;
            }
            return true;
        });
        strangers.keepOnly(endpoints.keySet());
        return new News(moved, missing);
    }

    /** Takes the answer of a Describe; {@code tags} is empty when they were not read. */
    synchronized Optional<Sighting<EndpointSnapshot>> described(
            String name, Optional<EndpointSnapshot> answer, Optional<TagRead> tags, long since, Instant now) {
        EndpointEntry entry = entry(name);
        doubted.remove(key(name));
        if (!entry.touchedSince(since)) {
            entry.described(answer, tags, now);
        }
        Optional<EndpointStatus> status = entry.present() ? entry.status() : Optional.empty();
        if (status.filter(EndpointStatus::isMoving).isPresent()) {
            followed.seen(
                    key(name),
                    status.get(),
                    answer.map(seen -> began(status.get(), seen.creationTime(), seen.lastModifiedTime()))
                            .orElse(now));
        } else {
            followed.landed(key(name), status, now);
        }
        return entry.sighting();
    }

    /** Since when AWS has an endpoint in a state, by its own times. */
    private static Instant began(EndpointStatus status, Instant creationTime, Instant lastModifiedTime) {
        return status == EndpointStatus.CREATING ? creationTime : lastModifiedTime;
    }

    private EndpointEntry entry(String name) {
        return endpoints.computeIfAbsent(key(name), key -> new EndpointEntry(name));
    }

    private boolean interesting(String name) {
        String key = key(name);
        EndpointEntry entry = endpoints.get(key);
        return watched.containsKey(key) || followed.contains(key) || (entry != null && entry.described());
    }

    /** Answers whether the name is new. */
    synchronized boolean watch(String name) {
        return watched.put(key(name), name) == null;
    }

    synchronized void unwatch(String name) {
        watched.remove(key(name));
    }

    synchronized List<String> watched() {
        return List.copyOf(watched.values());
    }

    /** Names that the slow tier has to look at: those watched, and of the others what is new and nobody has seen otherwise. */
    synchronized List<String> toAudit() {
        List<String> names = new ArrayList<>(watched.values());
        endpoints.forEach((key, entry) -> {
            if (isStranger(key, entry)
                    && !isSeen(entry)
                    && entry.row().filter(row -> strangers.isNews(key, row)).isPresent()) {
                names.add(entry.name());
            }
        });
        return names;
    }

    /** The row of an endpoint that nobody watches. */
    synchronized Optional<EndpointSummary> strangersRow(String name) {
        EndpointEntry entry = endpoints.get(key(name));
        return entry == null || !isStranger(key(name), entry) ? Optional.empty() : entry.row();
    }

    synchronized void lookedAt(EndpointSummary row, Optional<Sighting.Present<EndpointSnapshot>> answer) {
        strangers.lookedAt(key(row.name()), row, answer);
    }

    synchronized List<Stranger> strangers() {
        List<Stranger> all = new ArrayList<>();
        endpoints.forEach((key, entry) -> {
            if (isStranger(key, entry)) {
                all.add(
                        isSeen(entry)
                                ? Strangers.of(entry.name(), entry.sighting().map(Shelf::present))
                                : strangers.stranger(key, entry.name()));
            }
        });
        return all;
    }

    private static Sighting.Present<EndpointSnapshot> present(Sighting<EndpointSnapshot> sighting) {
        return (Sighting.Present<EndpointSnapshot>) sighting;
    }

    private static boolean isSeen(EndpointEntry entry) {
        return entry.sighting().orElse(null) instanceof Sighting.Present;
    }

    private boolean isStranger(String key, EndpointEntry entry) {
        return entry.present() && !watched.containsKey(key);
    }

    synchronized int following() {
        return followed.keys().size();
    }

    /** When the next look at what is followed is worth its call; empty when nothing is. */
    synchronized Optional<Instant> nextFollow(Instant now) {
        return followed.nextLook(now);
    }

    /** The states that followed endpoints pass through now and that a listing can be asked for, each with their names. */
    synchronized Map<EndpointStatus, List<String>> inFlight() {
        Map<EndpointStatus, List<String>> states = new EnumMap<>(EndpointStatus.class);
        for (String key : followed.keys()) {
            EndpointEntry entry = endpoints.get(key);
            if (entry != null) {
                entry.status()
                        .filter(EndpointStatus::isMoving)
                        .ifPresent(state -> states.computeIfAbsent(state, same -> new ArrayList<>())
                                .add(entry.name()));
            }
        }
        states.remove(EndpointStatus.UNKNOWN);
        return states;
    }

    /**
     * Takes a listing of all endpoints in one state.
     *
     * @return names of followed endpoints that left the state
     */
    synchronized List<String> stillIn(EndpointStatus state, List<EndpointSummary> rows, long since, Instant now) {
        Map<String, EndpointSummary> seen = new HashMap<>();
        rows.forEach(row -> seen.put(key(row.name()), row));
        List<String> moved = new ArrayList<>();
        for (String key : followed.keys()) {
            EndpointEntry entry = endpoints.get(key);
            if (entry.status().filter(state::equals).isEmpty() || entry.touchedSince(since)) {
                continue;
            }
            EndpointSummary row = seen.get(key);
            if (row == null || entry.replacedBy(row)) {
                left(key, entry, moved, now);
            }
        }
        return moved;
    }

    /** Followed endpoints that are in no state one could list: whoever wants them has to look. */
    synchronized List<String> strays(Instant now) {
        List<String> moved = new ArrayList<>();
        for (String key : followed.keys()) {
            EndpointEntry entry = endpoints.get(key);
            if (entry.status().filter(EndpointStatus::isMoving).isEmpty()) {
                left(key, entry, moved, now);
            }
        }
        return moved;
    }

    private void left(String key, EndpointEntry entry, List<String> moved, Instant now) {
        entry.soil();
        followed.left(key, now);
        moved.add(entry.name());
    }

    Book<EndpointConfigSnapshot> configs() {
        return configs;
    }

    Book<ModelSnapshot> models() {
        return models;
    }
}
