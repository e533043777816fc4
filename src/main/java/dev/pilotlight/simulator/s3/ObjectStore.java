package dev.pilotlight.simulator.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Inspectable;
import dev.pilotlight.simulator.world.ModelArchives;
import dev.pilotlight.simulator.world.Seedable;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All buckets with their objects. A bucket's name is taken for every account; it has one owner and one Region. */
public final class ObjectStore implements ModelArchives, Seedable, Inspectable {
    private final SimulatorClock clock;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    public ObjectStore(SimulatorClock clock) {
        this.clock = clock;
    }

    /** @param objects by key, in the order of the keys' UTF-16 code units */
    record Bucket(String name, Scope home, Instant created, ConcurrentSkipListMap<String, StoredObject> objects) {

        Optional<StoredObject> object(String key) {
            return Optional.ofNullable(objects.get(key));
        }
    }

    Optional<Bucket> bucket(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    /** The buckets of an account, by name. */
    List<Bucket> ownedBy(String accountId) {
        return buckets.values().stream()
                .filter(bucket -> bucket.home().accountId().equals(accountId))
                .sorted(Comparator.comparing(Bucket::name))
                .toList();
    }

    /** Makes a bucket; returns the one that has the name already, if any. */
    Optional<Bucket> create(String name, Scope home) {
        return Optional.ofNullable(
                buckets.putIfAbsent(name, new Bucket(name, home, clock.now(), new ConcurrentSkipListMap<>())));
    }

    void delete(Bucket bucket) {
        buckets.remove(bucket.name(), bucket);
    }

    StoredObject put(
            Bucket bucket,
            String key,
            ObjectContent content,
            String contentType,
            String storageClass,
            Map<String, String> metadata) {
        StoredObject object =
                new StoredObject(key, content, contentType, storageClass, clock.now(), Map.copyOf(metadata));
        bucket.objects().put(key, object);
        return object;
    }

    @Override
    public boolean exists(String s3Url) {
        if (!s3Url.startsWith("s3://")) {
            return false;
        }
        String rest = s3Url.substring("s3://".length());
        int slash = rest.indexOf('/');
        if (slash < 0) {
            return false;
        }
        return bucket(rest.substring(0, slash))
                .flatMap(bucket -> bucket.object(rest.substring(slash + 1)))
                .isPresent();
    }

    @Override
    public String section() {
        return "objects";
    }

    /**
     * Reads {@code bucket}, and, unless it is only about the bucket, {@code key} with either {@code content} (text),
     * {@code contentBase64}, or {@code sizeInBytes} (with {@code headBase64} and {@code tailBase64} where somebody looks
     * at the ends); {@code storageClass}, {@code contentType}.
     */
    @Override
    public void seed(Scope scope, JsonNode content) {
        for (JsonNode entry : content) {
            String name = entry.path("bucket").asText();
            if (!BucketNames.isValid(name)) {
                throw new IllegalArgumentException("objects: \"" + name + "\" is not the name of a bucket");
            }
            create(name, scope);
            if (!entry.has("key")) {
                continue;
            }
            String key = entry.get("key").asText();
            String storageClass = entry.path("storageClass").asText(StoredObject.STANDARD);
            if (!StoredObject.STORAGE_CLASSES.contains(storageClass)) {
                throw new IllegalArgumentException(
                        "objects: " + name + "/" + key + ": unknown storageClass \"" + storageClass + "\"");
            }
            try {
                put(
                        buckets.get(name),
                        key,
                        seededContent(entry),
                        entry.path("contentType").asText("binary/octet-stream"),
                        storageClass,
                        Map.of());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("objects: " + name + "/" + key + ": " + e.getMessage(), e);
            }
        }
    }

    private static ObjectContent seededContent(JsonNode entry) {
        if (entry.has("content")) {
            return new ObjectContent.Bytes(entry.get("content").asText().getBytes(StandardCharsets.UTF_8));
        }
        if (entry.has("contentBase64")) {
            return new ObjectContent.Bytes(base64(entry, "contentBase64"));
        }
        if (!entry.path("sizeInBytes").canConvertToLong()
                || entry.path("sizeInBytes").asLong() < 0) {
            throw new IllegalArgumentException("needs content, contentBase64 or sizeInBytes");
        }
        return new ObjectContent.Declared(
                entry.get("sizeInBytes").asLong(), base64(entry, "headBase64"), base64(entry, "tailBase64"));
    }

    private static byte[] base64(JsonNode entry, String field) {
        return Base64.getDecoder().decode(entry.path(field).asText(""));
    }

    @Override
    public Map<Scope, Object> inspect() {
        Map<Scope, Object> shown = new LinkedHashMap<>();
        Map<String, Bucket> sorted = new TreeMap<>(buckets);
        sorted.values().forEach(bucket -> {
            List<Object> entries = castList(shown.computeIfAbsent(bucket.home(), home -> new ArrayList<>()));
            if (bucket.objects().isEmpty()) {
                entries.add(Map.of("bucket", bucket.name()));
            }
            bucket.objects()
                    .values()
                    .forEach(object -> entries.add(Map.of(
                            "bucket",
                            bucket.name(),
                            "key",
                            object.key(),
                            "sizeInBytes",
                            object.content().size(),
                            "storageClass",
                            object.storageClass())));
        });
        return shown;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> castList(Object list) {
        return (List<Object>) list;
    }
}
