package dev.pilotlight.domain.plan;

import dev.pilotlight.domain.hosting.Sighting;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** One kind of resource by name, which AWS compares without regard to case. What was never put here is absent. */
final class Shelf<T> {
    private final Map<String, Sighting.Present<T>> present = new TreeMap<>();

    void put(String name, T resource, Map<String, String> tags) {
        present.put(key(name), new Sighting.Present<>(resource, tags));
    }

    void remove(String name) {
        present.remove(key(name));
    }

    Sighting<T> sighting(String name) {
        return find(name).<Sighting<T>>map(found -> found).orElseGet(Sighting.Absent::new);
    }

    Map<String, Sighting<T>> sightings(Set<String> names) {
        Map<String, Sighting<T>> seen = new HashMap<>();
        names.forEach(name -> seen.put(name, sighting(name)));
        return seen;
    }

    Optional<Sighting.Present<T>> find(String name) {
        return Optional.ofNullable(present.get(key(name)));
    }

    void change(String name, UnaryOperator<T> change) {
        present.computeIfPresent(
                key(name), (key, was) -> new Sighting.Present<>(change.apply(was.resource()), was.tags()));
    }

    void addTags(String name, Map<String, String> added) {
        retag(name, tags -> tags.putAll(added));
    }

    void removeTags(String name, Set<String> keys) {
        retag(name, tags -> tags.keySet().removeAll(keys));
    }

    private void retag(String name, Retagging retagging) {
        present.computeIfPresent(key(name), (key, was) -> {
            Map<String, String> tags = new HashMap<>(was.tags());
            retagging.change(tags);
            return new Sighting.Present<>(was.resource(), tags);
        });
    }

    /** In order of names, so that whatever is made of it has an order, too. */
    void forEach(BiConsumer<String, Sighting.Present<T>> visitor) {
        Map.copyOf(present).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> visitor.accept(entry.getKey(), entry.getValue()));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private interface Retagging {
        void change(Map<String, String> tags);
    }
}
