package dev.pilotlight.testing.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The objects a watcher must believe in after what it was shown in lists and events. */
public final class ShownCluster {
    private final Map<String, Map<String, Shown>> byResource = new ConcurrentHashMap<>();

    /**
     * An object as it was shown last.
     *
     * @param held our finalizer is on
     * @param letGo it is being deleted, and our finalizer is off
     */
    public record Shown(String uid, String version, boolean held, boolean letGo) {}

    /** Every object of that kind, by plural. */
    public Collection<Shown> all(String resource) {
        return List.copyOf(byResource.getOrDefault(resource, Map.of()).values());
    }

    public Optional<Shown> find(String resource, String namespace, String name) {
        return Optional.ofNullable(byResource.getOrDefault(resource, Map.of()).get(namespace + "/" + name));
    }

    void list(String resource, JsonNode list) {
        Map<String, Shown> objects = new HashMap<>();
        list.path("items").forEach(object -> objects.put(key(object), shown(object)));
        byResource.put(resource, new ConcurrentHashMap<>(objects));
    }

    void event(String resource, JsonNode event) {
        JsonNode object = event.path("object");
        Map<String, Shown> objects = byResource.computeIfAbsent(resource, key -> new ConcurrentHashMap<>());
        switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> objects.put(key(object), shown(object));
            case "DELETED" -> objects.remove(key(object));
            default -> {}
        }
    }

    private static String key(JsonNode object) {
        return object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
    }

    private static Shown shown(JsonNode object) {
        boolean held = false;
        for (JsonNode finalizer : object.at("/metadata/finalizers")) {
            held |= finalizer.asText().equals(Pilotlight.FINALIZER);
        }
        return new Shown(
                object.at("/metadata/uid").asText(),
                object.at("/metadata/resourceVersion").asText(),
                held,
                object.at("/metadata").has("deletionTimestamp") && !held);
    }
}
