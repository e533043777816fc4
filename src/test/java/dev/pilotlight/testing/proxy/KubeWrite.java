package dev.pilotlight.testing.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/**
 * One write on its way to the API server.
 *
 * @param text the body as it was sent
 * @param body the same, read; an array for a JSON patch
 */
public record KubeWrite(KubeRequest request, String text, JsonNode body) {
    /** What is applied may be YAML, and JSON is YAML too. */
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static KubeWrite of(KubeRequest request, String text) {
        try {
            return new KubeWrite(request, text, YAML.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("neither JSON nor YAML: " + text, e);
        }
    }
}
