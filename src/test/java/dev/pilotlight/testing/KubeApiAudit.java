package dev.pilotlight.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The API server's own record of who wrote what, so that tests count writes and need not trust the writer. */
final class KubeApiAudit {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Only writes, only when they are done, without bodies. */
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
              - level: Metadata
                verbs: [create, update, patch, delete, deletecollection]
                resources:
                  - group: pilotlight.dev
                  - group: events.k8s.io
                  - group: ""
                    resources: [events]
                  - group: coordination.k8s.io
              - level: None
            """;

    private final Path policy;
    private final Path log;

    KubeApiAudit(Path workDir) throws IOException {
        this.policy = Files.writeString(workDir.resolve("audit-policy.yaml"), POLICY, UTF_8);
        this.log = workDir.resolve("audit.log");
    }

    /** What makes the API server keep the record: written before the answer is sent. */
    List<String> flags() {
        return List.of("--audit-policy-file", policy.toString(), "--audit-log-path", log.toString());
    }

    /** All writes in a namespace so far, oldest first, refused ones included. */
    List<KubeApi.Write> writes(String namespace) {
        try (var lines = Files.lines(log, UTF_8)) {
            return lines.map(KubeApiAudit::parse)
                    .filter(event -> event.at("/objectRef/namespace").asText().equals(namespace))
                    .map(KubeApiAudit::write)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KubeApi.Write write(JsonNode event) {
        return new KubeApi.Write(
                event.at("/user/username").asText(),
                event.path("verb").asText(),
                event.at("/objectRef/resource").asText(),
                event.at("/objectRef/subresource").asText(),
                event.at("/objectRef/name").asText(),
                event.at("/responseStatus/code").asInt());
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
