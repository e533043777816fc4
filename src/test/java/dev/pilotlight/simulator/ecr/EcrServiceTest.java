package dev.pilotlight.simulator.ecr;

import static dev.pilotlight.simulator.sts.NeighbourServices.ACCOUNT;
import static dev.pilotlight.simulator.sts.NeighbourServices.OTHER_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.simulator.sts.NeighbourServices;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Images;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageStatus;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.TagStatus;

class EcrServiceTest {
    private static final String HOST = ACCOUNT + ".dkr.ecr.us-east-1.amazonaws.com";

    private final NeighbourServices aws = NeighbourServices.lenient();
    private final EcrClient ecr = aws.user(ACCOUNT).ecr();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aRepositoryIsMadeShownAndDeleted() {
        Repository repository =
                ecr.createRepository(r -> r.repositoryName("ml/sentiment")).repository();
        assertThat(repository.repositoryUri()).isEqualTo(HOST + "/ml/sentiment");
        assertThat(repository.repositoryArn())
                .isEqualTo("arn:aws:ecr:us-east-1:" + ACCOUNT + ":repository/ml/sentiment");
        assertThat(repository.createdAt()).isEqualTo(NeighbourServices.START);
        assertThat(ecr.describeRepositories().repositories()).containsExactly(repository);
        refused(
                () -> ecr.createRepository(r -> r.repositoryName("ml/sentiment")),
                "RepositoryAlreadyExistsException",
                "The repository with name 'ml/sentiment' already exists in the registry with id '" + ACCOUNT + "'");
        refused(() -> ecr.createRepository(r -> r.repositoryName("ML")), "InvalidParameterException", "repositoryName");

        assertThat(aws.user(ACCOUNT)
                        .in(Region.EU_WEST_1)
                        .ecr()
                        .describeRepositories()
                        .repositories())
                .isEmpty();
        ecr.deleteRepository(r -> r.repositoryName("ml/sentiment"));
        assertThat(ecr.describeRepositories().repositories()).isEmpty();
    }

    @Test
    void anImageIsFoundByTagAndByDigest() {
        ecr.createRepository(r -> r.repositoryName("sentiment"));
        Image put = put("sentiment", "1.4.0", manifest(700, 1_000, 2_000));
        String digest = put.imageId().imageDigest();
        assertThat(digest).isEqualTo(Manifest.digestOf(manifest(700, 1_000, 2_000)));

        ImageDetail detail = describe("sentiment", tag("1.4.0"));
        assertThat(detail).isEqualTo(describe("sentiment", digest(digest)));
        assertThat(detail.imageDigest()).isEqualTo(digest);
        assertThat(detail.imageTags()).containsExactly("1.4.0");
        assertThat(detail.imageSizeInBytes()).isEqualTo(3_700);
        assertThat(detail.imagePushedAt()).isEqualTo(NeighbourServices.START);
        assertThat(detail.imageManifestMediaType()).isEqualTo(Manifest.OCI_IMAGE);
        assertThat(detail.imageStatus()).isEqualTo(ImageStatus.ACTIVE);
        assertThat(detail.registryId()).isEqualTo(ACCOUNT);

        Images.Image expected = new Images.Image(HOST + "/sentiment", digest, 3_700);
        assertThat(aws.images.find(HOST + "/sentiment:1.4.0")).contains(expected);
        assertThat(aws.images.find(HOST + "/sentiment@" + digest)).contains(expected);
        assertThat(aws.images.tags(expected)).containsExactly("1.4.0");
        assertThat(aws.images.find(HOST + "/sentiment")).as("latest").isEmpty();
        assertThat(aws.images.find(HOST + "/other:1.4.0")).isEmpty();
        assertThat(aws.images.find(OTHER_ACCOUNT + ".dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0"))
                .isEmpty();
        assertThat(aws.images.find("docker.io/library/python:3")).isEmpty();
    }

