package dev.pilotlight.simulator.s3;

import static dev.pilotlight.simulator.sts.NeighbourServices.ACCOUNT;
import static dev.pilotlight.simulator.sts.NeighbourServices.OTHER_ACCOUNT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.simulator.sts.NeighbourServices;
import dev.pilotlight.simulator.wire.Scope;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3ServiceTest {
    private static final String BUCKET = "ml-prod-models";
    private static final String KEY = "sentiment/1.4.0/model+v1 ä.tar.gz";

    private final NeighbourServices aws = NeighbourServices.lenient();
    private final S3Client s3 = aws.user(ACCOUNT).s3();

    @BeforeEach
    void makeBucket() {
        s3.createBucket(b -> b.bucket(BUCKET));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void anObjectComesBackAsItWasPut() {
        String etag = s3.putObject(
                        p -> p.bucket(BUCKET)
                                .key(KEY)
                                .contentType("application/gzip")
                                .metadata(Map.of("origin", "test")),
                        RequestBody.fromString("0123456789"))
                .eTag();
        ResponseBytes<GetObjectResponse> read =
                s3.getObjectAsBytes(g -> g.bucket(BUCKET).key(KEY));

        assertThat(read.asUtf8String()).isEqualTo("0123456789");
        assertThat(read.response().eTag()).isEqualTo(etag).isEqualTo("\"781e5e245d69b566979b86e28d23f2c7\"");
        assertThat(read.response().contentType()).isEqualTo("application/gzip");
        assertThat(read.response().metadata()).containsEntry("origin", "test");
        assertThat(read.response().lastModified()).isEqualTo(NeighbourServices.START);
        assertThat(aws.objects.exists("s3://" + BUCKET + "/" + KEY)).isTrue();
        assertThat(aws.objects.exists("s3://" + BUCKET + "/other")).isFalse();
        assertThat(aws.objects.exists("https://" + BUCKET + "/" + KEY)).isFalse();
    }

    @Test
    void headTellsSizeAndStorageClassWithoutABody() {
        s3.putObject(p -> p.bucket(BUCKET).key(KEY).storageClass("GLACIER"), RequestBody.fromString("0123456789"));
        HeadObjectResponse head = s3.headObject(h -> h.bucket(BUCKET).key(KEY));
        assertThat(head.contentLength()).isEqualTo(10);
        assertThat(head.storageClassAsString()).isEqualTo("GLACIER");
        refused(
                () -> s3.getObjectAsBytes(g -> g.bucket(BUCKET).key(KEY)),
                403,
                "InvalidObjectState",
                "The operation is not valid for the object's storage class");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=4-4, 4, bytes 4-4/10",
        "bytes=7-, 789, bytes 7-9/10",
        "bytes=-4, 6789, bytes 6-9/10",
        "bytes=-400, 0123456789, bytes 0-9/10",
        "bytes=8-400, 89, bytes 8-9/10",
        "'bytes=0-1,4-5', 0123456789, ",
        "bytes=5-2, 0123456789, ",
        "lines=1-2, 0123456789, "
    })
    void aRangeIsReadAndABadHeaderIgnored(String range, String content, String contentRange) {
        s3.putObject(p -> p.bucket(BUCKET).key(KEY), RequestBody.fromString("0123456789"));
        ResponseBytes<GetObjectResponse> read =
                s3.getObjectAsBytes(g -> g.bucket(BUCKET).key(KEY).range(range));
        assertThat(read.asUtf8String()).isEqualTo(content);
        assertThat(read.response().contentRange()).isEqualTo(contentRange);
        assertThat(read.response().sdkHttpResponse().statusCode()).isEqualTo(contentRange == null ? 200 : 206);
    }

    @Test
    void anObjectInPartsIsOneObjectOnceItIsComplete() {
        byte[] first = new byte[5 * 1024 * 1024];
        Arrays.fill(first, (byte) 'a');
        String upload = s3.createMultipartUpload(u -> u.bucket(BUCKET)
                        .key(KEY)
                        .contentType("application/gzip")
                        .metadata(Map.of("origin", "test")))
                .uploadId();
        String one = part(upload, 1, first);
        String two = part(upload, 2, "0123456789".getBytes(UTF_8));
        assertThat(aws.objects.exists("s3://" + BUCKET + "/" + KEY)).isFalse();

        String etag = complete(upload, named(1, one), named(2, two)).eTag();

        HeadObjectResponse head = s3.headObject(h -> h.bucket(BUCKET).key(KEY));
        assertThat(head.contentLength()).isEqualTo(first.length + 10);
        assertThat(head.eTag()).isEqualTo(etag).matches("\"[0-9a-f]{32}-2\"");
        assertThat(head.contentType()).isEqualTo("application/gzip");
        assertThat(head.metadata()).containsEntry("origin", "test");
        assertThat(s3.getObjectAsBytes(g -> g.bucket(BUCKET).key(KEY).range("bytes=" + (first.length - 2) + "-"))
                        .asUtf8String())
                .isEqualTo("aa0123456789");
        refused(() -> part(upload, 3, first), 404, "NoSuchUpload", "The specified upload does not exist.");
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        String upload = s3.createMultipartUpload(u -> u.bucket(BUCKET).key(KEY)).uploadId();
        String one = part(upload, 1, new byte[10]);
        String two = part(upload, 2, new byte[11]);
        refused(
                () -> complete(upload, named(1, one), named(2, two)),
                400,
                "EntityTooSmall",
                "Your proposed upload is smaller than the minimum allowed size");
        refused(
                () -> complete(upload, named(2, two), named(1, one)),
                400,
                "InvalidPartOrder",
                "The list of parts was not in ascending order.");
        refused(
                () -> complete(upload, named(1, two)),
                400,
                "InvalidPart",
                "One or more of the specified parts could not be found.");
        refused(() -> part(upload, 10_001, new byte[1]), 400, "InvalidArgument", "Part number must be an integer");
        refused(
                () -> part(upload, 3, new byte[64 * 1024 * 1024]),
                501,
                "NotImplemented",
                "a seed makes a larger object exist by its sizeInBytes");

        s3.abortMultipartUpload(a -> a.bucket(BUCKET).key(KEY).uploadId(upload));
        refused(() -> complete(upload, named(1, one)), 404, "NoSuchUpload", "The specified upload does not exist.");
        assertThat(aws.objects.exists("s3://" + BUCKET + "/" + KEY)).isFalse();
    }

    private String part(String upload, int number, byte[] bytes) {
        return s3.uploadPart(
                        u -> u.bucket(BUCKET).key(KEY).uploadId(upload).partNumber(number),
                        RequestBody.fromBytes(bytes))
                .eTag();
    }

    private static CompletedPart named(int number, String etag) {
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private CompleteMultipartUploadResponse complete(String upload, CompletedPart... parts) {
        return s3.completeMultipartUpload(
                c -> c.bucket(BUCKET).key(KEY).uploadId(upload).multipartUpload(m -> m.parts(parts)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
    void aRangeBehindTheEndIsNotSatisfiable(String range) {
        s3.putObject(p -> p.bucket(BUCKET).key(KEY), RequestBody.fromString("0123456789"));
        refused(
                () -> s3.getObjectAsBytes(g -> g.bucket(BUCKET).key(KEY).range(range)),
                416,
                "InvalidRange",
                "The requested range is not satisfiable");
    }

    @Test
    void whatIsMissingIsSaidSo() {
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> s3.getObjectAsBytes(g -> g.bucket(BUCKET).key("gone")))
                .withMessageContaining("The specified key does not exist.");
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> s3.headObject(g -> g.bucket(BUCKET).key("gone")));
        assertThatExceptionOfType(NoSuchBucketException.class)
                .isThrownBy(() -> s3.getObjectAsBytes(g -> g.bucket("nowhere").key("gone")))
                .withMessageContaining("The specified bucket does not exist");
        assertThatExceptionOfType(NoSuchBucketException.class)
                .isThrownBy(() -> s3.headBucket(b -> b.bucket("nowhere")));
    }

    @Test
    void aBucketHasOneOwnerAndOneRegion() {
        assertThatNoException().isThrownBy(() -> s3.headBucket(b -> b.bucket(BUCKET)));
        assertThatNoException().isThrownBy(() -> s3.createBucket(b -> b.bucket(BUCKET)));

        S3Client stranger = aws.user(OTHER_ACCOUNT).s3();
        refused(() -> stranger.createBucket(b -> b.bucket(BUCKET)), 409, "BucketAlreadyExists", "not available");
        refused(() -> stranger.getObjectAsBytes(g -> g.bucket(BUCKET).key(KEY)), 403, "AccessDenied", "Access Denied");

        S3Client elsewhere = aws.user(ACCOUNT).in(Region.EU_WEST_1).s3();
        refused(
                () -> elsewhere.getObjectAsBytes(g -> g.bucket(BUCKET).key(KEY)),
                301,
                "PermanentRedirect",
                "must be addressed using the specified endpoint");
        elsewhere.createBucket(b -> b.bucket("eu-models"));
        refused(
                () -> elsewhere.createBucket(b -> b.bucket("eu-models")),
                409,
                "BucketAlreadyOwnedByYou",
                "already own it");
        assertThat(elsewhere.getBucketLocation(b -> b.bucket("eu-models")).locationConstraintAsString())
                .isEqualTo("eu-west-1");
        assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).containsExactly("eu-models", BUCKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Models", "under_score", "10.0.0.1", "two..dots", "-dash", "xn--a"})
    void bucketNamesFollowTheRules(String name) {
        // Asked directly: the SDK does not let such a name out.
        assertThat(BucketNames.isValid(name)).isFalse();
        assertThat(BucketNames.isValid("ml-prod.models-1")).isTrue();
    }

    @Test
    void keysAreListedInPagesAndFolders() {
        for (String key : new String[] {"a/1", "a/2", "b/1", "b/x y&z", "c"}) {
            s3.putObject(p -> p.bucket(BUCKET).key(key), RequestBody.fromString(key));
        }
        assertThat(s3.listObjectsV2Paginator(l -> l.bucket(BUCKET).maxKeys(2)).contents())
                .extracting(S3Object::key)
                .containsExactly("a/1", "a/2", "b/1", "b/x y&z", "c");
        assertThat(s3.listObjectsV2(l -> l.bucket(BUCKET).prefix("b/")).contents())
                .extracting(S3Object::key)
                .containsExactly("b/1", "b/x y&z");
        assertThat(s3.listObjectsV2Paginator(
                                l -> l.bucket(BUCKET).delimiter("/").maxKeys(1))
                        .commonPrefixes())
                .extracting(CommonPrefix::prefix)
                .containsExactly("a/", "b/");
        assertThat(s3.listObjectsV2(l -> l.bucket(BUCKET).startAfter("b/1")).contents())
                .extracting(S3Object::key)
                .containsExactly("b/x y&z", "c");
    }

    @Test
    void aBucketIsDeletedWhenItIsEmpty() {
        s3.putObject(p -> p.bucket(BUCKET).key(KEY), RequestBody.fromString("x"));
        refused(() -> s3.deleteBucket(b -> b.bucket(BUCKET)), 409, "BucketNotEmpty", "not empty");
        s3.deleteObject(d -> d.bucket(BUCKET).key(KEY));
        s3.deleteObject(d -> d.bucket(BUCKET).key(KEY));
        s3.deleteBucket(b -> b.bucket(BUCKET));
        assertThat(s3.listBuckets().buckets()).isEmpty();
    }

    @Test
    void aLargeObjectIsSeededByItsSizeAndItsEnds() throws JsonProcessingException {
        seed(
                "[{'bucket':'big-models','key':'m.tar.gz','sizeInBytes':6000000000,'headBase64':'H4sI','tailBase64':'AAAAQA==',"
                        + "'storageClass':'STANDARD_IA'}]");

        HeadObjectResponse head = s3.headObject(h -> h.bucket("big-models").key("m.tar.gz"));
        assertThat(head.contentLength()).isEqualTo(6_000_000_000L);
        assertThat(head.storageClassAsString()).isEqualTo("STANDARD_IA");
        assertThat(range("bytes=-4")).containsExactly(0, 0, 0, 0x40);
        assertThat(range("bytes=0-5")).containsExactly(0x1f, 0x8b, 8, 0, 0, 0);
        assertThat(range("bytes=5999999994-")).containsExactly(0, 0, 0, 0, 0, 0x40);
        refused(
                () -> s3.getObjectAsBytes(g -> g.bucket("big-models").key("m.tar.gz")),
                501,
                "NotImplemented",
                "ask for a range");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'bucket':'A'}]",
                "[{'bucket':'models','key':'k'}]",
                "[{'bucket':'models','key':'k','sizeInBytes':1,'headBase64':'H4sI'}]",
                "[{'bucket':'models','key':'k','content':'','storageClass':'COLD'}]"
            })
    void aSeedThatCannotBeReadNamesTheEntry(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> seed(json)).withMessageStartingWith("objects: ");
    }

    private byte[] range(String range) {
        return s3.getObjectAsBytes(g -> g.bucket("big-models").key("m.tar.gz").range(range))
                .asByteArray();
    }

    private void seed(String json) throws JsonProcessingException {
        aws.objects.seed(new Scope(ACCOUNT, "us-east-1"), new ObjectMapper().readTree(json.replace('\'', '"')));
    }

    private static void refused(Runnable call, int status, String code, String message) {
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(call::run)
                .satisfies(error -> {
                    assertThat(error.statusCode()).isEqualTo(status);
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
                    assertThat(error.awsErrorDetails().errorMessage()).contains(message);
                });
    }
}
