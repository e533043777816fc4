package dev.pilotlight.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.testing.AwsConsole;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * The state of a cluster and an account as an operator left it, in a file. UIDs and the times of AWS are what no API lets one set: UIDs
 * stand in the file as {@code uid:<name>} and become those of the objects made anew, and the times in a status become those AWS has now.
 */
final class LeftBehind {
    /** Its name is part of names in AWS, so it is the same in every cluster. */
    static final String NAMESPACE = "upgrade";

    private static final Path FILE = Path.of("src/test/resources/dev/pilotlight/upgrade/left-behind.json");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String API = "/apis/pilotlight.dev/v1alpha1";
    private static final String ENDPOINTS = API + "/namespaces/" + NAMESPACE + "/serverlessendpoints";
    private static final String IDENTITIES = API + "/awsidentities";

    private final World world;
    private final KubeApi api;

    LeftBehind(World world) {
        this.world = world;
        this.api = world.api();
    }

    // ---- taking it

    void write(List<String> endpoints, String because) {
        ObjectNode file = JSON.createObjectNode().put("because", because);
        file.put("takenAt", world.now().toString());
        file.set("identity", withoutServerFields(read(IDENTITIES + "/" + NAMESPACE)));
        endpoints.forEach(name -> file.withArray("endpoints").add(withoutServerFields(read(ENDPOINTS + "/" + name))));
        file.set("aws", new AwsState(world.console()).read());
        String text = string(file);
        for (String name : endpoints) {
            text = text.replace(read(ENDPOINTS + "/" + name).at("/metadata/uid").asText(), "uid:" + name);
        }
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text + "\n", UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode withoutServerFields(ObjectNode object) {
        ((ObjectNode) object.path("metadata"))
                .remove(List.of("managedFields", "resourceVersion", "uid", "creationTimestamp", "selfLink"));
        return object;
    }

    // ---- putting it back

    /** Everything in the file, or of the endpoints only these. */
    void restore(List<String> endpoints) {
        ObjectNode file = file();
        create(IDENTITIES, (ObjectNode) file.path("identity"));
        String text = string(file);
        for (JsonNode endpoint : file.path("endpoints")) {
            String name = endpoint.at("/metadata/name").asText();
            if (endpoints.contains(name)) {
                create(ENDPOINTS, (ObjectNode) endpoint);
                text = text.replace("uid:" + name, uid(name));
            }
        }
        ObjectNode known = parse(text);
        ObjectNode aws = (ObjectNode) known.path("aws");
        // What belongs to the others still has no UID.
        for (String kind : List.of("models", "endpointConfigs", "endpoints")) {
            Iterator<JsonNode> resources = aws.path(kind).elements();
            while (resources.hasNext()) {
                if (resources.next().path("tags").toString().contains("\"uid:")) {
                    resources.remove();
                }
            }
        }
        new AwsState(world.console()).restore(aws);
        world.advanceBy(
                Duration.between(world.now(), Instant.parse(file.path("takenAt").asText())));

        applyStatus(known.path("identity"), known.at("/identity/status"));
        for (JsonNode endpoint : known.path("endpoints")) {
            String name = endpoint.at("/metadata/name").asText();
            if (endpoints.contains(name)) {
                applyStatus(endpoint, withTimesOfAws(endpoint.path("status")));
            }
        }
    }

    /** Makes the object and edits it until it has the generation it had. */
    private void create(String uri, ObjectNode object) {
        long generation = object.at("/metadata/generation").asLong();
        ObjectNode first = object.deepCopy();
        first.remove("status");
        ((ObjectNode) first.path("metadata")).remove("generation");
        if (generation == 1) {
            api.admin().raw(uri, "POST", first.toString());
            return;
        }
        ObjectNode other = first.deepCopy();
        deadline(other, generation);
        api.admin().raw(uri, "POST", other.toString());
        String own = uri + "/" + object.at("/metadata/name").asText();
        for (long left = generation - 2; left > 0; left--) {
            ObjectNode now = read(own);
            deadline(now, left);
            api.admin().raw(own, "PUT", now.toString());
        }
        ObjectNode now = read(own);
        now.set("spec", first.path("spec"));
        api.admin().raw(own, "PUT", now.toString());
    }

    private static void deadline(ObjectNode object, long number) {
        object.withObject("/spec/rollout").put("progressDeadlineSeconds", 10_000 + number);
    }

    private JsonNode withTimesOfAws(JsonNode status) {
        ObjectNode changed = status.deepCopy();
        AwsConsole console = world.console();
        JsonNode endpoint = console.endpoint(status.path("endpointName").asText());
        changed.withObject("/aws")
                .put("creationTime", endpoint.path("CreationTime").asText())
                .put("lastModifiedTime", endpoint.path("LastModifiedTime").asText());
        return changed;
    }

    /** As the operator writes it: who owns a field decides over who may remove it. */
    private void applyStatus(JsonNode object, JsonNode status) {
        ObjectNode applied = JSON.createObjectNode();
        applied.set("apiVersion", object.path("apiVersion"));
        applied.set("kind", object.path("kind"));
        ObjectNode metadata = applied.putObject("metadata");
        metadata.set("name", object.at("/metadata/name"));
        metadata.set("namespace", object.at("/metadata/namespace"));
        applied.set("status", status);
        KubeApi.Kubectl done = api.kubectlWithInput(
                applied.toString(),
                "apply",
                "--server-side",
                "--subresource=status",
                "--field-manager=" + Pilotlight.FIELD_MANAGER,
                "--validate=false",
                "-f",
                "-");
        if (done.exitCode() != 0) {
            throw new IllegalStateException(done.err());
        }
    }

    private String uid(String name) {
        return read(ENDPOINTS + "/" + name).at("/metadata/uid").asText();
    }

    private ObjectNode read(String uri) {
        return parse(api.admin().raw(uri));
    }

    private static ObjectNode file() {
        try {
            return parse(Files.readString(FILE, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode parse(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String string(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