    @Test
    void whatIsMissingHasAwsText() {
        assertThatExceptionOfType(RepositoryNotFoundException.class)
                .isThrownBy(() -> describe("gone", tag("1")))
                .withMessageContaining(
                        "The repository with name 'gone' does not exist in the registry with id '" + ACCOUNT + "'");
        ecr.createRepository(r -> r.repositoryName("sentiment"));
        assertThatExceptionOfType(ImageNotFoundException.class)
                .isThrownBy(() -> describe("sentiment", tag("2.0")))
                .withMessageContaining(
                        "The image with imageId {imageDigest:'null', imageTag:'2.0'} does not exist within the repository with"
                                + " name 'sentiment' in the registry with id '" + ACCOUNT + "'");
        refused(
                () -> aws.user(OTHER_ACCOUNT)
                        .ecr()
                        .describeImages(d -> d.registryId(ACCOUNT).repositoryName("sentiment")),
                "AccessDeniedException",
                "ecr:DescribeImages");
    }

    @Test
    void aTagMovesUnlessTheRepositoryForbidsIt() {
        ecr.createRepository(r -> r.repositoryName("sentiment"));
        String first = put("sentiment", "latest", manifest(1, 1)).imageId().imageDigest();
        refused(
                () -> put("sentiment", "latest", manifest(1, 1)),
                "ImageAlreadyExistsException",
                "and tag 'latest' already exists");
        String second = put("sentiment", "latest", manifest(1, 2)).imageId().imageDigest();
        assertThat(describe("sentiment", tag("latest")).imageDigest()).isEqualTo(second);
        assertThat(describe("sentiment", digest(first)).hasImageTags()).isFalse();

        ecr.createRepository(r -> r.repositoryName("fixed").imageTagMutability("IMMUTABLE"));
        put("fixed", "1", manifest(1, 1));
        refused(() -> put("fixed", "1", manifest(1, 2)), "ImageTagAlreadyExistsException", "is immutable");
    }

    @Test
    void imagesAreFilteredAndPaged() {
        ecr.createRepository(r -> r.repositoryName("sentiment"));
        for (int i = 0; i < 5; i++) {
            put("sentiment", i % 2 == 0 ? "v" + i : null, manifest(1, i));
        }
        assertThat(ecr.describeImagesPaginator(
                                d -> d.repositoryName("sentiment").maxResults(2))
                        .imageDetails())
                .hasSize(5);
        assertThat(ecr.describeImages(d -> d.repositoryName("sentiment").filter(f -> f.tagStatus(TagStatus.UNTAGGED)))
                        .imageDetails())
                .hasSize(2)
                .noneMatch(ImageDetail::hasImageTags);
        assertThat(ecr.describeImages(d -> d.repositoryName("sentiment").filter(f -> f.tagStatus(TagStatus.TAGGED)))
                        .imageDetails())
                .hasSize(3);
    }

    @Test
    void whoeverDeletesPageByPageDeletesAll() {
        ecr.createRepository(r -> r.repositoryName("sentiment"));
        for (int i = 0; i < 5; i++) {
            put("sentiment", "v" + i, manifest(1, i));
        }

        ecr.describeImagesPaginator(d -> d.repositoryName("sentiment").maxResults(2)).stream()
                .forEach(page -> ecr.batchDeleteImage(b -> b.repositoryName("sentiment")
                        .imageIds(page.imageDetails().stream()
                                .map(image -> digest(image.imageDigest()))
                                .toList())));

        assertThat(ecr.describeImages(d -> d.repositoryName("sentiment")).imageDetails())
                .isEmpty();
    }

