package dev.pilotlight.simulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Seedable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Fills the world from seed files; the format is described at {@link Seedable}. */
public final class Seeds {
    private static final Set<String> ADDRESS = Set.of("account", "region");

    private final List<Seedable> parts;
    private final Scope standard;

    /**
     * @param parts what can be filled, in the order in which sections are read
     * @param standard account and Region of seed objects that name none
     */
    public Seeds(List<Seedable> parts, Scope standard) {
        this.parts = List.copyOf(parts);
        this.standard = standard;
    }

    /** Makes what a seed file describes exist. */
    public void fromFile(Path file) {
        try {
            from(new ObjectMapper().readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read seed file " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes what a seed describes exist.
     *
     * @throws IllegalArgumentException when a section has no part that reads it
     */
    public void from(JsonNode seed) {
        if (seed.isArray()) {
            seed.forEach(this::from);
            return;
        }
        if (!seed.isObject()) {
            throw new IllegalArgumentException("a seed is a JSON object or an array of objects");
        }
        Set<String> known = parts.stream().map(Seedable::section).collect(Collectors.toCollection(TreeSet::new));
        seed.fieldNames().forEachRemaining(section -> {
            if (!known.contains(section) && !ADDRESS.contains(section)) {
                throw new IllegalArgumentException(
                        "unknown seed section \"" + section + "\"; there are " + known + " and " + ADDRESS);
            }
        });
        Scope scope = new Scope(
                seed.path("account").asText(standard.accountId()),
                seed.path("region").asText(standard.region()));
        for (Seedable part : parts) {
            if (seed.has(part.section())) {
                part.seed(scope, seed.get(part.section()));
            }
        }
    }
}
