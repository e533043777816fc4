package dev.pilotlight.domain.validation;

import static dev.pilotlight.domain.validation.Answers.answer;
import static dev.pilotlight.domain.validation.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.validation.Expectation.InvalidExpectation;
import dev.pilotlight.domain.validation.Outcome.Code;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {
    private static final String BODY =
            "{\"label\":\"POSITIVE\",\"score\":0.98,\"count\":3,\"whole\":1.0,\"huge\":123456789012345678901234567890,"
                    + "\"nothing\":null,\"yes\":true,\"items\":[{\"id\":1},{\"id\":2}],\"text\":\"3\",\"a.b\":{\"c\":\"d\"}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "response.status == 200",
                "response.status == 200 && response.json.label == \"POSITIVE\"",
                "response.latencyMillis < 1000",
                "response.headers['content-type'].startsWith('application/')",
                "!('x-missing' in response.headers)",
                "response.body.contains('POSITIVE')",
                "response.body.matches('\"score\":0\\\\.[0-9]+')",
                "response.json.score > 0.5 && response.json.score <= 1",
                "response.json.count == 3 && response.json.count == 3.0 && response.json.count > 2.5",
                "response.json.whole == 1",
                "response.json.huge > 1.0e29",
                "response.json.nothing == null",
                "has(response.json.nothing) && !has(response.json.missing)",
                "response.json.yes",
                "response.json.items.size() == 2 && response.json.items[1].id == 2",
                "response.json.items.all(i, i.id > 0) && response.json.items.exists_one(i, i.id == 1)",
                "int(response.json.text) == response.json.count",
                "response.json['a.b'].c == 'd'",
                "response.json.label in ['POSITIVE', 'NEGATIVE']",
                "size(response.json.items.map(i, i.id).filter(n, n > 1)) == 1",
                "has(response.json)",
                "response.status in [200, 201] ? true : false",
            })
    void anAnswerAsExpectedPasses(String expression) {
        assertThat(evaluate(expression, ok(BODY))).isEqualTo(new Outcome.Passed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "response.status == 201 | NOT_TRUE",
                "response.json.label == 'NEGATIVE' | NOT_TRUE",
                "response.json.missing == 1 | FIELD_MISSING",
                "response.json.label.deeper == 1 | FIELD_MISSING",
                "response.json.items[7].id == 1 | FIELD_MISSING",
                "response.headers['x-missing'] == 'a' | FIELD_MISSING",
                "response.json.label > 3 | WRONG_TYPE",
                "response.json.label | WRONG_TYPE",
                "int(response.json.label) == 1 | WRONG_TYPE",
                "timestamp(response.body).getHours() == 1 | WRONG_TYPE",
                "response.body.matches(response.body + '[') | WRONG_TYPE",
                "response.json.count / (response.status - 200) == 1 | NOT_COMPUTABLE",
                "9223372036854775807 + response.status > 0 | NOT_COMPUTABLE",
            })
    void anAnswerThatIsNotAsExpectedFailsWithItsCode(String expression, Code code) {
        assertThat(evaluate(expression, ok(BODY)))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.code()).as(failed.message()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Internal Server Error", "{\"a\":1} trailing", "{\"a\":NaN}", "{'a':1}", "{\"a\":", "\uFFFF"
            })
    void aBodyThatIsNotJsonHasNoJson(String body) {
        assertThat(evaluate("!has(response.json)", answer(500, body))).isEqualTo(new Outcome.Passed());
        assertThat(evaluate("response.json.label == 'x'", answer(500, body)))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(Code.FIELD_MISSING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3 | response.json == 3",
                "\"a\" | response.json == 'a'",
                "null | response.json == null",
                "[1] | response.json[0] == 1",
                "false | !response.json"
            })
    void aBodyMayBeAnyJsonValue(String body, String expression) {
        assertThat(evaluate(expression, ok(body))).isEqualTo(new Outcome.Passed());
    }

    @Test
    void aFailureSaysWhatWasExpectedAndNothingOfTheBody() {
        Outcome outcome = evaluate("response.json.person == 'x'", answer(503, "{\"name\":\"Jane Roe\"}"));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains(
                                        "request happy",
                                        "response.json.person == 'x'",
                                        "status 503",
                                        "123 ms",
                                        "at character")
                                .doesNotContain("Jane"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int(response.body) == 1",
                "{'a': 1}[response.body] == 1",
                "response.body.matches(response.body)",
                "timestamp(response.body) == timestamp(response.body)",
                "duration(response.body) == duration('1s')",
                "response.json.name > 1",
                "response.body == ''",
            })
    void noOutcomeRepeatsTheBody(String expression) {
        assertThat(evaluate(expression, ok("{\"name\":\"Jane Roe\"[")).toString())
                .doesNotContain("Jane");
        assertThat(evaluate(expression, ok("{\"name\":\"Jane Roe\"}")).toString())
                .doesNotContain("Jane");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "response.status == | 1 | 19",
                "response.status | 1 | 9",
                "response.stauts == 200 | 1 | 9",
                "status == 200 | 1 | 1",
                "response.status == 'ok' | 1 | 17",
                "response.body.replace('a','b') == '' | 1 | 22",
                "'unterminated | 1 | 1",
                "open('/etc/passwd') == '' | 1 | 5",
                "http.get('http://example.com') == '' | 1 | 1",
            })
    void anExpressionThatDoesNotCompileNamesRequestAndPosition(String expression, int line, int column) {
        assertThat(Expectation.compile("happy", expression))
                .isInstanceOfSatisfying(InvalidExpectation.class, invalid -> {
                    assertThat(invalid.requestName()).isEqualTo("happy");
                    assertThat(invalid.message()).isNotBlank();
                    assertThat(List.of(invalid.line(), invalid.column()))
                            .as(invalid.describe())
                            .containsExactly(line, column);
                    assertThat(invalid.describe()).contains("requests[name=happy]", "line " + line, invalid.message());
                });
    }

    @Test
    void aBodyOverTheLimitIsNeitherTextNorJson() {
        Answer answer = ok("{\"a\":\"" + "x".repeat(100) + "\"}");
        CompiledExpectation reads = (CompiledExpectation) Expectation.compile("big", "response.json.a == 'x'", 64);
        assertThat(reads.evaluate(answer)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(Code.BODY_TOO_LARGE);
            assertThat(failed.message()).contains("108 bytes", "64");
        });
        CompiledExpectation doesNot = (CompiledExpectation) Expectation.compile("big", "response.status == 200", 64);
        assertThat(doesNot.evaluate(answer)).isEqualTo(new Outcome.Passed());
    }

    @Test
    void oneCompiledExpectationServesManyThreads() throws Exception {
        CompiledExpectation shared = (CompiledExpectation)
                Expectation.compile("shared", "response.json.items.exists(i, i.id == response.json.want)");
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> evaluations = IntStream.range(0, 400)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        String body = "{\"want\":%d,\"items\":[{\"id\":0},{\"id\":1}]}".formatted(i % 4);
                        boolean passed = shared.evaluate(ok(body)) instanceof Outcome.Passed;
                        return passed == (i % 4 < 2);
                    })
                    .toList();
            for (var evaluation : threads.invokeAll(evaluations)) {
                assertThat(evaluation.get()).isTrue();
            }
        }
    }

    private static Outcome evaluate(String expression, Answer answer) {
        Expectation expectation = Expectation.compile("happy", expression);
        assertThat(expectation).as(expectation.toString()).isInstanceOf(CompiledExpectation.class);
        return ((CompiledExpectation) expectation).evaluate(answer);
    }
}
