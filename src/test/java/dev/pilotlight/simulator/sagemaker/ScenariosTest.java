package dev.pilotlight.simulator.sagemaker;

import static dev.pilotlight.simulator.SimulatedAws.IMAGE;
import static dev.pilotlight.simulator.SimulatedAws.REGISTRY;
import static dev.pilotlight.simulator.sagemaker.ModelsAndConfigsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilotlight.simulator.SimulatedAws;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.DesiredWeightAndCapacity;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.sagemakerruntime.model.ValidationErrorException;

class ScenariosTest {
    private static final String BAD_PING =
            "The primary container for production variant main did not pass the ping health"
                    + " check. Please check CloudWatch logs for this endpoint.";

    private final SimulatedAws aws = SimulatedAws.start();

    @AfterEach
    void stop() {
        aws.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bad-ping            | did not pass the ping health check.
            too-large           | Image size 12704675783 is greater than supported size 10737418240
            service-fault       | Request to service failed.
            role-not-assumable  | Could not assume role arn:aws:iam::111122223333:role/sagemaker/sentiment.
            """)
    void aTagChoosesHowACreateFails(String marker, String reason) {
        String image = marked(marker);
        aws.endpoint("e", image, 1, null);
        DescribeEndpointResponse failed = aws.readUntil("e", EndpointStatus.FAILED);
        assertThat(failed.failureReason()).contains(reason);
        assertThat(failed.hasProductionVariants()).isFalse();
        assertThat(failed.endpointConfigName()).isEqualTo("e");
        refused(
                () -> aws.sageMaker().createEndpoint(r -> r.endpointName("e").endpointConfigName("e")),
                "already existing");
        refused(
                () -> aws.sageMaker().updateEndpoint(r -> r.endpointName("e").endpointConfigName("e")),
                "Cannot update");
        aws.sageMaker().deleteEndpoint(r -> r.endpointName("e"));
    }

    @Test
    void theMarkerOfATagIsFoundWhenTheModelNamesTheDigest() {
        aws.endpoint("by-tag", marked("update-rolls-back"), 1, null);
        String digest = aws.readUntil("by-tag", EndpointStatus.IN_SERVICE)
                .productionVariants()
                .getFirst()
                .deployedImages()
                .getFirst()
                .resolvedImage();
        assertThat(digest).doesNotContain("update-rolls-back");
        aws.servingEndpoint("e", IMAGE, 1, null);
        aws.model("by-digest", digest);
        aws.config("by-digest", "by-digest", 1024, 1, null);
        aws.sageMaker().updateEndpoint(r -> r.endpointName("e").endpointConfigName("by-digest"));
        assertThat(aws.readUntil("e", EndpointStatus.IN_SERVICE).failureReason())
                .isEqualTo(BAD_PING);
    }

    @Test
    void theNameOfARepositoryChoosesToo() {
        aws.image("bad-ping-repository", "1", 7);
        aws.endpoint("bad-by-name", REGISTRY + "bad-ping-repository:1", 1, null);
        aws.readUntil("bad-by-name", EndpointStatus.FAILED);
    }

    @Test
    void anImageAboveTenGibibytesFailsByItsOwnSize() {
        aws.image("huge", "1", 11_464_101_106L);
        aws.endpoint("e", REGISTRY + "huge:1", 1, null);
        assertThat(aws.readUntil("e", EndpointStatus.FAILED).failureReason())
                .isEqualTo("Image size 11464101106 is greater than supported size 10737418240");
    }

    @Test
    void anImageThatIsNotThereFailsTheCreate() {
        aws.endpoint("e", REGISTRY + "sentiment:none", 1, null);
        assertThat(aws.readUntil("e", EndpointStatus.FAILED).failureReason())
                .isEqualTo(
                        "Please make sure all images included in the model for the production variant main exist, and that"
                                + " the execution role used to create the model has permissions to access them.");
    }

    @Test
    void imagesOfAwsItselfAreTakenAsThere() {
        aws.endpoint("e", "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1", 1, null);
        DescribeEndpointResponse serving = aws.readUntil("e", EndpointStatus.IN_SERVICE);
        assertThat(serving.productionVariants()
                        .getFirst()
                        .deployedImages()
                        .getFirst()
                        .resolvedImage())
                .startsWith("683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost@sha256:");
    }

    @ParameterizedTest
    @CsvSource({"bad-ping", "update-rolls-back"})
    void aBadUpdateIsRolledBackAndTheNextGoodOneClearsTheReason(String marker) {
        aws.servingEndpoint("e", IMAGE, 1, null);
        aws.model("bad", marked(marker));
        aws.config("bad", "bad", 1024, 1, null);
        aws.sageMaker().updateEndpoint(r -> r.endpointName("e").endpointConfigName("bad"));
        assertThat(aws.describe("e").endpointStatus()).isEqualTo(EndpointStatus.UPDATING);
        DescribeEndpointResponse back = aws.describe("e");
        assertThat(back.endpointStatus()).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(back.endpointConfigName()).isEqualTo("e");
        assertThat(back.failureReason()).isEqualTo(BAD_PING);
        aws.config("good", "e", 3072, 1, null);
        aws.sageMaker().updateEndpoint(r -> r.endpointName("e").endpointConfigName("good"));
        assertThat(aws.readUntil("e", EndpointStatus.IN_SERVICE).failureReason())
                .isNull();
    }

    @Test
    void aModelThatOnlyFailsInUpdatesCanBeCreated() {
        aws.servingEndpoint("e", marked("update-rolls-back"), 1, null);
    }

    @Test
    void aRollbackMayFailToo() {
        aws.servingEndpoint("e", IMAGE, 1, null);
        aws.simulator().scenarios().choose(aws.scope(), "e", "update-rollback-fails");
        aws.config("next", "e", 3072, 1, null);
        aws.sageMaker().updateEndpoint(r -> r.endpointName("e").endpointConfigName("next"));
        aws.readUntil("e", EndpointStatus.UPDATE_ROLLBACK_FAILED);
        assertThatThrownBy(() ->
                        aws.runtime().invokeEndpoint(r -> r.endpointName("e").body(SimulatedAws.bytes("{}"))))
                .isInstanceOf(ValidationErrorException.class);
    }

    @Test
    void aChangeOfCapacityMayBeGivenUpAndIsRollingBackMeanwhile() {
        aws.servingEndpoint("e", IMAGE, 5, null);
        aws.simulator().scenarios().choose(aws.scope(), "e", "scaling-rolls-back");
        DesiredWeightAndCapacity more = DesiredWeightAndCapacity.builder()
                .variantName("main")
                .serverlessUpdateConfig(c -> c.maxConcurrency(9))
                .build();
        aws.sageMaker()
                .updateEndpointWeightsAndCapacities(r -> r.endpointName("e").desiredWeightsAndCapacities(more));
        aws.readUntil("e", EndpointStatus.ROLLING_BACK);
        DescribeEndpointResponse after = aws.readUntil("e", EndpointStatus.IN_SERVICE);
        assertThat(after.productionVariants()
                        .getFirst()
                        .currentServerlessConfig()
                        .maxConcurrency())
                .isEqualTo(5);
    }

    @Test
    void anEndpointCanBeTakenOutOfServiceAndPutBack() {
        aws.servingEndpoint("e", IMAGE, 1, null);
        aws.simulator().scenarios().choose(aws.scope(), "e", "out-of-service");
        assertThat(aws.describe("e").endpointStatus()).isEqualTo(EndpointStatus.OUT_OF_SERVICE);
        assertThatThrownBy(() ->
                        aws.runtime().invokeEndpoint(r -> r.endpointName("e").body(SimulatedAws.bytes("{}"))))
                .isInstanceOf(ValidationErrorException.class);
        aws.simulator().scenarios().choose(aws.scope(), "e", "none");
        assertThat(aws.describe("e").endpointStatus()).isEqualTo(EndpointStatus.IN_SERVICE);
    }

    @Test
    void modelDataThatAreGoneWhenTheContainerStartsFailTheCreate() {
        S3Client s3 = aws.client(S3Client.builder().forcePathStyle(true));
        s3.createBucket(r -> r.bucket("ml-late-models"));
        s3.putObject(r -> r.bucket("ml-late-models").key("model.tar.gz"), RequestBody.fromString("data"));
        aws.sageMaker()
                .createModel(r -> r.modelName("e")
                        .executionRoleArn(SimulatedAws.ROLE)
                        .primaryContainer(c -> c.image(IMAGE).modelDataUrl("s3://ml-late-models/model.tar.gz")));
        s3.deleteObject(r -> r.bucket("ml-late-models").key("model.tar.gz"));
        aws.config("e", "e", 1024, 1, null);

        aws.sageMaker().createEndpoint(r -> r.endpointName("e").endpointConfigName("e"));

        assertThat(aws.readUntil("e", EndpointStatus.FAILED).failureReason())
                .startsWith("Failed to download model data for container")
                .contains("s3://ml-late-models/model.tar.gz");
    }

    @Test
    void creatingCanGetStuckUntilTheScenarioIsTakenBack() {
        aws.endpoint("e", marked("stuck-creating"), 1, null);
        for (int i = 0; i < 3; i++) {
            aws.pass(Duration.ofHours(1));
            assertThat(aws.describe("e").endpointStatus()).isEqualTo(EndpointStatus.CREATING);
        }
        aws.sageMaker().createEndpoint(r -> r.endpointName("f").endpointConfigName("e"));
        aws.admin("POST", "scenario", "{\"endpoint\": \"f\", \"scenario\": \"bad-ping\"}");
        aws.readUntil("f", EndpointStatus.FAILED);
    }

    @Test
    void anEndpointMayFailAfterItServed() {
        aws.servingEndpoint("e", marked("fails-after-serving"), 1, null);
        aws.pass(Duration.ofMinutes(1));
        DescribeEndpointResponse failed = aws.describe("e");
        assertThat(failed.endpointStatus()).isEqualTo(EndpointStatus.FAILED);
        assertThat(failed.failureReason()).startsWith("Request to service failed");
    }

    @Test
    void anAdminPathFailsAServingEndpointAtOnce() {
        aws.servingEndpoint("e", IMAGE, 1, null);
        aws.admin("POST", "scenario", "{\"endpoint\": \"e\", \"scenario\": \"fails-after-serving\"}");
        assertThat(aws.describe("e").endpointStatus()).isEqualTo(EndpointStatus.FAILED);
        assertThatThrownBy(() -> aws.admin("POST", "scenario", "{\"endpoint\": \"e\", \"scenario\": \"magic\"}"))
                .hasMessageContaining("there are none, bad-ping");
    }

    @Test
    void nothingCanBeDoneWhileAwsMaintainsTheEndpoint() {
        aws.servingEndpoint("e", IMAGE, 1, null);
        aws.admin("POST", "scenario", "{\"endpoint\": \"e\", \"scenario\": \"system-updating\"}");
        refused(() -> aws.sageMaker().deleteEndpoint(r -> r.endpointName("e")), "Cannot update in-progress endpoint");
        aws.readUntil("e", EndpointStatus.IN_SERVICE);
    }

    @Test
    void quotaCanBeMadeToRunOut() {
        assertThatThrownBy(() -> aws.endpoint("e", marked("over-quota"), 3, null))
                .isInstanceOf(ResourceLimitExceededException.class);
    }

    private String marked(String marker) {
        aws.image("sentiment", "1.0-" + marker, 1_000_000_000L + marker.length());
        return REGISTRY + "sentiment:1.0-" + marker;
    }
}
