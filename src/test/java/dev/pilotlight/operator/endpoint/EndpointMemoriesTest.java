package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.operator.endpoint.EndpointMemories.Memory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndpointMemoriesTest {
    private final EndpointMemories memories = new EndpointMemories();

    @Test
    void anObjectIsRememberedByItsUidAndForgottenWithIt() {
        Memory memory = memories.of("uid-1");
        memory.refuseLivePath();

        assertThat(memories.of("uid-1")).isSameAs(memory);
        assertThat(memories.of("uid-2").livePathRefused()).isFalse();
        memories.forget("uid-1");
        assertThat(memories.of("uid-1").livePathRefused()).isFalse();
    }

    @Test
    void failuresAreCountedInARow() {
        Memory memory = memories.of("uid-1");
        memory.failed();
        memory.failed();
        assertThat(memory.failures()).isEqualTo(2);

        memory.succeeded();
        assertThat(memory.failures()).isZero();
    }

    @Test
    void aFreshMemoryExpectsNothing() {
        Memory memory = memories.of("uid-1");

        assertThat(memory.writtenVersion()).isZero();
        assertThat(memory.writtenAt()).isEqualTo(Instant.EPOCH);
        assertThat(memory.owned()).isEmpty();
        assertThat(memory.verified()).isFalse();
    }
}
