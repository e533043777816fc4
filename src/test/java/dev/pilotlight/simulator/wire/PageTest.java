package dev.pilotlight.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    private static Page<String> page(List<String> all, Optional<String> token) {
        return Page.of(all, item -> item, token, 2, () -> new AwsError(400, "InvalidNextTokenException", "no token"));
    }

    @Test
    void pagesFollowEachOtherToTheEnd() {
        List<String> all = List.of("a", "b", "c");
        Page<String> first = page(all, Optional.empty());
        Page<String> second = page(all, first.next());

        assertThat(first.items()).containsExactly("a", "b");
        assertThat(second.items()).containsExactly("c");
        assertThat(second.next()).isEmpty();
        assertThat(page(List.of(), Optional.empty())).isEqualTo(new Page<>(List.of(), Optional.empty()));
    }

    @Test
    void whoeverDeletesAPageFindsTheRestOnTheNext() {
        Optional<String> token =
                page(List.of("a", "b", "c", "d"), Optional.empty()).next();

        assertThat(page(List.of("c", "d"), token).items()).containsExactly("c", "d");
    }

    @Test
    void whatCameBeforeRepeatsNothing() {
        Optional<String> token = page(List.of("b", "c", "d"), Optional.empty()).next();

        assertThat(page(List.of("a", "b", "c", "d"), token).items()).containsExactly("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "?", "YWZ0ZXI", ""})
    void aTokenThatWasNeverGivenIsRefused(String token) {
        assertThatThrownBy(() -> page(List.of("a"), Optional.of(token)))
                .isInstanceOf(AwsError.class)
                .hasMessage("no token");
    }
}
