package dev.pilotlight.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.domain.plan.Plan.Problem;
import dev.pilotlight.domain.schema.ObjectSchema;
import dev.pilotlight.domain.schema.Violation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The objects of ours in YAML or JSON files, held against the definitions that the cluster has. Documents of other kinds are left alone, but
 * for Namespaces, whose labels matter to AWSIdentities.
 */
final class PlanManifests {
    private static final String STANDARD_INPUT = "-";
    private static final Set<String> NOT_FOR_US = Set.of("kustomization.yaml", "kustomization.yml");
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String defaultNamespace;
    private final InputStream standardInput;
    private final ObjectSchema endpointSchema = schema("serverlessendpoints");
    private final ObjectSchema identitySchema = schema("awsidentities");
    private final ObjectSchema policySchema = schema("warmpolicies");
    private final Map<Key, Found> found = new TreeMap<>();
    private final Set<String> mentioned = new HashSet<>();
    private final Map<String, Map<String, String>> namespaceLabels = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Kind, namespace (empty for kinds without) and name. */
    private record Key(String kind, String namespace, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::kind)
                    .thenComparing(Key::namespace)
                    .thenComparing(Key::name)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
        }
    }

    /** Where an object was read. */
    record Place(String file, int document) {
        @Override
        public String toString() {
            return file + (document == 0 ? "" : ", document " + document);
        }
    }

    private record Found(Place place, ObjectNode object, HasMetadata typed) {}

    /**
     * @param defaultNamespace for objects without one; null where each has to say
     */
    PlanManifests(String defaultNamespace, InputStream standardInput) {
        this.defaultNamespace = defaultNamespace;
        this.standardInput = standardInput;
    }

    private static ObjectSchema schema(String plural) {
        String resource = "/dev/pilotlight/crds/" + plural + "." + Pilotlight.GROUP + "-v1.yml";
        try (InputStream yaml = PlanManifests.class.getResourceAsStream(resource)) {
            if (yaml == null) {
                throw new IllegalStateException(resource + " is missing from the program");
            }
            return ObjectSchema.of(YAML.readTree(yaml), Pilotlight.VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- reading

    /** Reads a file, a folder with everything below it, or {@code -} for standard input. */
    void read(String path) {
        if (path.equals(STANDARD_INPUT)) {
            try {
                documents("standard input", new String(standardInput.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                problem(new Place("standard input", 0), "", "", "cannot be read: " + e.getMessage());
            }
            return;
        }
        Path start = Path.of(path);
        if (!Files.exists(start)) {
            problem(new Place(path, 0), "", "", "does not exist: correct the path");
            return;
        }
        for (Path file : files(start)) {
            try {
                documents(file.toString(), Files.readString(file));
            } catch (IOException e) {
                problem(new Place(file.toString(), 0), "", "", "cannot be read: " + e.getMessage());
            }
        }
    }

    /** A file that is named is read whatever it is called; in a folder, what looks like a manifest is, in the order of paths. */
    private static List<Path> files(Path start) {
        if (!Files.isDirectory(start)) {
            return List.of(start);
        }
        try (Stream<Path> walk = Files.walk(start)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> isManifest(start.relativize(file)))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isManifest(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        String name = relative.getFileName().toString();
        return !NOT_FOR_US.contains(name)
                && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }

    private void documents(String file, String text) {
        int document = 1;
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                document(new Place(file, document), documents.nextValue());
                document++;
            }
        } catch (JsonProcessingException e) {
            problem(
                    new Place(file, document),
                    "",
                    "",
                    "is not YAML" + describe(e) + ". A template has to be rendered first");
        } catch (IOException e) {
            problem(new Place(file, document), "", "", "cannot be read: " + e.getMessage());
        }
    }

    private static String describe(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String what = e.getOriginalMessage().lines().findFirst().orElse("").replaceAll(", got this instead: .*", "");
        return (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()) + ": " + what;
    }

    private void document(Place place, JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        String apiVersion = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        if (apiVersion.equals("v1") && kind.equals("List")) {
            object.path("items").forEach(item -> document(place, item));
        } else if (apiVersion.equals("v1") && kind.equals("Namespace")) {
            namespace(object);
        } else if (apiVersion.startsWith(Pilotlight.GROUP + "/")) {
            ours(place, object, apiVersion, kind);
        }
    }

    private void namespace(ObjectNode object) {
        Map<String, String> labels = new LinkedHashMap<>();
        object.path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        namespaceLabels.put(object.path("metadata").path("name").asText(), labels);
    }

    private void ours(Place place, ObjectNode object, String apiVersion, String kind) {
        if (!apiVersion.equals(Pilotlight.GROUP + "/" + Pilotlight.VERSION)) {
            problem(
                    place,
                    kind,
                    "apiVersion",
                    "must be " + Pilotlight.GROUP + "/" + Pilotlight.VERSION + ", was " + apiVersion);
            return;
        }
        switch (kind) {
            case "ServerlessEndpoint" -> ours(place, ServerlessEndpoint.class, object, endpointSchema, true);
            case "AWSIdentity" -> ours(place, AWSIdentity.class, object, identitySchema, false);
            case "WarmPolicy" -> ours(place, WarmPolicy.class, object, policySchema, true);
            default ->
                problem(
                        place,
                        kind,
                        "kind",
                        "is not a kind this version plans: use ServerlessEndpoint, WarmPolicy or AWSIdentity");
        }
    }

    private void ours(
            Place place, Class<? extends HasMetadata> type, ObjectNode given, ObjectSchema schema, boolean namespaced) {
        String kind = type.getSimpleName();
        ObjectNode object = schema.withDefaults(given);
        String name = object.path("metadata").path("name").asText();
        if (namespaced && object.path("metadata") instanceof ObjectNode metadata && !metadata.hasNonNull("namespace")) {
            if (defaultNamespace == null) {
                problem(place, kind + " " + name, "metadata.namespace", "is missing: set it, or give --namespace");
                return;
            }
            metadata.put("namespace", defaultNamespace);
        }
        Key key = new Key(
                kind, namespaced ? object.path("metadata").path("namespace").asText() : "", name);
        mentioned.add(key.toString());
        List<Violation> violations = schema.check(object, Optional.empty());
        violations.forEach(violation -> problem(place, key.toString(), violation.field(), violation.message()));
        if (!violations.isEmpty()) {
            return;
        }
        Found twin = found.get(key);
        if (twin != null) {
            problem(place, key.toString(), "", "is there twice, also in " + twin.place() + ": remove one of them");
            return;
        }
        try {
            found.put(key, new Found(place, object, JSON.treeToValue(object, type)));
        } catch (JsonProcessingException e) {
            // The definitions say nothing of most of metadata; the API server knows its fields all the same.
            problem(place, key.toString(), fieldOf(e), "cannot be read as what this field holds: correct or remove it");
        }
    }

    private static String fieldOf(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException wrong)) {
            return "";
        }
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference part : wrong.getPath()) {
            if (part.getFieldName() == null) {
                path.append('[').append(part.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(part.getFieldName());
            }
        }
        return path.toString();
    }

    private void problem(Place place, String object, String field, String message) {
        problems.add(new Problem(place.file(), place.document(), object, field, message));
    }

    // ---- what was read

    /** Holds what cannot be changed against an earlier state; what is refused is taken out. */
    void checkChangesOf(ServerlessEndpoint before) {
        Key key = key(before);
        Found now = found.get(key);
        if (now == null) {
            return;
        }
        ObjectNode old = JSON.convertValue(before, ObjectNode.class);
        old.remove("status");
        List<Violation> violations = endpointSchema.check(now.object(), Optional.of(endpointSchema.withDefaults(old)));
        violations.forEach(violation -> problem(now.place(), key.toString(), violation.field(), violation.message()));
        if (!violations.isEmpty()) {
            found.remove(key);
        }
    }

    private static Key key(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return new Key(
                object.getKind(),
                namespace == null ? "" : namespace,
                object.getMetadata().getName());
    }

    /** In the order of namespace and name. */
    List<ServerlessEndpoint> endpoints() {
        return all(ServerlessEndpoint.class);
    }

    /** In the order of namespace and name. */
    List<WarmPolicy> policies() {
        return all(WarmPolicy.class);
    }

    private <T extends HasMetadata> List<T> all(Class<T> type) {
        return found.values().stream()
                .map(Found::typed)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Whether the files have the object, even if it cannot be taken as it is written: then it is not gone. */
    boolean mention(HasMetadata object) {
        return mentioned.contains(key(object).toString());
    }

    Place placeOf(HasMetadata object) {
        return found.get(key(object)).place();
    }

    Optional<AWSIdentity> identity(String name) {
        return Optional.ofNullable(found.get(new Key("AWSIdentity", "", name))).map(it -> (AWSIdentity) it.typed());
    }

    Optional<Map<String, String>> namespaceLabels(String namespace) {
        return Optional.ofNullable(namespaceLabels.get(namespace));
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
