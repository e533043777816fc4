package dev.pilotlight.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to the client, in the wire format of its service.
 *
 * @param status HTTP status
 * @param headers header names as AWS writes them
 * @param body may be empty, never null
 */
public record AwsResponse(int status, Map<String, String> headers, byte[] body) {

    /** An awsJson 1.1 answer. */
    public static AwsResponse json(String json) {
        return of(200, "application/x-amz-json-1.1", json.getBytes(StandardCharsets.UTF_8));
    }

    /** A query-protocol or rest-xml answer. */
    public static AwsResponse xml(int status, String xml) {
        return of(status, "text/xml", xml.getBytes(StandardCharsets.UTF_8));
    }

    /** Any other answer. */
    public static AwsResponse of(int status, String contentType, byte[] body) {
        return new AwsResponse(status, Map.of("Content-Type", contentType), body);
    }

    /** The same answer with one more header. */
    public AwsResponse with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new AwsResponse(status, more, body);
    }
}
