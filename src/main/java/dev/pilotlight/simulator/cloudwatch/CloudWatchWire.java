package dev.pilotlight.simulator.cloudwatch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.QueryForm;
import dev.pilotlight.simulator.wire.QueryProtocol;
import dev.pilotlight.simulator.wire.XmlWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * CloudWatch in two wire formats: a form that is answered in XML (AWS SDK for Java), and JSON 1.0 (boto3, AWS CLI). Both are read into and
 * written from the same members; a value of a form is a text. An {@link Instant} in an answer is a {@link POJONode}.
 */
final class CloudWatchWire {
    private static final QueryProtocol QUERY = new QueryProtocol("http://monitoring.amazonaws.com/doc/2010-08-01/");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .addModule(new SimpleModule().addSerializer(Instant.class, new EpochSeconds()))
            .build();

    private CloudWatchWire() {}

    private static final class EpochSeconds extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        EpochSeconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(JsonProtocol.seconds(value));
        }
    }

    static ObjectNode read(AwsRequest request) {
        return isJson(request)
                ? JsonProtocol.read(request)
                : QueryForm.of(request).tree();
    }

    static Optional<Instant> time(JsonNode members, String field) {
        JsonNode value = members.path(field);
        if (value.isNumber()) {
            return Optional.of(
                    Instant.ofEpochMilli(value.decimalValue().movePointRight(3).longValue()));
        }
        try {
            return value.isTextual() ? Optional.of(Instant.parse(value.textValue())) : Optional.empty();
        } catch (DateTimeException e) {
            throw new AwsError(400, "InvalidParameterValue", "The parameter " + field + " must be a timestamp.");
        }
    }

    static AwsResponse answer(AwsRequest request, ObjectNode members) {
        if (isJson(request)) {
            return json(200, members);
        }
        return QUERY.answer(request, request.operation(), xml -> write(xml, members));
    }

    static AwsResponse error(AwsRequest request, AwsError error) {
        if (!isJson(request)) {
            return QUERY.error(request, error);
        }
        ObjectNode body = JsonProtocol.object().put("__type", error.code()).put("message", error.getMessage());
        String fault = error.httpStatus() < 500 ? "Sender" : "Receiver";
        return json(error.httpStatus(), body).with("x-amzn-query-error", error.code() + ";" + fault);
    }

    private static boolean isJson(AwsRequest request) {
        return request.header("x-amz-target").isPresent();
    }

    private static AwsResponse json(int status, ObjectNode members) {
        try {
            byte[] body = JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
            return AwsResponse.of(status, "application/x-amz-json-1.0", body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(XmlWriter xml, JsonNode members) {
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            write(xml, member.getKey(), member.getValue());
        }
    }

    private static void write(XmlWriter xml, String name, JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> {
                xml.open(name);
                write(xml, value);
                xml.close();
            }
            case ARRAY -> {
                xml.open(name);
                value.forEach(member -> write(xml, "member", member));
                xml.close();
            }
            // An Instant writes itself as ISO 8601.
            case POJO -> xml.element(name, ((POJONode) value).getPojo());
            default -> xml.element(name, value.asText());
        }
    }
}
