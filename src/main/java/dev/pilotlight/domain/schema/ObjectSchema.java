package dev.pilotlight.domain.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The schema of one kind as its CustomResourceDefinition states it. It goes as the API server does: defaults first, then structure, and
 * only for what is well formed the CEL rules. Unknown fields are refused, as {@code kubectl} does with strict validation.
 */
public final class ObjectSchema {
    private final JsonNode root;
    private final CelRules rules = new CelRules();

    private ObjectSchema(JsonNode root) {
        this.root = root;
    }

    /**
     * @param version name of the version whose schema is meant
     * @throws IllegalArgumentException when the definition has no such version
     */
    public static ObjectSchema of(JsonNode customResourceDefinition, String version) {
        for (JsonNode candidate : customResourceDefinition.path("spec").path("versions")) {
            if (candidate.path("name").asText().equals(version)) {
                return new ObjectSchema(candidate.path("schema").path("openAPIV3Schema"));
            }
        }
        throw new IllegalArgumentException("the definition has no version " + version);
    }

    /** The object as the API server stores it: with the defaults of the schema. */
    public ObjectNode withDefaults(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        fill(copy, root);
        return copy;
    }

    private static void fill(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                JsonNode given = object.get(property.getKey());
                JsonNode standard = property.getValue().get("default");
                // The API server takes null for "not given" where there is a default.
                if (standard != null && (given == null || given.isNull())) {
                    object.set(property.getKey(), standard.deepCopy());
                }
                if (object.has(property.getKey())) {
                    fill(object.get(property.getKey()), property.getValue());
                }
            }
        } else if (value instanceof ArrayNode array) {
            array.forEach(item -> fill(item, schema.path("items")));
        }
    }

    /**
     * Everything that is wrong with an object that has its defaults.
     *
     * @param before the object it takes the place of; fields that cannot change are held against it
     */
    public List<Violation> check(ObjectNode object, Optional<ObjectNode> before) {
        List<Violation> structure = new Structure().check(object, root);
        return structure.isEmpty() ? rules.check(object, before, root) : structure;
    }
}
