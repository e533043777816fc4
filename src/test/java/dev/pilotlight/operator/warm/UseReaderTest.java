package dev.pilotlight.operator.warm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.operator.endpoint.NamespaceShares;
import dev.pilotlight.operator.warm.UseReader.Question;
import dev.pilotlight.simulator.SimulatedAws;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a policy is told of the use of its endpoint, and of no other. */
class UseReaderTest {
    private final SimulatedAws aws = SimulatedAws.start(settings -> settings);
    private final ManualScheduler scheduler = new ManualScheduler(SimulatedAws.START);
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> answered = new ArrayList<>();
    private final UseReader reader = new UseReader(
            SdkAwsSessions.create(
                    AwsSettings.defaults()
                            .withEndpointOverride(aws.simulator().endpoint())
                            .withAccessKey("AKIAEXAMPLE", "secret"),
                    scheduler.clock()),
            new NamespaceShares(threads::add, 2, 2),
            question -> answered.add(question.endpointName()),
            scheduler.clock());

    @AfterEach
    void close() {
        aws.close();
    }

    private void ask(String endpoint) {
        reader.ask(new Question(
                "ml",
                "warm",
                "uid-1",
                new SessionRequest(Optional.empty(), "us-east-1", "c1", "pod", new SessionRequest.Purpose.Tenant("ml")),
                endpoint,
                "main",
                Duration.ofMinutes(10)));
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void anAnswerIsKeptAndItsPolicyHearsOfIt() {
        ask("sentiment");
        assertThat(reader.idle()).isFalse();
        runAll();

        assertThat(reader.latest("uid-1")).isPresent();
        assertThat(answered).containsExactly("sentiment");
        assertThat(reader.idle()).isTrue();
    }

    @Test
    void anAnswerAboutTheEndpointBeforeIsDropped() {
        ask("sentiment");
        reader.forget("uid-1");
        ask("ranking");
        runAll();
        assertThat(reader.latest("uid-1")).isEmpty();
        assertThat(answered).as("so that it is asked again").containsExactly("sentiment");

        ask("ranking");
        runAll();
        assertThat(reader.latest("uid-1")).isPresent();
        assertThat(answered).containsExactly("sentiment", "ranking");
    }
}
