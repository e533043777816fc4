package dev.pilotlight.domain.validation;

import static dev.pilotlight.domain.validation.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.validation.Expectation.InvalidExpectation;
import dev.pilotlight.domain.validation.Outcome.Code;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions and answers written to hurt: each ends, in bounds, with a value. */
class HostileExpectationTest {
    private static final String HUNDRED = "[" + String.join(",", Collections.nCopies(100, "1")) + "]";

    static Stream<Arguments> costly() {
        String megabyte = "a".repeat(1 << 20);
        String wide = "[" + String.join(",", Collections.nCopies(200_000, "1")) + "]";
        return Stream.of(
                Arguments.of("three loops in one another", loops(3, "true"), "{}"),
                Arguments.of("a loop over a wide answer", "response.json.all(x, x == 1)", wide),
                Arguments.of("a body scanned in a loop", loops(2, "!response.body.contains('b')"), megabyte),
                Arguments.of("a body matched in a loop", loops(1, "!response.body.matches('(a+)+b')"), megabyte),
                Arguments.of("a body joined to itself", plus("response.body", 50) + " == ''", megabyte),
                Arguments.of("a wide answer compared in a loop", loops(2, "response.json == response.json"), wide),
                Arguments.of(
                        "nested counted repetitions", "response.body.matches('((a{1,1000}){1,1000}){1,1000}')", "a"),
                Arguments.of("two counted repetitions", "response.body.matches('(a{1000}){1000}')", "a"),
                Arguments.of("a large program over a large text", "response.body.matches('(a{1,900})+b')", megabyte),
                Arguments.of("a pattern out of the answer", "response.body.matches(response.body)", "(a{1000}){1000}"),
                Arguments.of("a long pattern", "response.body.matches(response.body)", "a".repeat(2000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("costly")
    @Timeout(60)
    void workThatGrowsWithoutBoundIsCutOff(String what, String expression, String body) {
        Expectation expectation = Expectation.compile("hostile", expression);
        assertThat(expectation).as(expectation.toString()).isInstanceOf(CompiledExpectation.class);
        assertThat(((CompiledExpectation) expectation).evaluate(ok(body)))
                .isInstanceOfSatisfying(
                        Outcome.Errored.class,
                        errored -> assertThat(errored.code()).isEqualTo(Code.TOO_COSTLY));
    }

    static Stream<Arguments> oversized() {
        return Stream.of(
                Arguments.of("deep parentheses", "(".repeat(2000) + "true" + ")".repeat(2000)),
                Arguments.of("deep lists", "[".repeat(1500) + "]".repeat(1500) + ".size() == 0"),
                Arguments.of("deep ternaries", "true ? ".repeat(500) + "true" + " : false".repeat(500)),
                Arguments.of("too long", "true || " + "true || ".repeat(600) + "true"),
                Arguments.of("garbage", "\u0000\u0001((("),
                Arguments.of("nothing", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oversized")
    @Timeout(60)
    void anExpressionThatIsTooLargeDoesNotCompile(String what, String expression) {
        assertThat(Expectation.compile("hostile", expression)).isInstanceOf(InvalidExpectation.class);
    }

    @Test
    void aLongChainOfOrdinaryConditionsStillWorks() {
        String chain = String.join(" && ", Collections.nCopies(100, "response.status == 200"));
        assertThat(((CompiledExpectation) Expectation.compile("chain", chain)).evaluate(ok("{}")))
                .isEqualTo(new Outcome.Passed());
    }

    @Test
    void anAnswerNestedTooDeeplyIsNotJson() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(((CompiledExpectation) Expectation.compile("deep", "!has(response.json)")).evaluate(ok(deep)))
                .isEqualTo(new Outcome.Passed());
    }

    @Test
    void oneMatchAndAHundredSmallOnesOnAMegabyteAreWithinBudget() {
        StringBuilder body = new StringBuilder("{\"items\":[");
        body.append(String.join(",", Collections.nCopies(100, "{\"label\":\"" + "A".repeat(10_000) + "\"}")));
        body.append("]}");
        String expression = "response.body.matches('label') && response.json.items.all(i, i.label.matches('^[A-Z]+$'))";
        assertThat(((CompiledExpectation) Expectation.compile("fair", expression)).evaluate(ok(body.toString())))
                .isEqualTo(new Outcome.Passed());
    }

    @Test
    void celIsNotLoadedBeforeTheFirstExpression() throws Exception {
        URL classes = Expectation.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader withoutCel =
                new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            for (Class<?> type :
                    new Class<?>[] {Expectation.class, Outcome.class, Answer.class, InvalidExpectation.class}) {
                assertThat(Class.forName(type.getName(), true, withoutCel).getClassLoader())
                        .isSameAs(withoutCel);
            }
            Class<?> answer = Class.forName(Answer.class.getName(), true, withoutCel);
            assertThat(answer.getConstructors()[0].newInstance(200, java.util.Map.of(), new byte[0], Duration.ZERO))
                    .isNotNull();
        }
    }

    private static String loops(int depth, String innermost) {
        String expression = innermost;
        for (int i = 0; i < depth; i++) {
            expression = HUNDRED + ".all(x" + i + ", " + expression + ")";
        }
        return expression;
    }

    private static String plus(String operand, int times) {
        return String.join(" + ", Collections.nCopies(times, operand));
    }
}
