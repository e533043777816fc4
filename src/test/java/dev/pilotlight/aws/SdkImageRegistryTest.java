package dev.pilotlight.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.preflight.ImageFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

        assertThat(images.look(HOST + "team/sentiment:1.4.0"))
                .map(ImageFacts::reference)
                .contains(HOST + "team/sentiment@sha256:1");

        assertThat(aws.stub.last().body())
                .contains(
                        "\"registryId\":\"111122223333\"",
                        "\"repositoryName\":\"team/sentiment\"",
                        "\"imageTag\":\"1.4.0\"");
    }

    @Test
    void withoutATagItIsLatest() {
        aws.stub.json("{\"imageDetails\":[{\"imageDigest\":\"sha256:1\"}]}");

        images.look(HOST + "sentiment");

        assertThat(aws.stub.last().body()).contains("\"imageTag\":\"latest\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RepositoryNotFoundException", "ImageNotFoundException"})
    void whatIsNotThereHasNoDigest(String code) {
        aws.stub.error(400, code, "no such");

        assertThat(images.look(HOST + "sentiment:1")).isEmpty();
    }

    @Test
    void aDigestIsLookedUpByItself() {
        aws.stub.json(
                "{\"imageDetails\":[{\"imageDigest\":\"sha256:2\",\"imageSizeInBytes\":7,\"imageStatus\":\"ARCHIVED\"}]}");

        assertThat(images.look(HOST + "sentiment@sha256:2"))
                .contains(new ImageFacts(HOST + "sentiment@sha256:2", ImageFacts.Status.ARCHIVED, List.of(), 7));

        assertThat(aws.stub.last().body()).contains("\"imageDigest\":\"sha256:2\"");
    }

    @Test
    void anIndexShowsItsPlatformsAndTheSizeOfTheOneThatIsPulled() {
        aws.stub.json("""
                {"imageDetails": [{"imageDigest": "sha256:i", "imageSizeInBytes": 900,
                 "imageManifestMediaType": "application/vnd.oci.image.index.v1+json"}]}""");
        aws.stub.json("""
                {"images": [{"imageManifest": "{\\"manifests\\": [
                 {\\"digest\\": \\"sha256:a\\", \\"platform\\": {\\"os\\": \\"linux\\", \\"architecture\\": \\"arm64\\"}},
                 {\\"digest\\": \\"sha256:b\\", \\"platform\\": {\\"os\\": \\"linux\\", \\"architecture\\": \\"amd64\\"}},
                 {\\"digest\\": \\"sha256:c\\", \\"platform\\": {\\"os\\": \\"unknown\\", \\"architecture\\": \\"unknown\\"}}]}"}]}""".replace("\n", " "));
        aws.stub.json("{\"imageDetails\":[{\"imageDigest\":\"sha256:b\",\"imageSizeInBytes\":800}]}");

        assertThat(images.look(HOST + "sentiment:1"))
                .contains(new ImageFacts(
                        HOST + "sentiment@sha256:i",
                        ImageFacts.Status.ACTIVE,
                        List.of("linux/arm64", "linux/amd64"),
                        800));
    }

    private void index() {
        aws.stub.json("""
                {"imageDetails": [{"imageDigest": "sha256:s", "imageSizeInBytes": 900,
                 "imageManifestMediaType": "application/vnd.oci.image.index.v1+json"}]}""");
    }

    @Test
    void whoMayNotReadTheManifestOfAnIndexStillKnowsTheDigest() {
        index();
        aws.stub.error(400, "AccessDeniedException", "no");

        assertThat(images.look(HOST + "sentiment:1")).contains(single(List.of(), "AccessDeniedException: no"));
    }

    @Test
    void aMemberOfAnIndexThatNamesNoPlatformMayBeForAny() {
        index();
        aws.stub.json("""
                {"images": [{"imageManifest": "{\\"manifests\\": [{\\"digest\\": \\"sha256:a\\"},
                 {\\"digest\\": \\"sha256:b\\", \\"platform\\": {\\"os\\": \\"linux\\", \\"architecture\\": \\"arm64\\"}}]}"}]}""".replace("\n", " "));

        assertThat(images.look(HOST + "sentiment:1")).contains(single(List.of(), "a member of its index names none"));
    }

    @Test
    void whoAsksOnlyForTheDigestMakesOneCall() {
        singleImage();

        assertThat(images.resolve(HOST + "sentiment:1")).contains(single(List.of(), null));

        assertThat(aws.calls).extracting(AwsCall::operation).containsExactly("ecr:DescribeImages");
    }

    private void singleImage() {
        aws.stub.json("""
                {"imageDetails": [{"imageDigest": "sha256:s", "imageSizeInBytes": 900,
                 "imageManifestMediaType": "application/vnd.oci.image.manifest.v1+json"}]}""");
    }

    private void itsManifest() {
        aws.stub.json("{\"images\": [{\"imageManifest\": \"{\\\"config\\\": {\\\"digest\\\": \\\"sha256:"
                + "c".repeat(64) + "\\\"}}\"}]}");
    }

    private ImageFacts single(List<String> platforms, String notRead) {
        return new ImageFacts(
                HOST + "sentiment@sha256:s", ImageFacts.Status.ACTIVE, platforms, 900, Optional.ofNullable(notRead));
    }

    @Test
    void theConfigurationOfASingleImageSaysItsPlatform() {
        singleImage();
        itsManifest();
        aws.stub.json("{\"downloadUrl\":\"" + aws.stub.url() + "/bucket/config?X-Amz-Signature=x\"}");
        aws.stub.json("{\"os\":\"linux\",\"architecture\":\"arm64\"}");

        assertThat(images.look(HOST + "sentiment:1")).contains(single(List.of("linux/arm64"), null));

        assertThat(aws.stub.asked().get(3).body()).contains("\"layerDigest\":\"sha256:" + "c".repeat(64));
        assertThat(aws.stub.last().about()).isEqualTo("/bucket/config");
        assertThat(aws.stub.last().authorization())
                .as("the URL is all it takes: credentials go to nobody")
                .isEmpty();
    }

    @Test
    void aUrlThatIsNotOfAwsIsNotFollowed() {
        singleImage();
        itsManifest();
        aws.stub.json("{\"downloadUrl\":\"http://169.254.169.254/latest/meta-data\"}");

        assertThat(images.look(HOST + "sentiment:1").orElseThrow().platformNotRead())
                .hasValueSatisfying(why -> assertThat(why).contains("not of AWS"));
        assertThat(aws.stub.asked()).hasSize(4);
    }

    @Test
    void whoMayNotReadTheConfigurationStillKnowsTheDigest() {
        singleImage();
        itsManifest();
        aws.stub.error(400, "AccessDeniedException", "no");

        assertThat(images.look(HOST + "sentiment:1")).contains(single(List.of(), "AccessDeniedException: no"));
    }

    @Test
    void whatIsInTheConfigurationIsNotBelievedBlindly() {
        singleImage();
        itsManifest();
        aws.stub.json("{\"downloadUrl\":\"" + aws.stub.url() + "/bucket/config\"}");
        aws.stub.json("{\"os\":\"linux\",\"architecture\":\"<script>\"}");

        assertThat(images.look(HOST + "sentiment:1"))
                .contains(single(List.of(), "its configuration names no platform"));
    }

    @Test
    void aDownloadThatFailsIsTriedAgain() {
        singleImage();
        itsManifest();
        aws.stub.json("{\"downloadUrl\":\"" + aws.stub.url() + "/bucket/config\"}");
        aws.stub.answer(503, Map.of(), "");

        AwsException failed = catchThrowableOfType(AwsException.class, () -> images.look(HOST + "sentiment:1"));

        assertThat(failed.kind()).isEqualTo(FailureKind.RETRIABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io/library/nginx:1",
                "111122223333.dkr.ecr.eu-west-1.amazonaws.com/sentiment:1",
                "111122223333.dkr.ecr.us-east-1.amazonaws.com"
            })
    void whatThisRegistryCannotHoldIsInvalid(String reference) {
        AwsException refused = catchThrowableOfType(AwsException.class, () -> images.look(reference));

        assertThat(refused.kind()).isEqualTo(FailureKind.INVALID);
        assertThat(aws.calls).isEmpty();
    }
}
