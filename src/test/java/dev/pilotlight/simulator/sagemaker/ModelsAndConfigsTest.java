package dev.pilotlight.simulator.sagemaker;

import static dev.pilotlight.simulator.SimulatedAws.IMAGE;
import static dev.pilotlight.simulator.SimulatedAws.MODEL_DATA;
import static dev.pilotlight.simulator.SimulatedAws.ROLE;
import static dev.pilotlight.simulator.SimulatedAws.START;
import static dev.pilotlight.simulator.SimulatedAws.serverless;
import static dev.pilotlight.simulator.SimulatedAws.variant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilotlight.simulator.SimulatedAws;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sagemaker.model.CaptureOption;
import software.amazon.awssdk.services.sagemaker.model.ContainerDefinition;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelResponse;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

class ModelsAndConfigsTest {
    private static final String ARN = "arn:aws:sagemaker:us-east-1:111122223333:";

    private final SimulatedAws aws = SimulatedAws.start();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aModelIsDescribedAsItWasCreated() {
        String arn = aws.sageMaker()
                .createModel(request -> request.modelName("Mine")
                        .executionRoleArn(ROLE)
                        .primaryContainer(container ->
                                container.image(IMAGE).modelDataUrl(MODEL_DATA).environment(Map.of("A", "1"))))
                .modelArn();
        assertThat(arn).isEqualTo(ARN + "model/mine");
        DescribeModelResponse model = aws.sageMaker().describeModel(request -> request.modelName("Mine"));
        assertThat(model.modelName()).isEqualTo("Mine");
        assertThat(model.primaryContainer().image()).isEqualTo(IMAGE);
        assertThat(model.primaryContainer().environment()).containsEntry("A", "1");
        assertThat(model.executionRoleArn()).isEqualTo(ROLE);
        assertThat(model.creationTime()).isEqualTo(START);
        assertThat(model.enableNetworkIsolation()).isFalse();
        assertThat(model.vpcConfig()).isNull();
    }

    @Test
    void anEndpointConfigShowsAVolumeSizeNobodySet() {
        aws.model("m", IMAGE);
        aws.config("c", "m", 2048, 20, 2);
        DescribeEndpointConfigResponse config =
                aws.sageMaker().describeEndpointConfig(request -> request.endpointConfigName("c"));
        ProductionVariant variant = config.productionVariants().getFirst();
        assertThat(config.endpointConfigArn()).isEqualTo(ARN + "endpoint-config/c");
        assertThat(variant.serverlessConfig()).isEqualTo(serverless(2048, 20, 2));
        assertThat(variant.volumeSizeInGB()).isPositive();
        assertThat(variant.instanceType()).isNull();
        assertThat(variant.initialInstanceCount()).isNull();
        assertThat(config.kmsKeyId()).isNull();
        assertThat(config.dataCaptureConfig()).isNull();
    }

    @Test
    void namesAreTakenOnce() {
        aws.model("m", IMAGE);
        aws.config("c", "m", 2048, 20, null);
        refused(() -> aws.model("m", IMAGE), "Cannot create already existing model \"" + ARN + "model/m\".");
        refused(
                () -> aws.config("c", "m", 2048, 20, null),
                "Cannot create already existing endpoint configuration \"" + ARN + "endpoint-config/c\".");
    }

    @Test
    void whatIsMissingIsNamedByItsArn() {
        refused(
                () -> aws.sageMaker().describeModel(request -> request.modelName("x")),
                "Could not find model \"" + ARN + "model/x\".");
        refused(
                () -> aws.sageMaker().deleteModel(request -> request.modelName("x")),
                "Could not find model \"" + ARN + "model/x\".");
        refused(
                () -> aws.sageMaker().describeEndpointConfig(request -> request.endpointConfigName("x")),
                "Could not find endpoint configuration \"" + ARN + "endpoint-config/x\".");
        refused(
                () -> aws.sageMaker().deleteEndpointConfig(request -> request.endpointConfigName("x")),
                "Could not find endpoint configuration \"" + ARN + "endpoint-config/x\".");
        refused(() -> aws.config("c", "x", 2048, 1, null), "Could not find model \"" + ARN + "model/x\".");
    }

    @Test
    void recordsAreDeletedAtOnceAndWithoutAskingWhoUsesThem() {
        aws.servingEndpoint("e", IMAGE, 5, null);
        aws.sageMaker().deleteEndpointConfig(request -> request.endpointConfigName("e"));
        aws.sageMaker().deleteModel(request -> request.modelName("e"));
        assertThat(aws.describe("e").endpointStatusAsString()).isEqualTo("InService");
    }

