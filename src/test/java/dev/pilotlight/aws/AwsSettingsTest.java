package dev.pilotlight.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsSettingsTest {

    @Test
    void aUrlOfTheEnvironmentIsAsGoodAsOneThatIsGiven() {
        assertThat(AwsSettings.defaults(Map.of("AWS_ENDPOINT_URL", "http://simulator:4566")))
                .isEqualTo(AwsSettings.defaults(Map.of()).withEndpointOverride(URI.create("http://simulator:4566")));
    }

    @Test
    void withoutOneItIsAwsItself() {
        assertThat(AwsSettings.defaults(Map.of()).endpointOverride()).isEmpty();
        assertThat(AwsSettings.defaults(Map.of("AWS_ENDPOINT_URL", "")).endpointOverride())
                .isEmpty();
    }
}
