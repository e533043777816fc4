package dev.pilotlight.domain.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How raw answers become facts. */
class FactsReadingTest {

    @Test
    void theLastFourBytesOfAnArchiveAreItsUnpackedSize() {
        byte[] tail = {0x00, (byte) 0xca, (byte) 0x9a, 0x3b};
        assertThat(ArchiveFacts.unpacked(tail, 300_000_000)).isEqualTo(OptionalLong.of(1_000_000_000));
    }

    @Test
    void aSizeThatWentOverFourGigabytesTellsNothing() {
        byte[] tail = {1, 0, 0, 0};
        assertThat(ArchiveFacts.unpacked(tail, 3_000_000_000L)).isEmpty();
        assertThat(ArchiveFacts.unpacked(tail, 5_000_000_000L)).isEmpty();
    }

    @Test
    void onlyGzipBeginsLikeGzip() {
        assertThat(ArchiveFacts.isGzip(new byte[] {0x1f, (byte) 0x8b})).isTrue();
        assertThat(ArchiveFacts.isGzip(new byte[] {0x50, 0x4b})).isFalse();
        assertThat(ArchiveFacts.isGzip(new byte[0])).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Statement': {'Effect': 'Allow', 'Principal': {'Service': 'sagemaker.amazonaws.com'}, 'Action': 'sts:AssumeRole'}}",
                "{'Statement': [{'Effect': 'Deny', 'Principal': '*', 'Action': '*'}, {'Effect': 'Allow', 'Principal': {'Service': ['lambda.amazonaws.com', 'sagemaker.amazonaws.com']}, 'Action': ['sts:TagSession', 'sts:AssumeRole']}]}"
            })
    void aPolicyTrustsSageMaker(String policy) {
        assertThat(TrustPolicy.trustsSageMaker(policy.replace('\'', '"'))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{'Statement': []}",
                "{'Statement': {'Effect': 'Deny', 'Principal': {'Service': 'sagemaker.amazonaws.com'}, 'Action': 'sts:AssumeRole'}}",
                "{'Statement': {'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'sts:AssumeRole'}}",
                "{'Statement': {'Effect': 'Allow', 'Principal': {'Service': 'sagemaker.amazonaws.com'}, 'Action': 'sts:TagSession'}}"
            })
    void aPolicyDoesNotTrustSageMaker(String policy) {
        assertThat(TrustPolicy.trustsSageMaker(policy.replace('\'', '"'))).isFalse();
    }
}
