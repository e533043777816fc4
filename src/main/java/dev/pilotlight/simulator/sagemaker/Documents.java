package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.AwsError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;

/** JSON as awsJson 1.1 has it: timestamps are epoch seconds with milliseconds. */
final class Documents {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Documents() {}

    static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }

    /** The body of a request; no body is an empty object. */
    static ObjectNode read(byte[] body) {
        try {
            JsonNode read = body.length == 0 ? empty() : JSON.readTree(body);
            if (read instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new AwsError(400, "SerializationException", null);
        }
        throw new AwsError(400, "SerializationException", null);
    }

    static String write(JsonNode document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
