package dev.pilotlight.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.testing.AwsConsole;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What AWS has at one moment; looking changes nothing. */
final class AwsNow {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> NAMES = Map.of(
            "endpoints", "EndpointName",
            "endpointConfigs", "EndpointConfigName",
            "models", "ModelName");

    private static final Set<String> SECTIONS = Set.of("sagemaker", "images");

    private final List<Item> items = new ArrayList<>();
    private final JsonNode images;

    /**
     * @param kind endpoints, endpointConfigs or models
     * @param facts by AWS's own field names
     */
    record Item(String kind, String name, Map<String, String> tags, JsonNode facts) {
        boolean isOf(String uid) {
            return uid.equals(tags.get("pilotlight.dev/uid"));
        }

        boolean isPreview() {
            return "preview".equals(tags.get("pilotlight.dev/role"));
        }

        String fact(String field) {
            return facts.path(field).asText();
        }

        @Override
        public String toString() {
            return kind + "/" + name;
        }
    }

    private AwsNow(JsonNode region) {
        NAMES.forEach((kind, field) -> region.path("sagemaker")
                .path(kind)
                .forEach(
                        facts -> items.add(new Item(kind, facts.path(field).asText(), AwsConsole.tags(facts), facts))));
        images = region.path("images");
    }

    static AwsNow of(World world) {
        JsonNode state = JSON.valueToTree(world.simulator().state().read(SECTIONS::contains));
        return new AwsNow(state.path(Tenant.ACCOUNT).path("us-east-1"));
    }

    Stream<Item> ofUid(String uid) {
        return items.stream().filter(item -> item.isOf(uid));
    }

    Stream<Item> ofNamespace(String namespace) {
        return items.stream().filter(item -> namespace.equals(item.tags().get("pilotlight.dev/namespace")));
    }

    Stream<Item> named(String prefix) {
        return items.stream().filter(item -> item.name().startsWith(prefix));
    }

    Optional<Item> endpoint(String name) {
        return find("endpoints", name);
    }

    /** The model that an endpoint's present config names. */
    Optional<Item> modelOf(Item endpoint) {
        return find("endpointConfigs", endpoint.fact("EndpointConfigName"))
                .flatMap(config ->
                        find("models", config.facts().path("ModelNames").path(0).asText()));
    }

    private Optional<Item> find(String kind, String name) {
        return items.stream()
                .filter(item -> item.kind().equals(kind) && item.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The image that a reference means: by digest, where it names a tag that the registry has. */
    String resolved(String reference) {
        int colon = reference.lastIndexOf(':');
        if (reference.contains("@") || colon < 0) {
            return reference;
        }
        String repository = reference.substring(0, colon);
        String tag = reference.substring(colon + 1);
        for (JsonNode image : images) {
            for (JsonNode known : image.path("tags")) {
                if (known.asText().equals(tag)
                        && repository.endsWith("/" + image.path("repository").asText())) {
                    return repository + "@" + image.path("digest").asText();
                }
            }
        }
        return reference;
    }
}
