package dev.pilotlight.domain.validation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What came back from one invocation.
 *
 * @param status HTTP status of the container
 * @param headers response headers; names are made lower-case here
 * @param body as received; never copied into an outcome
 * @param latency from sending the request to the last byte of the answer
 */
public record Answer(int status, Map<String, String> headers, byte[] body, Duration latency) {
    public Answer {
        Map<String, String> lowerCase = new HashMap<>();
        headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lowerCase);
    }
}
