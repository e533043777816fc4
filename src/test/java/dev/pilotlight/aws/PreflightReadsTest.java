package dev.pilotlight.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.preflight.ArchiveFacts;
import dev.pilotlight.domain.preflight.Quotas;
import dev.pilotlight.domain.preflight.RoleFacts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What S3, IAM and Service Quotas answer, as facts. */
class PreflightReadsTest {
    private static final String URL = "s3://models/sentiment/model.tar.gz";
    private static final String ROLE = "arn:aws:iam::111122223333:role/sagemaker/sentiment";

    private final AdapterFixture aws = new AdapterFixture();
    private final AwsSession session = aws.opened();

    @AfterEach
    void close() {
        aws.close();
    }

    private static String s3Error(String code, String more) {
        return "<Error><Code>" + code + "</Code><Message>no</Message>" + more + "</Error>";
    }

    @Test
    void anArchiveIsKnownByBothItsEnds() {
        aws.stub.answer(
                206,
                Map.of("Content-Range", "bytes 1000-1003/1004", "x-amz-storage-class", "STANDARD_IA"),
                "\u0000\u0010\u0000\u0000");
        aws.stub.answer(206, Map.of("Content-Range", "bytes 0-1/1004"), "PK");

        assertThat(session.archives().look(URL))
                .contains(new ArchiveFacts(1004, "STANDARD_IA", true, false, OptionalLong.of(4096)));

        assertThat(aws.stub.asked())
                .extracting(StubAws.Asked::about)
                .endsWith("/models/sentiment/model.tar.gz", "/models/sentiment/model.tar.gz");
        assertThat(aws.calls).extracting(AwsCall::operation).containsOnly("s3:GetObject");
    }

    @Test
    void anArchiveThatIsNotThereIsAbsent() {
        aws.stub.answer(404, Map.of(), s3Error("NoSuchKey", ""));
        assertThat(session.archives().look(URL)).isEmpty();
        aws.stub.answer(404, Map.of(), s3Error("NoSuchBucket", ""));
        assertThat(session.archives().look(URL)).isEmpty();
    }

    @Test
    void aFrozenArchiveIsThereButNotReadable() {
        aws.stub.answer(403, Map.of(), s3Error("InvalidObjectState", "<StorageClass>GLACIER</StorageClass>"));
        assertThat(session.archives().look(URL)).hasValueSatisfying(archive -> {
            assertThat(archive.readable()).isFalse();
            assertThat(archive.storageClass()).isEqualTo("GLACIER");
        });
    }

    @Test
    void anArchiveWithoutAnyBytesIsNoArchive() {
        aws.stub.answer(416, Map.of(), s3Error("InvalidRange", ""));
        assertThat(session.archives().look(URL))
                .hasValueSatisfying(archive -> assertThat(archive.gzip()).isFalse());
    }

    @Test
    void aForbiddenArchiveIsDenied() {
        aws.stub.answer(403, Map.of(), s3Error("AccessDenied", ""));
        AwsException refused = catchThrowableOfType(
                AwsException.class, () -> session.archives().look(URL));
        assertThat(refused.kind()).isEqualTo(FailureKind.DENIED);
    }

    @Test
    void aBucketOfAnotherRegionSaysSo() {
        aws.stub.answer(301, Map.of(), s3Error("PermanentRedirect", ""));
        AwsException refused = catchThrowableOfType(
                AwsException.class, () -> session.archives().look(URL));
        assertThat(refused.kind()).isEqualTo(FailureKind.INVALID);
        assertThat(refused.failure().code()).isEqualTo("PermanentRedirect");
    }

    @Test
    void aRoleIsKnownByWhomItTrusts() {
        String trust = URLEncoder.encode(
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"sagemaker.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}",
                StandardCharsets.UTF_8);
        aws.stub.xml("""
                <GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role>
                <RoleName>sentiment</RoleName><AssumeRolePolicyDocument>%s</AssumeRolePolicyDocument>
                </Role></GetRoleResult></GetRoleResponse>""".formatted(trust));

        assertThat(session.roles().look(ROLE)).contains(new RoleFacts(true));

        assertThat(aws.stub.last().body()).contains("RoleName=sentiment");
    }

    @Test
    void aRoleThatIsNotThereIsAbsent() {
        aws.stub.answer(
                404,
                Map.of("Content-Type", "text/xml"),
                "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no</Message></Error></ErrorResponse>");
        assertThat(session.roles().look(ROLE)).isEmpty();
    }

    @Test
    void quotasThatAreNotListedAreEmpty() {
        aws.stub.json("{\"Quota\":{\"QuotaCode\":\"L-99AD19BF\",\"Value\":5.0}}");
        aws.stub.error(400, "NoSuchResourceException", "no");

        assertThat(session.quotas().read()).isEqualTo(new Quotas(OptionalInt.of(5), OptionalInt.empty()));
    }
}
