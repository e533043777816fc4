package dev.pilotlight.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fields of a ServerlessEndpoint's spec as the shipped CRD declares them. */
final class SpecSchema {
    private static final Path DEFINITION = Path.of("crds/serverlessendpoints.pilotlight.dev-v1.yml");

    private final List<Field> fields = new ArrayList<>();

    /**
     * A field that is reached through objects only; what is inside of lists belongs to the list's schema.
     *
     * @param path names from the spec down
     */
    record Field(List<String> path, JsonNode schema) {
        Field {
            path = List.copyOf(path);
        }

        String name() {
            return path.getLast();
        }

        @Override
        public String toString() {
            return String.join(".", path);
        }
    }

    private SpecSchema() {}

    /** Reads crds/. */
    static SpecSchema read() {
        try {
            JsonNode definition = new ObjectMapper(new YAMLFactory()).readTree(DEFINITION.toFile());
            SpecSchema schema = new SpecSchema();
            schema.collect(
                    List.of(), definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties"));
            return schema;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(List<String> above, JsonNode properties) {
        properties.properties().forEach(property -> {
            List<String> path = new ArrayList<>(above);
            path.add(property.getKey());
            fields.add(new Field(path, property.getValue()));
            collect(path, property.getValue().path("properties"));
        });
    }

    List<Field> fields() {
        return List.copyOf(fields);
    }
}