    @Test
    void manifestsComeInBatchesWithReasonsForThoseThatDoNot() {
        ecr.createRepository(r -> r.repositoryName("sentiment"));
        String digest = put("sentiment", "1", manifest(1, 1)).imageId().imageDigest();
        put("sentiment", "2", manifest(1, 2));
        BatchGetImageResponse answer = ecr.batchGetImage(b -> b.repositoryName("sentiment")
                .imageIds(
                        tag("1"),
                        tag("3"),
                        digest("nonsense"),
                        ImageIdentifier.builder().build(),
                        ImageIdentifier.builder()
                                .imageDigest(digest)
                                .imageTag("2")
                                .build()));
        assertThat(answer.images()).singleElement().satisfies(image -> {
            assertThat(image.imageManifest()).isEqualTo(manifest(1, 1));
            assertThat(image.imageManifestMediaType()).isEqualTo(Manifest.OCI_IMAGE);
            assertThat(image.imageId())
                    .isEqualTo(ImageIdentifier.builder()
                            .imageDigest(digest)
                            .imageTag("1")
                            .build());
        });
        assertThat(answer.failures())
                .extracting(ImageFailure::failureCodeAsString)
                .containsExactly(
                        "ImageNotFound", "InvalidImageDigest", "MissingDigestAndTag", "ImageTagDoesNotMatchDigest");
        assertThat(answer.failures().getFirst().failureReason()).isEqualTo("Requested image not found");
    }

    @Test
    void anIndexIsAsLargeAsItsLargestImageAndResolvesForTheHostsPlatform() {
        ecr.createRepository(r -> r.repositoryName("multi"));
        String small = put("multi", null, manifest(1, 99)).imageId().imageDigest();
        String large = put("multi", null, manifest(1, 499)).imageId().imageDigest();
        String index = index(small, "amd64", large, "arm64");
        String digest = put("multi", "1", index).imageId().imageDigest();

        ImageDetail detail = describe("multi", tag("1"));
        assertThat(detail.imageManifestMediaType()).isEqualTo(Manifest.OCI_INDEX);
        assertThat(detail.imageSizeInBytes()).isEqualTo(500);
        assertThat(aws.images.find(HOST + "/multi:1")).contains(new Images.Image(HOST + "/multi", digest, 100));

        put("multi", "arm", index(large, "arm64"));
        assertThat(aws.images.find(HOST + "/multi:arm")).isEmpty();
        refused(
                () -> put("multi", "2", index(Manifest.digestOf("gone"), "amd64")),
                "ReferencedImagesNotFoundException",
                "do not exist");
    }

    @Test
    void theLastTagTakesItsImageAlong() {
        ecr.createRepository(r -> r.repositoryName("sentiment"));
        put("sentiment", "1", manifest(1, 1));
        put("sentiment", "stable", manifest(1, 1));
        refused(
                () -> ecr.deleteRepository(r -> r.repositoryName("sentiment")),
                "RepositoryNotEmptyException",
                "still contains images");
        ecr.batchDeleteImage(b -> b.repositoryName("sentiment").imageIds(tag("1")));
        assertThat(describe("sentiment", tag("stable")).imageTags()).containsExactly("stable");
        ecr.batchDeleteImage(b -> b.repositoryName("sentiment").imageIds(tag("stable")));
        assertThat(ecr.describeImages(d -> d.repositoryName("sentiment")).imageDetails())
                .isEmpty();
    }

    @Test
    void seededImagesExistAndSeedingTwiceChangesNothing() throws JsonProcessingException {
        String seed = "[{'repository':'sentiment','tags':['1.4.0','latest'],'sizeInBytes':1200000000},"
                + "{'repository':'multi','tags':['1'],'sizeInBytes':5000,'platforms':['linux/amd64','linux/arm64']},{'repository':'empty'}]";
        seed(seed);
        List<ImageDetail> before =
                ecr.describeImages(d -> d.repositoryName("multi")).imageDetails();
        seed(seed);
        assertThat(ecr.describeImages(d -> d.repositoryName("multi")).imageDetails())
                .isEqualTo(before)
                .hasSize(3);
        assertThat(describe("sentiment", tag("latest")).imageSizeInBytes()).isEqualTo(1_200_000_000L);
        assertThat(aws.images.find(HOST + "/multi:1")).isPresent();
        assertThat(ecr.describeRepositories().repositories())
                .extracting(Repository::repositoryName)
                .containsExactly("empty", "multi", "sentiment");
    }

