package dev.pilotlight.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What figures were made from, so that others can make them again.
 *
 * @param seeds of generated weeks; empty for requests of one's own
 * @param inputs files and their SHA-256
 */
record Provenance(List<Integer> seeds, List<String> inputs) {

    static Provenance ofSeeds(List<Integer> seeds, List<Path> traces) throws IOException {
        List<String> inputs = new ArrayList<>();
        try (InputStream families = Provenance.class.getResourceAsStream("/replay/families.yaml")) {
            inputs.add("families.yaml sha256 " + hash(families.readAllBytes()));
        }
        inputs.addAll(ofTraces(traces).inputs());
        return new Provenance(seeds, inputs);
    }

    static Provenance ofTraces(List<Path> traces) throws IOException {
        List<String> inputs = new ArrayList<>();
        for (Path trace : traces) {
            inputs.add(trace.getFileName() + " sha256 " + hash(Files.readAllBytes(trace)));
        }
        return new Provenance(List.of(), inputs);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void write(ObjectNode json) {
        json.put("prices", Prices.NAME);
        seeds.forEach(json.putArray("seeds")::add);
        inputs.forEach(json.putArray("inputs")::add);
    }
}
