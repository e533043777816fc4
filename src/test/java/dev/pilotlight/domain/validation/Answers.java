package dev.pilotlight.domain.validation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Answers of models, for tests. */
final class Answers {
    private Answers() {}

    static Answer ok(String body) {
        return answer(200, body);
    }

    static Answer answer(int status, String body) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                Duration.ofMillis(123));
    }
}
