package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 2", "3, 4", "8, 128", "9, 256", "10, 300", "2000000000, 300"})
    void itDoublesUpToFiveMinutesAndNeverGivesUp(int failures, long seconds) {
        Duration wait = new Backoff(new Random() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public double nextDouble() {
                        return 0.5;
                    }
                })
                .after(failures);

        assertThat(wait).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Property
    void chanceKeepsManyFromComingBackTogether(
            @ForAll @IntRange(min = 10, max = 1000) int failures, @ForAll long seed) {
        assertThat(new Backoff(new Random(seed)).after(failures))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
    }
}
