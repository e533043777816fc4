package dev.pilotlight.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsChunkedTest {

    @Test
    void framingSignaturesAndTrailersAreTakenOff() {
        String framed = "5;chunk-signature=abc\r\nhello\r\n1\r\n!\r\n0\r\nx-amz-checksum-crc32:AAAA==\r\n\r\n";
        assertThat(text(AwsChunked.decode(bytes(framed)))).isEqualTo("hello!");
    }

    @Test
    void anEmptyBodyStaysEmpty() {
        assertThat(AwsChunked.decode(bytes("0\r\n\r\n"))).isEmpty();
    }

    @Test
    void aChunkLongerThanTheBodyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> AwsChunked.decode(bytes("ff\r\nshort\r\n")));
    }

    @Test
    void onlyChunkedBodiesAreTouched() {
        assertThat(AwsChunked.applies(Map.of("x-amz-decoded-content-length", List.of("6"))))
                .isTrue();
        assertThat(AwsChunked.applies(Map.of("content-encoding", List.of("gzip,aws-chunked"))))
                .isTrue();
        assertThat(AwsChunked.applies(Map.of("content-encoding", List.of("gzip"))))
                .isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
