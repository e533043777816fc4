package dev.pilotlight.domain.validation;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.pilotlight.domain.validation.Outcome.Code;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression ready to be evaluated; immutable and safe to share between threads. */
public final class CompiledExpectation implements Expectation {
    private static final int LONGEST_SHOWN = 200;
    /** CEL's texts may quote values of the answer; only the position is taken from them. */
    private static final Pattern POSITION = Pattern.compile("^evaluation error at [^:]{0,64}:([0-9]{1,6}):");

    private final String requestName;
    private final String expression;
    private final int bodyLimit;
    private final CelRuntime.Program program;

    private CompiledExpectation(String requestName, String expression, int bodyLimit, CelRuntime.Program program) {
        this.requestName = requestName;
        this.expression = expression;
        this.bodyLimit = bodyLimit;
        this.program = program;
    }

    static Expectation compile(String requestName, String expression, int bodyLimit) {
        try {
            CelValidationResult result = CelEnvironment.COMPILER.compile(expression);
            if (result.hasError()) {
                CelIssue first = result.getErrors().get(0);
                int line = first.getSourceLocation().getLine();
                int column = first.getSourceLocation().getColumn();
                boolean known = line > 0 && column >= 0;
                return new InvalidExpectation(
                        requestName, known ? line : 0, known ? column + 1 : 0, first.getMessage());
            }
            CelAbstractSyntaxTree tree = result.getAst();
            return new CompiledExpectation(
                    requestName, expression, bodyLimit, CelEnvironment.RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException | RuntimeException e) {
            return new InvalidExpectation(requestName, 0, 0, String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            return new InvalidExpectation(requestName, 0, 0, "the expression is nested too deeply");
        }
    }

    @Override
    public String requestName() {
        return requestName;
    }

    /** Holds the answer against the expression. Never throws on account of either. */
    public Outcome evaluate(Answer answer) {
        boolean tooLarge = answer.body().length > bodyLimit;
        try {
            Map<String, ?> variables = Map.of(CelEnvironment.RESPONSE, response(answer, tooLarge));
            Object value = program.trace(variables, new EvaluationBudget(answer.body().length));
            if (Boolean.TRUE.equals(value)) {
                return new Outcome.Passed();
            }
            return Boolean.FALSE.equals(value)
                    ? failed(answer, Code.NOT_TRUE, "the expression is false")
                    : failed(answer, Code.WRONG_TYPE, "the result is not a bool");
        } catch (CelEvaluationException e) {
            return notEvaluated(answer, tooLarge, e);
        } catch (BudgetExceededException e) {
            return tooCostly(answer);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return errored(
                    answer,
                    Code.INTERNAL,
                    "the evaluator failed with " + e.getClass().getSimpleName());
        }
    }

    private Outcome notEvaluated(Answer answer, boolean tooLarge, CelEvaluationException e) {
        if (hasCause(e, BudgetExceededException.class)) {
            return tooCostly(answer);
        }
        if (hasCause(e, BoundedRegex.InvalidPatternException.class)) {
            return failed(answer, Code.WRONG_TYPE, "a pattern is not a regular expression" + position(e));
        }
        CelErrorCode code = e.getErrorCode();
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND, INDEX_OUT_OF_BOUNDS ->
                tooLarge
                        ? failed(
                                answer,
                                Code.BODY_TOO_LARGE,
                                "the body has %d bytes, more than the %d an expression may read"
                                        .formatted(answer.body().length, bodyLimit))
                        : failed(
                                answer,
                                Code.FIELD_MISSING,
                                "the answer has no such field" + position(e)
                                        + "; has(...) tests for one, and response.json is there only when the body is JSON");
            case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, INVALID_ARGUMENT, BAD_FORMAT, TYPE_NOT_FOUND ->
                failed(answer, Code.WRONG_TYPE, "a value of the answer has another type or form" + position(e));
            case DIVIDE_BY_ZERO, NUMERIC_OVERFLOW ->
                failed(answer, Code.NOT_COMPUTABLE, "arithmetic without a result" + position(e));
            case ITERATION_BUDGET_EXCEEDED -> tooCostly(answer);
            case INTERNAL_ERROR, DUPLICATE_ATTRIBUTE ->
                errored(answer, Code.INTERNAL, "the evaluator failed" + position(e));
        };
    }

    private Map<String, Object> response(Answer answer, boolean tooLarge) {
        Map<String, Object> response = new HashMap<>();
        response.put("status", (long) answer.status());
        response.put("headers", answer.headers());
        response.put("latencyMillis", answer.latency().toMillis());
        if (!tooLarge) {
            response.put("body", new String(answer.body(), StandardCharsets.UTF_8));
            JsonBody.parse(answer.body()).ifPresent(json -> response.put("json", json));
        }
        return response;
    }

    private Outcome tooCostly(Answer answer) {
        return errored(answer, Code.TOO_COSTLY, "the expression does too much work; make it simpler");
    }

    private Outcome failed(Answer answer, Code code, String why) {
        return new Outcome.Failed(code, message(answer, why));
    }

    private Outcome errored(Answer answer, Code code, String why) {
        return new Outcome.Errored(code, message(answer, why));
    }

    private String message(Answer answer, String why) {
        String shown =
                expression.length() > LONGEST_SHOWN ? expression.substring(0, LONGEST_SHOWN) + "..." : expression;
        return "request %s: expected %s, but %s (status %d, %d ms)"
                .formatted(
                        requestName,
                        shown,
                        why,
                        answer.status(),
                        answer.latency().toMillis());
    }

    private static String position(CelEvaluationException e) {
        Matcher position = POSITION.matcher(String.valueOf(e.getMessage()));
        return position.find() ? " at character " + (Long.parseLong(position.group(1)) + 1) : "";
    }

    private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
