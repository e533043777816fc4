package dev.pilotlight.domain.validation;

/** How an expectation fared against an answer. Messages hold the expression, status and latency, never a body. */
public sealed interface Outcome {

    /** The answer is as expected. */
    record Passed() implements Outcome {}

    /** The answer is not as expected. */
    record Failed(Code code, String message) implements Outcome {}

    /** The expression could not be evaluated to its end; says nothing about the answer. */
    record Errored(Code code, String message) implements Outcome {}

    /** Why an outcome is not {@link Passed}. */
    enum Code {
        /** The expression is false. */
        NOT_TRUE,
        /** The expression reads a field, header or index the answer has not, or JSON of an answer that is not JSON. */
        FIELD_MISSING,
        /** A value in the answer has another type or form than the expression needs. */
        WRONG_TYPE,
        /** Arithmetic on the answer has no result: division by zero, overflow. */
        NOT_COMPUTABLE,
        /** The expression reads a body that is larger than the limit. */
        BODY_TOO_LARGE,
        /** The expression used up its budget. */
        TOO_COSTLY,
        /** The evaluator failed. */
        INTERNAL
    }
}
