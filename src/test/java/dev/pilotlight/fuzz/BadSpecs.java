package dev.pilotlight.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Draws specs: a good one with one to three fields changed by chance, or with fields that contradict each other. */
final class BadSpecs {
    private final List<SpecSchema.Field> fields;
    private final Chance chance;
    private final BadValues values;

    BadSpecs(SpecSchema schema, Chance chance) {
        this.fields = schema.fields();
        this.chance = chance;
        this.values = new BadValues(chance);
    }

    ObjectNode draw(ObjectNode good) {
        ObjectNode spec = good.deepCopy();
        if (chance.oneIn(6)) {
            contradict(spec);
        }
        int changes = chance.of(1, 1, 1, 1, 2, 2, 3);
        for (int change = 0; change < changes; change++) {
            SpecSchema.Field field = chance.of(fields);
            JsonNode parent = parent(spec, field);
            if (parent instanceof ObjectNode object) {
                BadValues.put(
                        object, field.name(), values.draw(field.name(), field.schema(), object.path(field.name())));
            }
        }
        return spec;
    }

    /** Each field is right, both together are not, or only just. */
    private void contradict(ObjectNode spec) {
        if (!(spec.path("serverless") instanceof ObjectNode serverless)) {
            return;
        }
        int max = 1 + chance.below(30);
        serverless.put("maxConcurrency", max);
        serverless.put("provisionedConcurrency", max + chance.of(-1, 0, 1, 170));
    }

    /** The object that holds the field, made where it is missing; what is no object stays what it is. */
    private static JsonNode parent(ObjectNode spec, SpecSchema.Field field) {
        JsonNode parent = spec;
        for (String name : field.path().subList(0, field.path().size() - 1)) {
            if (!(parent instanceof ObjectNode object)) {
                return parent;
            }
            if (!object.has(name)) {
                object.putObject(name);
            }
            parent = object.path(name);
        }
        return parent;
    }
}
