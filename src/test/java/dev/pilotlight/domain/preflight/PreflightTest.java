package dev.pilotlight.domain.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.EndpointLimits;
import dev.pilotlight.api.v1alpha1.EnvironmentVariable;
import dev.pilotlight.api.v1alpha1.ModelSpec;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.preflight.Check.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each finding: it is made when the limit is broken, names limit, value and fix, and is not made otherwise. */
class PreflightTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final String ACCOUNT = "111122223333";
    private static final String REPOSITORY = ACCOUNT + ".dkr.ecr.us-east-1.amazonaws.com/sentiment";
    private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/sagemaker/sentiment";
    private static final long GIB = 1L << 30;
    private static final AwsFailure DENIED =
            new AwsFailure(FailureKind.DENIED, "x:Read", "AccessDenied", "not authorized", "r-1");

    private final Preflight preflight = new Preflight(5 * GIB);

    private String image = REPOSITORY + ":1.0";
    private String modelData = "s3://models/model.tar.gz";
    private String role = ROLE;
    private String region = "us-east-1";
    private List<EnvironmentVariable> environment = List.of();
    private Usage adds = new Usage(1, 20, 0);
    private Usage has = Usage.NONE;
    private boolean preview;
    private Reading<ImageFacts> imageRead = image(ImageFacts.Status.ACTIVE, List.of(), GIB);
    private Reading<ArchiveFacts> archiveRead = archive(12_000_000, OptionalLong.of(30_000_000));
    private Reading<RoleFacts> roleRead = new Reading.Seen<>(new RoleFacts(true));
    private Reading<Quotas> quotasRead = new Reading.Seen<>(new Quotas(OptionalInt.of(50), OptionalInt.of(1000)));
    private Surroundings around = Surroundings.EMPTY;

    private static Reading<ImageFacts> image(ImageFacts.Status status, List<String> platforms, long bytes) {
        return new Reading.Seen<>(new ImageFacts(REPOSITORY + "@sha256:1", status, platforms, bytes));
    }

    private static Reading<ArchiveFacts> archive(long bytes, OptionalLong unpacked) {
        return new Reading.Seen<>(new ArchiveFacts(bytes, "STANDARD", true, true, unpacked));
    }

    private List<Finding> findings() {
        return preflight.check(
                new Candidate(
                        new ModelSpec(image, modelData, role, environment), ACCOUNT, region, 2048, has, adds, preview),
                new Facts(
                        NOW,
                        NOW,
                        Optional.of(imageRead),
                        Optional.of(archiveRead),
                        Optional.of(roleRead),
                        Optional.of(quotasRead)),
                around);
    }

    private void finds(Check check, String... parts) {
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo(check);
            assertThat(finding.message()).contains(parts).endsWith(".");
        });
    }

    @Test
    void whatIsInOrderHasNoFinding() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void everythingIsSaidAtOnceWhatFailsFirst() {
        imageRead = new Reading.Absent<>();
        archiveRead = new Reading.Absent<>();
        roleRead = new Reading.Refused<>(DENIED);
        quotasRead = new Reading.Seen<>(new Quotas(OptionalInt.of(50), OptionalInt.of(10)));

        assertThat(findings())
                .extracting(Finding::check)
                .containsExactly(
                        Check.IMAGE_NOT_FOUND,
                        Check.MODEL_DATA_NOT_FOUND,
                        Check.CONCURRENCY_QUOTA,
                        Check.EXECUTION_ROLE_NOT_CHECKED);
    }

    // ---- image

    @Test
    void anImageOutsideOfEcr() {
        image = "docker.io/library/nginx:1";
        finds(Check.IMAGE_NOT_IN_ECR, "docker.io/library/nginx:1", "push it to ECR");
    }

    @Test
    void anImageInAnotherRegion() {
        image = ACCOUNT + ".dkr.ecr.eu-west-1.amazonaws.com/sentiment:1.0";
        finds(Check.IMAGE_IN_OTHER_REGION, "eu-west-1", "us-east-1");
    }

    @Test
    void anImageInAnotherAccount() {
        image = "999988887777.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.0";
        finds(Check.IMAGE_IN_OTHER_ACCOUNT, "999988887777", ACCOUNT);
    }

    @Test
    void anImageThatDoesNotExist() {
        imageRead = new Reading.Absent<>();
        finds(Check.IMAGE_NOT_FOUND, image, "push it");
    }

    @Test
    void anArchivedImage() {
        imageRead = image(ImageFacts.Status.ARCHIVED, List.of(), GIB);
        finds(Check.IMAGE_ARCHIVED, "ARCHIVED", "restore");
    }

    @Test
    void anImageOnItsWayBackFromTheArchive() {
        imageRead = image(ImageFacts.Status.ACTIVATING, List.of(), GIB);
        finds(Check.IMAGE_ACTIVATING, "ACTIVE");
    }

    @Test
    void anIndexWithoutTheHostsPlatform() {
        imageRead = image(ImageFacts.Status.ACTIVE, List.of("linux/arm64"), GIB);
        finds(Check.IMAGE_PLATFORM, "linux/arm64", "--platform linux/amd64");
        imageRead = image(ImageFacts.Status.ACTIVE, List.of("linux/arm64", "linux/amd64"), GIB);
        assertThat(findings()).isEmpty();
    }

    @Test
    void aSingleImageForAnotherPlatform() {
        imageRead = image(ImageFacts.Status.ACTIVE, List.of("linux/arm64"), GIB);
        finds(Check.IMAGE_PLATFORM, "is for linux/arm64 only", "--platform linux/amd64");
    }

    @Test
    void aSingleImageWhosePlatformNobodyCouldRead() {
        imageRead = new Reading.Seen<>(new ImageFacts(
                REPOSITORY + "@sha256:1",
                ImageFacts.Status.ACTIVE,
                List.of(),
                GIB,
                Optional.of("AccessDeniedException: no")));
        finds(
                Check.IMAGE_PLATFORM_NOT_CHECKED,
                "AccessDeniedException: no",
                "ecr:GetDownloadUrlForLayer",
                "linux/amd64");
    }

    @Test
    void anImageOverTheLimit() {
        modelData = null;
        imageRead = image(ImageFacts.Status.ACTIVE, List.of(), 10_737_418_241L);
        finds(Check.IMAGE_TOO_LARGE, "10737418241", "10.0 GiB (10737418240 bytes)");
    }

    @Test
    void anImageFromTheWarnThresholdUpToTheLimit() {
        archiveRead = archive(1000, OptionalLong.of(2000));
        imageRead = image(ImageFacts.Status.ACTIVE, List.of(), 10_737_418_240L);
        assertThat(findings()).extracting(Finding::check).contains(Check.IMAGE_LARGE);
        imageRead = image(ImageFacts.Status.ACTIVE, List.of(), 5 * GIB - 1);
        assertThat(findings()).extracting(Finding::check).doesNotContain(Check.IMAGE_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0-gpu-py310", "gpu", "1.0-GPU"})
    void anImageForGpus(String tag) {
        image = REPOSITORY + ":" + tag;
        finds(Check.IMAGE_FOR_GPU, tag, "CPU");
    }

    @Test
    void anImageThatMayNotBeRead() {
        imageRead = new Reading.Refused<>(DENIED);
        finds(Check.IMAGE_NOT_CHECKED, "AccessDenied", "ecr:DescribeImages");
        assertThat(findings().getFirst().severity()).isEqualTo(Severity.NOT_CHECKED);
    }

    // ---- model archive

    @Test
    void anEndpointWithoutAModelArchiveHasNoneToCheck() {
        modelData = null;
        archiveRead = new Reading.Absent<>();
        assertThat(findings()).isEmpty();
    }

    @Test
    void aPrefixInsteadOfAnArchive() {
        modelData = "s3://models/sentiment/";
        finds(Check.MODEL_DATA_NOT_ARCHIVE, "s3://models/sentiment/", ".tar.gz");
    }

    @Test
    void anArchiveThatIsNone() {
        archiveRead = new Reading.Seen<>(new ArchiveFacts(10, "STANDARD", true, false, OptionalLong.empty()));
        finds(Check.MODEL_DATA_NOT_ARCHIVE, "tar -czf");
    }

    @Test
    void anArchiveThatDoesNotExist() {
        archiveRead = new Reading.Absent<>();
        finds(Check.MODEL_DATA_NOT_FOUND, modelData, "upload");
    }

    @Test
    void aBucketInAnotherRegion() {
        archiveRead = new Reading.Refused<>(
                new AwsFailure(FailureKind.INVALID, "s3:GetObject", "PermanentRedirect", "", "r-1"));
        finds(Check.MODEL_DATA_IN_OTHER_REGION, "us-east-1", "copy");
    }

    @Test
    void aFrozenArchive() {
        archiveRead = new Reading.Seen<>(new ArchiveFacts(0, "DEEP_ARCHIVE", false, true, OptionalLong.empty()));
        finds(Check.MODEL_DATA_STORAGE_CLASS, "DEEP_ARCHIVE", "restore");
    }

    @Test
    void aModelLargerThanTheDisk() {
        archiveRead = archive(GIB, OptionalLong.of(5 * GIB + 1));
        assertThat(findings())
                .extracting(Finding::check)
                .containsExactly(Check.MODEL_DATA_EXCEEDS_DISK, Check.MODEL_DATA_EXCEEDS_MEMORY);
        assertThat(findings().getFirst().message()).contains("5368709121", "5368709120");
    }

    @Test
    void aModelThatFillsTheDiskTogetherWithItsArchive() {
        archiveRead = archive(2 * GIB, OptionalLong.of(4 * GIB));
        assertThat(findings())
                .extracting(Finding::check)
                .containsExactly(Check.MODEL_DATA_NEAR_DISK, Check.MODEL_DATA_EXCEEDS_MEMORY);
    }

    @Test
    void aModelLargerThanMemory() {
        archiveRead = archive(GIB, OptionalLong.of(2 * GIB + 1));
        finds(Check.MODEL_DATA_EXCEEDS_MEMORY, "2147483649", "2147483648", "spec.serverless.memorySizeInMB");
    }

    @Test
    void imageAndModelTogetherLargerThanMemory() {
        archiveRead = archive(GIB, OptionalLong.of(GIB + 1));
        finds(Check.IMAGE_AND_MODEL_EXCEED_MEMORY, "memorySizeInMB");
    }

    @Test
    void anArchiveThatDoesNotTellItsUnpackedSize() {
        archiveRead = archive(1000, OptionalLong.empty());
        finds(Check.MODEL_DATA_UNPACKED_SIZE, "1000 bytes");
    }

    @Test
    void anArchiveThatMayNotBeRead() {
        archiveRead = new Reading.Refused<>(DENIED);
        finds(Check.MODEL_DATA_NOT_CHECKED, "s3:GetObject", "s3:ListBucket");
    }

    // ---- role

    @Test
    void aRoleOfAnotherAccount() {
        role = "arn:aws:iam::999988887777:role/sagemaker/x";
        finds(Check.EXECUTION_ROLE_IN_OTHER_ACCOUNT, "999988887777", ACCOUNT);
    }

    @Test
    void aRoleThatDoesNotExist() {
        roleRead = new Reading.Absent<>();
        finds(Check.EXECUTION_ROLE_NOT_FOUND, ROLE, "create it");
    }

    @Test
    void aRoleThatDoesNotTrustSageMaker() {
        roleRead = new Reading.Seen<>(new RoleFacts(false));
        finds(Check.EXECUTION_ROLE_TRUST, "sagemaker.amazonaws.com", "trust policy");
    }

    @Test
    void aRoleThatMayNotBeRead() {
        roleRead = new Reading.Refused<>(DENIED);
        finds(Check.EXECUTION_ROLE_NOT_CHECKED, "iam:GetRole");
    }

    // ---- specification

    @Test
    void tooManyVariables() {
        environment = IntStream.range(0, 101)
                .mapToObj(i -> new EnvironmentVariable("V" + i, "x"))
                .toList();
        finds(Check.ENVIRONMENT_ENTRIES, "101", "100");
    }

    @Test
    void aVariableThatIsTooLong() {
        environment = List.of(new EnvironmentVariable("LONG", "x".repeat(1025)));
        finds(Check.ENVIRONMENT_ENTRY_LENGTH, "LONG", "1025", "1024");
    }

    @Test
    void variablesThatAreTooLargeTogetherInBytes() {
        environment = IntStream.range(0, 20)
                .mapToObj(i -> new EnvironmentVariable("V" + i, "\u00e9".repeat(1000)))
                .toList();
        finds(Check.ENVIRONMENT_SIZE, "32768");
    }

    @Test
    void aRegionThatAwsDoesNotList() {
        region = "eu-south-2";
        image = ACCOUNT + ".dkr.ecr.eu-south-2.amazonaws.com/sentiment:1.0";
        finds(Check.REGION_NOT_DOCUMENTED, "eu-south-2");
    }

    // ---- room

    @Test
    void noRoomForAnotherEndpoint() {
        around = new Surroundings(new Usage(50, 100, 0), Foreign.NONE, Usage.NONE, Optional.empty());
        finds(Check.ENDPOINTS_QUOTA, "50 in use", "1 more", "of 50");
    }

    @Test
    void noRoomForTheConcurrencyOnlyWhenThePreviewCountsToo() {
        quotasRead = new Reading.Seen<>(new Quotas(OptionalInt.of(50), OptionalInt.of(100)));
        around = new Surroundings(new Usage(3, 100, 0), Foreign.NONE, Usage.NONE, Optional.empty());
        adds = new Usage(1, 1, 0);
        preview = true;
        finds(Check.CONCURRENCY_QUOTA, "100 in use", "1 more", "preview", "InPlace");
        adds = Usage.NONE;
        assertThat(findings()).isEmpty();
    }

    @Test
    void whatOthersHaveInTheAccountCountsAndIsSaid() {
        quotasRead = new Reading.Seen<>(new Quotas(OptionalInt.of(5), OptionalInt.of(1000)));
        around = new Surroundings(
                new Usage(2, 40, 0), new Foreign(new Usage(3, 60, 0), 7), Usage.NONE, Optional.empty());
        finds(
                Check.ENDPOINTS_QUOTA,
                "5 in use (3 of them by endpoints outside of this cluster; 7 more endpoints of the account were not looked at yet)");
    }

    @Test
    void whatIsJustReachedIsNotExceeded() {
        quotasRead = new Reading.Seen<>(new Quotas(OptionalInt.of(4), OptionalInt.of(120)));
        around = new Surroundings(new Usage(3, 100, 0), Foreign.NONE, Usage.NONE, Optional.empty());
        assertThat(findings()).isEmpty();
    }

    @Test
    void whatTheEndpointHasAlreadyCountsAsInUse() {
        quotasRead = new Reading.Seen<>(new Quotas(OptionalInt.of(1), OptionalInt.of(100)));
        has = new Usage(1, 90, 0);
        adds = new Usage(0, 11, 0);
        finds(Check.CONCURRENCY_QUOTA, "90 in use", "11 more", "of 100");
    }

    @Test
    void quotasThatAreNotListedOrMayNotBeRead() {
        quotasRead = new Reading.Refused<>(DENIED);
        finds(Check.QUOTAS_NOT_CHECKED, "servicequotas:GetServiceQuota");
        quotasRead = new Reading.Seen<>(new Quotas(OptionalInt.empty(), OptionalInt.of(1000)));
        finds(Check.QUOTAS_NOT_CHECKED, ACCOUNT, "us-east-1");
    }

    @Test
    void theLimitsOfTheNamespace() {
        around = new Surroundings(
                Usage.NONE, Foreign.NONE, new Usage(2, 90, 3), Optional.of(new EndpointLimits(2, 100, 4)));
        adds = new Usage(1, 20, 2);
        assertThat(findings())
                .extracting(Finding::check)
                .containsExactly(
                        Check.ENDPOINTS_LIMIT,
                        Check.TOTAL_CONCURRENCY_LIMIT,
                        Check.TOTAL_PROVISIONED_CONCURRENCY_LIMIT);
        assertThat(findings().get(1).message()).contains("90 in use", "20 more", "of 100");
        assertThat(findings()).allMatch(finding -> finding.check().alwaysHolds());
    }

    @Test
    void codesAreUnique() {
        assertThat(List.of(Check.values())).extracting(Check::code).doesNotHaveDuplicates();
    }
}
