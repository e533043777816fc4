package dev.pilotlight.inventory;

import dev.pilotlight.domain.hosting.Sighting;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Endpoint configs or models as last seen, by name. They cannot be changed, so what was seen stays true until they are deleted or
 * re-tagged.
 */
final class Book<T> {

    private final Map<String, Page<T>> pages = new ConcurrentHashMap<>();
    private final Set<String> doubted = ConcurrentHashMap.newKeySet();

    /**
     * @param until until when AWS may not show our own creation yet
     */
    private record Page<T>(Sighting<T> sighting, Instant until) {}

    Sighting<T> sighting(String name) {
        Page<T> page = pages.get(Shelf.key(name));
        return page == null ? new Sighting.Unseen<>() : page.sighting();
    }

    void put(String name, Sighting<T> sighting) {
        pages.put(Shelf.key(name), new Page<>(sighting, Instant.MIN));
    }

    void created(String name, Sighting<T> sighting, Instant until) {
        pages.put(Shelf.key(name), new Page<>(sighting, until));
    }

    /** What is known may be untrue: a call on it failed. */
    void doubt(String name) {
        doubted.add(Shelf.key(name));
    }

    boolean inDoubt(String name) {
        return doubted.contains(Shelf.key(name));
    }

    void forget(String name) {
        pages.remove(Shelf.key(name));
    }

    /** Takes what AWS answered, unless that is "no such" so soon after our own creation that it may not know yet. */
    Sighting<T> seen(String name, Sighting<T> answer, Instant now) {
        doubted.remove(Shelf.key(name));
        return pages.compute(Shelf.key(name), (key, known) -> {
                    boolean unsettled =
                            known != null && answer instanceof Sighting.Absent && now.isBefore(known.until());
                    return unsettled ? known : new Page<>(answer, Instant.MIN);
                })
                .sighting();
    }
}
