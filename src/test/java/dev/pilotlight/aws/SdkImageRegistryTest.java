package dev.pilotlight.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilotlight.domain.failure.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdkImageRegistryTest {

    private static final String HOST = "111122223333.dkr.ecr.us-east-1.amazonaws.com/";

    private final AdapterFixture aws = new AdapterFixture();
    private final ImageRegistry images = aws.opened().images();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aTagBecomesTheDigestItMeansNow() {
        aws.stub.json("{\"imageDetails\":[{\"imageDigest\":\"sha256:1\"}]}");

        assertThat(images.resolve(HOST + "team/sentiment:1.4.0")).contains("sha256:1");

        assertThat(aws.stub.last().body())
                .contains(
                        "\"registryId\":\"111122223333\"",
                        "\"repositoryName\":\"team/sentiment\"",
                        "\"imageTag\":\"1.4.0\"");
    }

    @Test
    void withoutATagItIsLatest() {
        aws.stub.json("{\"imageDetails\":[{\"imageDigest\":\"sha256:1\"}]}");

        images.resolve(HOST + "sentiment");

        assertThat(aws.stub.last().body()).contains("\"imageTag\":\"latest\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RepositoryNotFoundException", "ImageNotFoundException"})
    void whatIsNotThereHasNoDigest(String code) {
        aws.stub.error(400, code, "no such");

        assertThat(images.resolve(HOST + "sentiment:1")).isEmpty();
    }

    @Test
    void aDigestNeedsNoCall() {
        assertThat(images.resolve(HOST + "sentiment@sha256:2")).contains("sha256:2");
        assertThat(aws.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io/library/nginx:1",
                "111122223333.dkr.ecr.eu-west-1.amazonaws.com/sentiment:1",
                "111122223333.dkr.ecr.us-east-1.amazonaws.com"
            })
    void whatThisRegistryCannotHoldIsInvalid(String reference) {
        AwsException refused = catchThrowableOfType(AwsException.class, () -> images.resolve(reference));

        assertThat(refused.kind()).isEqualTo(FailureKind.INVALID);
        assertThat(aws.calls).isEmpty();
    }
}
