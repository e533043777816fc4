package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.ModelSpec;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.preflight.Reading;
import dev.pilotlight.operator.endpoint.Gathered.Access;
import dev.pilotlight.testing.FakeAwsSessions;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Facts are read when the test says so: the executor is a queue. */
class InspectorTest {
    private static final Location HERE = new Location("111122223333", "us-east-1");
    private static final String REVISION = "9f3c2a1b";

    private final ManualScheduler time = new ManualScheduler(Instant.parse("2026-03-02T08:00:00Z"));
    private final FakeAwsSessions aws = new FakeAwsSessions(time.clock());
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> woken = new ArrayList<>();
    private final Inspector inspector = new Inspector(
            new NamespaceShares(threads::add, 2, 16),
            aws,
            (round, retry) -> woken.add(round.name() + " after " + retry.toSeconds()),
            time.clock());

    private static Inspector.Round round(String name) {
        SessionRequest session = FakeAwsSessions.requestOfATeam();
        return new Inspector.Round(
                "ml",
                name,
                new Inspector.Key("uid-" + name, REVISION, Facts.Scope.REVISION),
                Instant.EPOCH,
                new ModelSpec("image:1", null, "arn:aws:iam::111122223333:role/sagemaker/x", null),
                new Access(HERE, session));
    }

    private void readAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void factsWaitForThePassTheyWakeAndARefusalIsOneOfThem() {
        aws.deny("ml");
        inspector.start(round("a"));
        inspector.start(round("a"));
        assertThat(threads).as("it is under way").hasSize(1);
        assertThat(inspector.idle()).isFalse();

        readAll();

        assertThat(woken).containsExactly("a after 0");
        assertThat(inspector.idle()).isTrue();
        assertThat(inspector.facts("uid-a", "another")).isEmpty();
        assertThat(inspector.facts("uid-a", REVISION).orElseThrow().image())
                .hasValueSatisfying(image -> assertThat(image).isInstanceOf(Reading.Refused.class));
        inspector.start(round("a"));
        assertThat(threads).as("it was answered").isEmpty();
    }

    @Test
    void anErrorOfOursIsTriedAgainAfterAWhile() {
        // The sessions of this AWS know no registry.
        inspector.start(round("a"));
        readAll();

        assertThat(woken).containsExactly("a after 30");
        assertThat(inspector.facts("uid-a", REVISION)).isEmpty();
        assertThat(inspector.idle()).isTrue();
    }

    @Test
    void whatIsForgottenWhileItIsReadIsReadAgain() {
        aws.deny("ml");
        inspector.start(round("a"));
        inspector.forget("uid-a");
        readAll();

        assertThat(inspector.facts("uid-a", REVISION)).isEmpty();
        assertThat(woken).containsExactly("a after 0");
        assertThat(inspector.idle()).isTrue();

        inspector.start(round("a"));
        readAll();
        assertThat(inspector.facts("uid-a", REVISION)).isPresent();
    }
}
