package dev.pilotlight.domain.validation;

/**
 * The {@code expect} of a validation request after compilation. The expression is CEL over {@code response}:
 *
 * <ul>
 *   <li>{@code response.status}: int
 *   <li>{@code response.headers}: map of strings, names in lower case
 *   <li>{@code response.latencyMillis}: int
 *   <li>{@code response.body}: string, UTF-8
 *   <li>{@code response.json}: dyn; absent when the body is not one JSON value, so {@code has(response.json)} tells
 * </ul>
 *
 * <p>Body and JSON are absent when the body is larger than the limit. Compiling takes about 2 ms once warm and touches nothing outside
 * the process, so that it comes before any AWS call. Both forms are immutable and safe to share between threads. CEL's classes load
 * with the first {@link #compile}, not before.
 */
public sealed interface Expectation permits CompiledExpectation, Expectation.InvalidExpectation {

    /** Bodies up to this many bytes are offered to expressions unless told otherwise: 1 MiB. */
    int DEFAULT_BODY_LIMIT = 1 << 20;

    /** Name of the validation request. */
    String requestName();

    /** Compiles with the default body limit. Never throws on account of the expression. */
    static Expectation compile(String requestName, String expression) {
        return compile(requestName, expression, DEFAULT_BODY_LIMIT);
    }

    /**
     * @param requestName name of the validation request, for messages
     * @param bodyLimit largest body in bytes that the expression may read
     */
    static Expectation compile(String requestName, String expression, int bodyLimit) {
        return CompiledExpectation.compile(requestName, expression, bodyLimit);
    }

    /**
     * An expression that does not compile, yields no bool, or is too large.
     *
     * @param line from 1; 0 when the position is unknown
     * @param column from 1; 0 when the position is unknown
     * @param message CEL's own text
     */
    record InvalidExpectation(String requestName, int line, int column, String message) implements Expectation {

        /** For a condition: which request, where, and what is wrong. */
        public String describe() {
            String where = line > 0 ? " at line %d, column %d".formatted(line, column) : "";
            return "spec.rollout.validation.requests[name=%s].expect is not valid%s: %s"
                    .formatted(requestName, where, message);
        }
    }
}
