package dev.pilotlight.simulator.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bodies of a service that speaks awsJson 1.1: timestamps are epoch seconds, absent members are left out. */
public final class JsonProtocol {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private JsonProtocol() {}

    /** The members of a request; no body is an empty object. */
    public static ObjectNode read(AwsRequest request) {
        try {
            JsonNode read = request.body().length == 0 ? object() : JSON.readTree(request.body());
            if (read instanceof ObjectNode members) {
                return members;
            }
        } catch (IOException notJson) {
            throw new AwsError(400, "SerializationException", null);
        }
        throw new AwsError(400, "SerializationException", null);
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }

    /** The texts of a list member, empty when it is absent. */
    public static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    public static Optional<String> text(JsonNode members, String name) {
        return Optional.ofNullable(members.path(name).textValue());
    }

    public static AwsResponse answer(AwsRequest request, ObjectNode members) {
        return AwsResponse.json(write(members)).with("x-amzn-RequestId", request.requestId());
    }

    private static String write(ObjectNode members) {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The error as most awsJson services write it. */
    public static AwsResponse error(AwsRequest request, AwsError error) {
        ObjectNode body = object().put("__type", error.code()).put("message", error.getMessage());
        AwsResponse answer = AwsResponse.json(write(body));
        return new AwsResponse(error.httpStatus(), answer.headers(), answer.body())
                .with("x-amzn-RequestId", request.requestId());
    }
}
