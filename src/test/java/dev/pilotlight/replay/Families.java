package dev.pilotlight.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The checked-in description of the generated weeks, {@code families.yaml}. */
final class Families {
    private final JsonNode root;
    private final int trainDays;
    private final int testDays;

    private Families(JsonNode root, int trainDays, int testDays) {
        this.root = root;
        this.trainDays = trainDays;
        this.testDays = testDays;
    }

    static Families read() {
        try (InputStream in = Families.class.getResourceAsStream("/replay/families.yaml")) {
            JsonNode root = new YAMLMapper().readTree(in);
            return new Families(
                    root, root.get("trainDays").asInt(), root.get("testDays").asInt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> names() {
        return StreamSupport.stream(root.get("families").properties().spliterator(), false)
                .map(entry -> entry.getKey())
                .toList();
    }

    /** For looking at while the forecaster is worked on. */
    List<Integer> tuningSeeds() {
        return seeds("tuning");
    }

    /** For the figures that are published, and for nothing else. */
    List<Integer> heldOutSeeds() {
        return seeds("heldOut");
    }

    private List<Integer> seeds(String kind) {
        JsonNode ends = root.get("seeds").get(kind);
        return IntStream.rangeClosed(ends.get(0).asInt(), ends.get(1).asInt())
                .boxed()
                .toList();
    }

    int trainDays() {
        return trainDays;
    }

    int testDays() {
        return testDays;
    }

    JsonNode workload() {
        return root.get("workload");
    }

    JsonNode family(String name) {
        JsonNode family = root.get("families").get(name);
        if (family == null) {
            throw new IllegalArgumentException("no family " + name + ", there are " + names());
        }
        return family;
    }

    /** What the law of a name in the file is. */
    ArrivalLaw law(String name) {
        return ArrivalLaw.of(root.get("arrivals").get(name));
    }
}
