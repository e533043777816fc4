package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ValidationRequest;
import dev.pilotlight.api.v1alpha1.ValidationRequestResult;
import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.Inference;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.operator.OperatorSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Validations run when the test says so: the executor is a queue. */
class ValidationRunnerTest {
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> woken = new ArrayList<>();
    private final List<String> invoked = new ArrayList<>();
    private Inference inference = request -> {
        invoked.add(request.endpointName());
        return answer(200);
    };
    private final ValidationRunner runner = new ValidationRunner(
            new NamespaceShares(threads::add, 2, 16),
            new Expectations(),
            (run, retry) -> woken.add(run.name() + " after " + retry.toSeconds()));

    private static Inference.Response answer(int status) {
        return new Inference.Response(
                status, Map.of(), "{}".getBytes(StandardCharsets.UTF_8), Duration.ofMillis(12), "r-1");
    }

    private ValidationRunner.Run run(String namespace, String name, int attempt) {
        return new ValidationRunner.Run(
                namespace,
                name,
                new ValidationRunner.Run.Key("uid-" + name, "9f3c2a1b", attempt, "digest"),
                "digest",
                namespace + "-" + name,
                List.of(new ValidationRequest("happy", "application/json", null, "{}", "response.status == 200")),
                () -> request -> inference.invoke(request));
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void aResultWaitsForThePassItWakes() {
        runner.start(run("ml", "a", 1));
        assertThat(runner.idle()).isFalse();
        assertThat(runner.finished("uid-a")).isEmpty();

        runAll();

        assertThat(woken).containsExactly("a after 0");
        assertThat(runner.idle()).isTrue();
        assertThat(runner.finished("uid-a")).hasValueSatisfying(result -> {
            assertThat(result.passed()).isTrue();
            assertThat(result.attempt()).isEqualTo(1);
            assertThat(result.digest()).isEqualTo("digest");
            assertThat(result.requests()).containsExactly(new ValidationRequestResult("happy", "Passed", 12L));
        });
    }

    @Test
    void aRunIsStartedOnceForAsLongAsItRunsOrItsResultIsThere() {
        runner.start(run("ml", "a", 1));
        runner.start(run("ml", "a", 1));
        runAll();
        assertThat(invoked).hasSize(1);

        runner.start(run("ml", "a", 1));
        runAll();
        assertThat(invoked).as("it ended while a pass was under way").hasSize(1);

        runner.forget("uid-a");
        runner.start(run("ml", "a", 1));
        runAll();
        assertThat(invoked).as("a lost result is made again").hasSize(2);

        runner.start(run("ml", "a", 2));
        runAll();
        assertThat(invoked).as("another attempt").hasSize(3);
    }

    @Test
    void aNamespaceHasItsShareAndNoMore() {
        for (String name : List.of("a", "b", "c", "d")) {
            runner.start(run("greedy", name, 1));
        }
        runner.start(run("modest", "e", 1));

        assertThat(threads).as("two of greedy and the one of modest").hasSize(3);
        runAll();
        assertThat(woken).hasSize(5);
        assertThat(runner.idle()).isTrue();

        runner.start(run("greedy", "f", 1));
        runner.start(run("greedy", "g", 1));
        assertThat(threads).as("the share is free again").hasSize(2);
    }

    @Test
    void twentyHungValidationsHarmNobodyWhetherOfOneTeamOrOfTwenty() {
        OperatorSettings usual = OperatorSettings.defaults();
        ValidationRunner shipped = new ValidationRunner(
                new NamespaceShares(threads::add, usual.slowCallsPerNamespace(), usual.slowCalls()),
                new Expectations(),
                (run, retry) -> woken.add(run.name()));
        for (int i = 0; i < 20; i++) {
            shipped.start(run("hung", "h" + i, 1));
            shipped.start(run("hung-" + i, "t" + i, 1));
        }
        assertThat(threads).as("threads that hang").hasSize(usual.slowCallsPerNamespace() + 20);
        threads.clear(); // they never come back

        shipped.start(run("healthy", "a", 1));
        runAll();

        assertThat(woken).containsExactly("a");
        assertThat(shipped.finished("uid-a").orElseThrow().passed()).isTrue();
    }

    @Test
    void anAnswerOtherThanExpectedIsAResult() {
        inference = request -> answer(500);
        runner.start(run("ml", "a", 1));
        runAll();

        assertThat(runner.finished("uid-a").orElseThrow().passed()).isFalse();
        assertThat(runner.finished("uid-a").orElseThrow().requests().getFirst().outcome())
                .startsWith("Failed (HTTP 500)");
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void whatCanPassIsTriedAgainAndWhatCannotIsAResult(FailureKind kind) {
        inference = request -> {
            throw new AwsException(new AwsFailure(kind, "runtime:InvokeEndpoint", "Code", "text", "r"), null);
        };
        runner.start(run("ml", "a", 1));
        runAll();

        boolean canPass = List.of(
                        FailureKind.THROTTLED, FailureKind.RETRIABLE, FailureKind.IN_PROGRESS, FailureKind.NOT_FOUND)
                .contains(kind);
        boolean denied = kind == FailureKind.DENIED;
        assertThat(runner.finished("uid-a").isEmpty()).isEqualTo(canPass || denied);
        assertThat(runner.refused("uid-a").isPresent()).isEqualTo(denied);
        assertThat(woken).containsExactly(denied ? "a after 30" : canPass ? "a after 2" : "a after 0");
    }

    @Test
    void aRefusalLastsUntilARunIsLetThrough() {
        Inference allowed = inference;
        inference = request -> {
            throw new AwsException(
                    new AwsFailure(FailureKind.DENIED, "sagemaker:InvokeEndpoint", "AccessDenied", "no", "r"), null);
        };
        runner.start(run("ml", "a", 1));
        runAll();
        assertThat(runner.refused("uid-a").orElseThrow().operation()).isEqualTo("sagemaker:InvokeEndpoint");

        inference = allowed;
        runner.start(run("ml", "a", 1));
        runAll();

        assertThat(runner.refused("uid-a")).isEmpty();
        assertThat(runner.finished("uid-a").orElseThrow().passed()).isTrue();
    }

    @Test
    void anErrorOfOursNeitherStopsTheQueueNorMakesAResult() {
        inference = request -> {
            throw new IllegalStateException("a bug");
        };
        for (String name : List.of("a", "b", "c")) {
            runner.start(run("ml", name, 1));
        }
        runAll();

        assertThat(woken).containsExactlyInAnyOrder("a after 30", "b after 30", "c after 30");
        assertThat(runner.finished("uid-a")).isEmpty();
        assertThat(runner.idle()).isTrue();
    }

    @Test
    void aWakeUpThatFailsDoesNotHoldUpTheNamespace() {
        List<String> seen = new ArrayList<>();
        ValidationRunner frail =
                new ValidationRunner(new NamespaceShares(threads::add, 1, 1), new Expectations(), (run, retry) -> {
                    seen.add(run.name());
                    throw new IllegalStateException("nobody there");
                });
        frail.start(run("ml", "a", 1));
        frail.start(run("ml", "b", 1));
        while (!threads.isEmpty()) {
            try {
                threads.remove().run();
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessage("nobody there");
            }
        }

        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void whatIsForgottenIsGone() {
        runner.start(run("ml", "a", 1));
        runAll();
        runner.forget("uid-a");
        assertThat(runner.finished("uid-a")).isEmpty();

        runner.start(run("ml", "b", 1));
        runner.forget("uid-b");
        runAll();
        assertThat(runner.finished("uid-b")).as("it was under way").isEmpty();
    }

    @Test
    void theInvocationIsMarkedAsOurs() {
        List<String> ids = new ArrayList<>();
        inference = request -> {
            ids.add(request.inferenceID());
            return answer(200);
        };
        runner.start(run("ml", "a", 1));
        runAll();

        assertThat(ids).containsExactly("pilotlight-validation-9f3c2a1b");
    }
}
