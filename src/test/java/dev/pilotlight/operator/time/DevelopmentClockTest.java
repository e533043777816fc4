package dev.pilotlight.operator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentClockTest {
    private static final Instant WALL = Instant.parse("2026-11-24T15:00:00Z");

    private final TurnedClock wall = new TurnedClock(WALL);

    @Test
    void itStartsAtItsOriginAndRunsAtItsSpeed() {
        DevelopmentClock clock = DevelopmentClock.parse("2026-01-01T00:00:00Z@20", wall);
        assertThat(clock.instant()).isEqualTo("2026-01-01T00:00:00Z");
        wall.jumpTo(WALL.plusSeconds(3));
        assertThat(clock.instant()).isEqualTo("2026-01-01T00:01:00Z");
    }

    @Test
    void anotherProcessJoinsByTheFlag() {
        DevelopmentClock first = DevelopmentClock.parse("2026-01-01T00:00:00Z@0.5", wall);
        wall.jumpTo(WALL.plusSeconds(100));
        DevelopmentClock second = DevelopmentClock.parse(first.toFlag(), wall);
        assertThat(first.toFlag()).isEqualTo("2026-01-01T00:00:00Z@0.5@2026-11-24T15:00:00Z");
        wall.jumpTo(WALL.plusSeconds(200));
        assertThat(second.instant()).isEqualTo(first.instant()).isEqualTo("2026-01-01T00:01:40Z");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void itFollowsAWallClockThatGoesBack() {
        DevelopmentClock clock = DevelopmentClock.parse("2026-01-01T00:00:00Z@20", wall);
        wall.jumpTo(WALL.minusSeconds(3));
        assertThat(clock.instant()).isEqualTo("2025-12-31T23:59:00Z");
    }

    @Test
    void theZoneChangesNoInstant() {
        DevelopmentClock clock = DevelopmentClock.parse("2026-01-01T00:00:00Z@20", wall);
        assertThat(clock.withZone(ZoneId.of("Europe/Berlin")).instant()).isEqualTo(clock.instant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z@",
                "2026-01-01T00:00:00Z@0",
                "2026-01-01T00:00:00Z@-1",
                "2026-01-01T00:00:00Z@NaN",
                "2026-01-01T00:00:00Z@Infinity",
                "2026-01-01T00:00:00Z@1e9",
                "2026-01-01@20",
                "2026-01-01T00:00:00Z@20@now",
                "2026-01-01T00:00:00Z@20@2026-01-01T00:00:00Z@1"
            })
    void aMalformedFlagSaysWhatToWrite(String flag) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DevelopmentClock.parse(flag))
                .withMessageContaining("ORIGIN@SPEED");
    }
}
