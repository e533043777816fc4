package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Tasks run when the test says so: the executor is a queue. */
class NamespaceSharesTest {
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final NamespaceShares shares = new NamespaceShares(threads::add, 3, 4);

    private void tasks(String namespace, int count) {
        for (int i = 1; i <= count; i++) {
            String name = namespace + i;
            shares.execute(namespace, () -> ran.add(name));
        }
    }

    @Test
    void theFirstTaskOfANamespaceWaitsForNobody() {
        for (int i = 0; i < 50; i++) {
            tasks("hung-" + i + "-", 5);
        }
        assertThat(threads).as("one each, and what is shared").hasSize(50 + 4);
        threads.clear(); // they never come back

        tasks("healthy", 2);
        assertThat(threads).hasSize(1);
        threads.remove().run();
        threads.remove().run();

        assertThat(ran).as("its own thread is enough for all of it").containsExactly("healthy1", "healthy2");
        assertThat(threads).isEmpty();
    }

    @Test
    void noNamespaceHasMoreThanItsShare() {
        tasks("a", 9);
        assertThat(threads).hasSize(3);
        threads.remove().run();
        assertThat(threads).hasSize(3);
    }

    @Test
    void whatIsSharedGoesRound() {
        tasks("a", 9);
        tasks("b", 9);
        tasks("c", 9);
        assertThat(threads).as("one each, two more of a and of b").hasSize(7);

        while (!threads.isEmpty()) {
            threads.remove().run();
        }

        assertThat(ran).hasSize(27).doesNotHaveDuplicates();
        assertThat(ran.subList(0, 14)).as("nobody is served before the others").contains("a4", "b4", "c3");
        tasks("d", 9);
        assertThat(threads).as("all shares are free again").hasSize(3);
    }

    @Test
    void aTaskThatThrowsGivesItsThreadBack() {
        shares.execute("a", () -> {
            throw new IllegalStateException("a bug");
        });
        try {
            threads.remove().run();
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("a bug");
        }
        tasks("a", 4);
        assertThat(threads).hasSize(3);
    }
}
