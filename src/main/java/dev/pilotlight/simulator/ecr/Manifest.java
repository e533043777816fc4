package dev.pilotlight.simulator.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An image manifest, or a list of them for several platforms (OCI: index).
 *
 * @param text as it was put; the digest is that of these bytes
 * @param digest {@code sha256:...}
 * @param sizeInBytes sum of the compressed layers and the configuration; of a list, 0: see its members
 * @param members what a list refers to, empty for an image
 */
record Manifest(
        String text,
        String digest,
        String mediaType,
        Optional<String> artifactMediaType,
        long sizeInBytes,
        List<Member> members) {
    static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    private static final Set<String> IMAGES = Set.of(OCI_IMAGE, DOCKER_IMAGE);
    private static final Set<String> LISTS = Set.of(OCI_INDEX, DOCKER_LIST);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One image of a list.
     *
     * @param platform for example {@code linux/amd64}; {@code unknown/unknown} for what is no image to run
     */
    record Member(String digest, String platform) {}

    /**
     * Reads a manifest.
     *
     * @param statedMediaType what the caller says it is; the manifest's own word otherwise
     * @throws IllegalArgumentException when it is none that ECR takes
     */
    static Manifest of(String text, Optional<String> statedMediaType) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the manifest is not JSON", e);
        }
        String mediaType = Optional.ofNullable(json.path("mediaType").textValue())
                .or(() -> statedMediaType)
                .orElse(json.has("manifests") ? OCI_INDEX : OCI_IMAGE);
        if (json.path("schemaVersion").asInt() != 2 || !(IMAGES.contains(mediaType) || LISTS.contains(mediaType))) {
            throw new IllegalArgumentException("the manifest is of no supported type: " + mediaType);
        }
        if (statedMediaType.isPresent() && !statedMediaType.get().equals(mediaType)) {
            throw new IllegalArgumentException("the manifest is a " + mediaType + ", not a " + statedMediaType.get());
        }
        long size = json.path("config").path("size").asLong();
        for (JsonNode layer : json.path("layers")) {
            size += layer.path("size").asLong();
        }
        List<Member> members = new ArrayList<>();
        if (LISTS.contains(mediaType)) {
            json.path("manifests")
                    .forEach(member -> members.add(new Member(
                            member.path("digest").asText(),
                            member.path("platform").path("os").asText("unknown") + "/"
                                    + member.path("platform")
                                            .path("architecture")
                                            .asText("unknown"))));
        }
        return new Manifest(
                text,
                digestOf(text),
                mediaType,
                Optional.ofNullable(json.path("config").path("mediaType").textValue()),
                size,
                List.copyOf(members));
    }

    boolean isList() {
        return LISTS.contains(mediaType);
    }

    /** Digest of any content, {@code sha256:...}. */
    static String digestOf(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
