package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.ValidationRequest;
import dev.pilotlight.domain.validation.Expectation;
import dev.pilotlight.domain.validation.Expectation.InvalidExpectation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiled expectations by expression, the most recently used ones; a pass over an unchanged object compiles nothing. */
final class Expectations {
    private static final int KEPT = 1000;

    /** A request without an expectation is content with any answer of the model that is not an error. */
    private static final String ANY_SUCCESS = "response.status >= 200 && response.status < 300";

    private final Map<Key, Expectation> compiled = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Expectation> eldest) {
            return size() > KEPT;
        }
    });

    private record Key(String requestName, String expression) {}

    Expectation of(ValidationRequest request) {
        String expression = request.expect() == null ? ANY_SUCCESS : request.expect();
        return compiled.computeIfAbsent(
                new Key(request.name(), expression), key -> Expectation.compile(key.requestName(), key.expression()));
    }

    /** Why the first expression that cannot be used cannot be used; empty when all can. */
    Optional<String> firstInvalid(List<ValidationRequest> requests) {
        return requests.stream()
                .map(this::of)
                .filter(InvalidExpectation.class::isInstance)
                .map(invalid -> ((InvalidExpectation) invalid).describe())
                .findFirst();
    }
}