    @Test
    void theConfigurationOfASeededImageIsHandedOutByUrl() throws Exception {
        seed("[{'repository':'arm','tags':['1'],'sizeInBytes':5000,'platform':'linux/arm64'}]");
        String manifest = ecr.batchGetImage(b -> b.repositoryName("arm").imageIds(tag("1")))
                .images()
                .getFirst()
                .imageManifest();
        String config = new ObjectMapper()
                .readTree(manifest)
                .path("config")
                .path("digest")
                .asText();

        String url = ecr.getDownloadUrlForLayer(l -> l.repositoryName("arm").layerDigest(config))
                .downloadUrl();

        HttpResponse<String> blob = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(blob.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(blob.body()).path("architecture").asText())
                .isEqualTo("arm64");
        refused(
                () -> ecr.getDownloadUrlForLayer(l -> l.repositoryName("arm").layerDigest("sha256:" + "0".repeat(64))),
                "LayersNotFoundException",
                "does not exist");
    }

    @Test
    void anAddressOfALayerThatIsCutShortIsNotFound() throws Exception {
        seed("[{'repository': 'arm', 'tags': ['1'], 'sizeInBytes': 100}]");
        String digest = Manifest.digestOf("config of arm[1]");
        String whole = ecr.getDownloadUrlForLayer(l -> l.repositoryName("arm").layerDigest(digest))
                .downloadUrl();
        for (String missing : List.of("/arm/" + digest, "/" + digest, digest)) {
            URI cut = URI.create(whole.replace(missing, ""));

            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(cut).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(cut.toString()).isEqualTo(404);
            assertThat(answer.body()).contains("NoSuchKey");
        }
    }

    private void seed(String json) throws JsonProcessingException {
        aws.images.seed(new Scope(ACCOUNT, "us-east-1"), new ObjectMapper().readTree(json.replace('\'', '"')));
    }

    private Image put(String repository, String tag, String manifest) {
        return ecr.putImage(p -> p.repositoryName(repository).imageTag(tag).imageManifest(manifest))
                .image();
    }

    private ImageDetail describe(String repository, ImageIdentifier id) {
        return ecr.describeImages(d -> d.repositoryName(repository).imageIds(id))
                .imageDetails()
                .getFirst();
    }

    private static ImageIdentifier tag(String tag) {
        return ImageIdentifier.builder().imageTag(tag).build();
    }

    private static ImageIdentifier digest(String digest) {
        return ImageIdentifier.builder().imageDigest(digest).build();
    }

    private static String manifest(long configSize, long... layerSizes) {
        StringBuilder layers = new StringBuilder();
        for (long size : layerSizes) {
            layers.append(layers.isEmpty() ? "" : ",")
                    .append("{\"size\":")
                    .append(size)
                    .append('}');
        }
        return "{\"schemaVersion\":2,\"mediaType\":\"" + Manifest.OCI_IMAGE + "\",\"config\":{\"size\":" + configSize
                + "},\"layers\":[" + layers + "]}";
    }

    /** Digests and architectures in turn. */
    private static String index(String... digestsAndArchitectures) {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < digestsAndArchitectures.length; i += 2) {
            members.append(i == 0 ? "" : ",")
                    .append("{\"digest\":\"")
                    .append(digestsAndArchitectures[i])
                    .append("\",\"platform\":{\"os\":\"linux\",\"architecture\":\"")
                    .append(digestsAndArchitectures[i + 1])
                    .append("\"}}");
        }
        return "{\"schemaVersion\":2,\"mediaType\":\"" + Manifest.OCI_INDEX + "\",\"manifests\":[" + members + "]}";
    }

    private static void refused(Runnable call, String code, String message) {
        assertThatExceptionOfType(EcrException.class).isThrownBy(call::run).satisfies(error -> {
            assertThat(error.statusCode()).isEqualTo(400);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(error.awsErrorDetails().errorMessage()).contains(message);
        });
    }
}