    @Test
    void brokenConstraintsAreReportedTogether() {
        refused(
                () -> aws.sageMaker()
                        .createModel(request ->
                                request.modelName("no_underscore").executionRoleArn("arn:aws:iam::1:role/x")),
                "2 validation errors detected: Value 'no_underscore' at 'modelName' failed to satisfy constraint: Member"
                        + " must satisfy regular expression pattern: [a-zA-Z0-9]([\\-a-zA-Z0-9]*[a-zA-Z0-9])?; Value"
                        + " 'arn:aws:iam::1:role/x' at 'executionRoleArn' failed to satisfy constraint: Member must satisfy"
                        + " regular expression pattern: arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
        aws.model("m", IMAGE);
        refused(
                () -> aws.config("c", "m", 512, 201, null),
                "2 validation errors detected: Value '512' at 'productionVariants.1.member.serverlessConfig.memorySizeInMB'"
                        + " failed to satisfy constraint: Member must have value greater than or equal to 1024; Value '201'"
                        + " at 'productionVariants.1.member.serverlessConfig.maxConcurrency' failed to satisfy constraint:"
                        + " Member must have value less than or equal to 200");
        refused(
                () -> aws.config("a".repeat(64), "m", 1024, 1, null),
                "Member must have length less than or equal to 63");
        refused(() -> aws.config("c", "m", 1500, 1, null), "MemorySizeInMB 1500 is not one of");
        refused(() -> aws.config("c", "m", 1024, 1, 2), "ProvisionedConcurrency 2 must be less than or equal to");
        refused(
                () -> model(container ->
                        container.primaryContainer(c -> c.image(IMAGE).environment(Map.of("1A", "x")))),
                "Map keys must satisfy constraint");
        refused(() -> model(nothing -> {}), "Must specify either PrimaryContainer or Containers");
    }

    @Test
    void aRoleThatSageMakerMayNotAssumeIsRefused() {
        refused(
                () -> aws.sageMaker()
                        .createModel(request -> request.modelName("m")
                                .executionRoleArn("arn:aws:iam::111122223333:role/nobody")
                                .primaryContainer(c -> c.image(IMAGE))),
                "Could not assume role arn:aws:iam::111122223333:role/nobody. Please ensure that the role exists and allows"
                        + " principal 'sagemaker.amazonaws.com' to assume the role.");
    }

    @Test
    void modelDataThatIsNotThereIsRefused() {
        refused(
                () -> model(request -> request.executionRoleArn(ROLE)
                        .primaryContainer(c -> c.image(IMAGE).modelDataUrl("s3://ml-prod-models/none.tar.gz"))),
                "Could not access model data at s3://ml-prod-models/none.tar.gz.");
    }

    @Test
    void whatServerlessEndpointsCannotDoIsRefused() {
        model(request -> request.modelName("vpc")
                .primaryContainer(c -> c.image(IMAGE))
                .vpcConfig(vpc -> vpc.securityGroupIds("sg-1").subnets("subnet-1")));
        model(request -> request.modelName("two").containers(List.of(container("a"), container("b"))));
        model(request ->
                request.modelName("multi").primaryContainer(c -> c.image(IMAGE).mode("MultiModel")));
        model(request -> request.modelName("isolated")
                .primaryContainer(c -> c.image(IMAGE))
                .enableNetworkIsolation(true));
        for (String model : new String[] {"vpc", "two", "multi", "isolated"}) {
            refused(() -> aws.config("c", model, 1024, 1, null), "is not supported for serverless endpoints.");
        }
        aws.model("m", IMAGE);
        refused(
                () -> aws.sageMaker()
                        .createEndpointConfig(request -> request.endpointConfigName("c")
                                .productionVariants(
                                        variant("a", "m", serverless(1024, 1, null)),
                                        variant("b", "m", serverless(1024, 1, null)))),
                "More than one production variant");
        refused(
                () -> aws.sageMaker()
                        .createEndpointConfig(request -> request.endpointConfigName("c")
                                .productionVariants(variant("a", "m", serverless(1024, 1, null)).toBuilder()
                                        .instanceType("ml.m5.large")
                                        .initialInstanceCount(1)
                                        .build())),
                "both ServerlessConfig and instances");
        refused(
                () -> aws.sageMaker()
                        .createEndpointConfig(request -> request.endpointConfigName("c")
                                .productionVariants(variant("a", "m", serverless(1024, 1, null)))
                                .dataCaptureConfig(capture -> capture.destinationS3Uri("s3://b/c")
                                        .initialSamplingPercentage(1)
                                        .captureOptions(CaptureOption.builder()
                                                .captureMode("Input")
                                                .build()))),
                "DataCaptureConfig is not supported");
    }

    private void model(Consumer<CreateModelRequest.Builder> request) {
        aws.sageMaker().createModel(builder -> request.accept(builder.modelName("any")));
    }

    private static ContainerDefinition container(String host) {
        return ContainerDefinition.builder()
                .image(IMAGE)
                .containerHostname(host)
                .build();
    }

    static void refused(ThrowingCallable call, String text) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SageMakerException.class, error -> {
            assertThat(error.statusCode()).isEqualTo(400);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
            assertThat(error.awsErrorDetails().errorMessage()).contains(text);
            assertThat(error.requestId()).isNotBlank();
        });
    }
}
