package dev.pilotlight.domain.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointStatusTest {

    @ParameterizedTest
    @EnumSource(EndpointStatus.class)
    void awssWordIsReadBack(EndpointStatus status) {
        assertThat(EndpointStatus.ofAwsName(status.awsName())).isEqualTo(status);
    }

    @Test
    void aWordOfTomorrowIsUnknownAndTakenForMoving() {
        EndpointStatus status = EndpointStatus.ofAwsName("Hibernating");

        assertThat(status).isEqualTo(EndpointStatus.UNKNOWN);
        assertThat(status.isMoving()).isTrue();
        assertThat(status.serves()).isFalse();
    }
}
