package dev.pilotlight.simulator.sagemaker;

import static dev.pilotlight.simulator.SimulatedAws.IMAGE;
import static dev.pilotlight.simulator.SimulatedAws.START;
import static dev.pilotlight.simulator.sagemaker.ModelsAndConfigsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.simulator.SimulatedAws;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.DesiredWeightAndCapacity;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantSummary;

class EndpointLifeTest {
    private static final String ARN = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/";

    private final SimulatedAws aws = SimulatedAws.start(settings -> settings.hosting(HostingSettings.defaults()));

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void creatingLastsAsLongAsItShould() {
        aws.endpoint("Mixed-Case", IMAGE, 20, 2);
        DescribeEndpointResponse creating = aws.describe("Mixed-Case");
        assertThat(creating.endpointStatus()).isEqualTo(EndpointStatus.CREATING);
        assertThat(creating.endpointArn()).isEqualTo(ARN + "mixed-case");
        assertThat(creating.endpointName()).isEqualTo("Mixed-Case");
        assertThat(creating.hasProductionVariants()).isFalse();
        assertThat(creating.pendingDeploymentSummary().endpointConfigName()).isEqualTo("Mixed-Case");
        aws.pass(Duration.ofSeconds(164));
        assertThat(aws.describe("Mixed-Case").endpointStatus()).isEqualTo(EndpointStatus.CREATING);
        aws.pass(Duration.ofSeconds(1));

        DescribeEndpointResponse serving = aws.describe("Mixed-Case");
        assertThat(serving.endpointStatus()).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(serving.creationTime()).isEqualTo(START);
        assertThat(serving.lastModifiedTime()).isEqualTo(START.plusSeconds(165));
        assertThat(serving.pendingDeploymentSummary()).isNull();
        assertThat(serving.failureReason()).isNull();
        ProductionVariantSummary variant = serving.productionVariants().getFirst();
        assertThat(variant.currentServerlessConfig()).isEqualTo(SimulatedAws.serverless(2048, 20, 2));
        assertThat(variant.currentWeight()).isEqualTo(1);
        assertThat(variant.currentInstanceCount()).isZero();
        assertThat(variant.desiredInstanceCount()).isNull();
        assertThat(variant.desiredServerlessConfig()).isNull();
        assertThat(variant.hasVariantStatus()).isFalse();
        assertThat(variant.deployedImages().getFirst().specifiedImage()).isEqualTo(IMAGE);
        assertThat(variant.deployedImages().getFirst().resolvedImage()).contains("/sentiment@sha256:");
    }

    @Test
    void noStateIsPassedOverThatNobodySaw() {
        aws.endpoint("e", IMAGE, 20, null);
        aws.pass(Duration.ofHours(1));
        assertThat(aws.describe("e").endpointStatus()).isEqualTo(EndpointStatus.CREATING);
        assertThat(aws.describe("e").endpointStatus()).isEqualTo(EndpointStatus.IN_SERVICE);
        aws.sageMaker().deleteEndpoint(request -> request.endpointName("e"));
        aws.pass(Duration.ofHours(1));
        assertThat(aws.sageMaker().listEndpoints().endpoints().getFirst().endpointStatus())
                .isEqualTo(EndpointStatus.DELETING);
        assertThat(aws.sageMaker().listEndpoints().endpoints()).isEmpty();
    }

    @Test
    void anUpdateShowsTheOldConfigurationUntilItIsDone() {
        serving("e");
        aws.config("next", "e", 4096, 10, null);
        aws.sageMaker().updateEndpoint(request -> request.endpointName("e").endpointConfigName("next"));
        DescribeEndpointResponse updating = aws.describe("e");
        assertThat(updating.endpointStatus()).isEqualTo(EndpointStatus.UPDATING);
        assertThat(updating.endpointConfigName()).isEqualTo("e");
        assertThat(updating.pendingDeploymentSummary().endpointConfigName()).isEqualTo("next");
        assertThat(memory(updating)).isEqualTo(2048);
        aws.pass(Duration.ofMinutes(2));
        DescribeEndpointResponse updated = aws.describe("e");
        assertThat(updated.endpointStatus()).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(updated.endpointConfigName()).isEqualTo("next");
        assertThat(memory(updated)).isEqualTo(4096);
    }

    @Test
    void anEndpointInProgressTakesNoOtherChange() {
        aws.endpoint("e", IMAGE, 20, null);
        String refusal = "Cannot update in-progress endpoint \"" + ARN + "e\".";
        refused(() -> aws.sageMaker().deleteEndpoint(r -> r.endpointName("e")), refusal);
        refused(() -> aws.sageMaker().updateEndpoint(r -> r.endpointName("e").endpointConfigName("e")), refusal);
        refused(() -> scale("e", 3, null), refusal);
        aws.pass(Duration.ofSeconds(165));
        aws.sageMaker().deleteEndpoint(r -> r.endpointName("e"));
        refused(() -> aws.sageMaker().deleteEndpoint(r -> r.endpointName("e")), refusal);
    }

    @Test
    void aNameIsTakenWithoutRegardToCaseUntilItsEndpointIsGone() {
        serving("e");
        String taken = "Cannot create already existing endpoint \"" + ARN + "e\".";
        refused(() -> aws.sageMaker().createEndpoint(r -> r.endpointName("E").endpointConfigName("e")), taken);
        aws.sageMaker().deleteEndpoint(r -> r.endpointName("e"));
        refused(() -> aws.sageMaker().createEndpoint(r -> r.endpointName("e").endpointConfigName("e")), taken);
        aws.pass(Duration.ofSeconds(10));
        aws.sageMaker().createEndpoint(r -> r.endpointName("e").endpointConfigName("e"));
    }

    @Test
    void missingEndpointsAreNamedByTheirArn() {
        String missing = "Could not find endpoint \"" + ARN + "x\".";
        refused(() -> aws.describe("x"), missing);
        refused(() -> aws.sageMaker().deleteEndpoint(r -> r.endpointName("x")), missing);
        refused(() -> aws.sageMaker().updateEndpoint(r -> r.endpointName("x").endpointConfigName("c")), missing);
        refused(() -> scale("x", 1, null), missing);
        refused(
                () -> aws.sageMaker().createEndpoint(r -> r.endpointName("x").endpointConfigName("c")),
                "Could not find endpoint configuration \"arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/c\".");
        aws.model("m", IMAGE);
        aws.config("c", "m", 1024, 1, null);
        aws.sageMaker().deleteModel(r -> r.modelName("m"));
        refused(
                () -> aws.sageMaker().createEndpoint(r -> r.endpointName("x").endpointConfigName("c")),
                "Could not find model \"arn:aws:sagemaker:us-east-1:111122223333:model/m\".");
    }

    @Test
    void capacityChangesWithoutANewConfiguration() {
        serving("e");
        scale("e", 7, 3);
        DescribeEndpointResponse scaling = aws.describe("e");
        assertThat(scaling.endpointStatus()).isEqualTo(EndpointStatus.UPDATING);
        assertThat(scaling.productionVariants().getFirst().currentServerlessConfig())
                .isEqualTo(SimulatedAws.serverless(2048, 20, 2));
        aws.pass(Duration.ofMinutes(1));
        DescribeEndpointResponse scaled = aws.describe("e");
        assertThat(scaled.endpointStatus()).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(scaled.endpointConfigName()).isEqualTo("e");
        assertThat(scaled.productionVariants().getFirst().currentServerlessConfig())
                .isEqualTo(SimulatedAws.serverless(2048, 7, 3));
    }

    @Test
    void capacityThatCannotBeIsRefused() {
        serving("e");
        refused(() -> scale("e", 1, null), "ProvisionedConcurrency 2 must be less than or equal to MaxConcurrency 1");
        refused(() -> scale("e", 0, null), "Member must have value greater than or equal to 1");
        refused(
                () -> aws.sageMaker()
                        .updateEndpointWeightsAndCapacities(r -> r.endpointName("e")
                                .desiredWeightsAndCapacities(DesiredWeightAndCapacity.builder()
                                        .variantName("other")
                                        .build())),
                "Could not find variant \"other\"");
    }

    @Test
    void whetherProvisionedConcurrencyCanBeAddedLiveIsASwitch() {
        try (SimulatedAws strict = SimulatedAws.start(settings -> settings.hosting(HostingSettings.defaults()
                .withDurations(HostingSettings.StateDurations.NONE)
                .assuming(false, false)))) {
            strict.servingEndpoint("e", IMAGE, 5, null);
            refused(
                    () -> strict.sageMaker()
                            .updateEndpointWeightsAndCapacities(
                                    r -> r.endpointName("e").desiredWeightsAndCapacities(wish(null, 1))),
                    "Cannot add provisioned concurrency");
        }
        try (SimulatedAws kind = SimulatedAws.start()) {
            kind.servingEndpoint("e", IMAGE, 5, null);
            kind.sageMaker()
                    .updateEndpointWeightsAndCapacities(
                            r -> r.endpointName("e").desiredWeightsAndCapacities(wish(null, 1)));
            assertThat(kind.readUntil("e", EndpointStatus.IN_SERVICE)
                            .productionVariants()
                            .getFirst()
                            .currentServerlessConfig()
                            .provisionedConcurrency())
                    .isEqualTo(1);
        }
    }

    @Test
    void deletingTheOldConfigurationMidwayRollsTheUpdateBack() {
        serving("e");
        aws.config("next", "e", 4096, 10, null);
        aws.sageMaker().updateEndpoint(r -> r.endpointName("e").endpointConfigName("next"));
        aws.sageMaker().deleteEndpointConfig(r -> r.endpointConfigName("e"));
        aws.describe("e");
        aws.pass(Duration.ofMinutes(2));
        DescribeEndpointResponse after = aws.describe("e");
        assertThat(after.endpointStatus()).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(after.endpointConfigName()).isEqualTo("e");
        assertThat(after.failureReason())
                .isEqualTo("Could not find endpoint configuration"
                        + " \"arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/e\".");
    }

    @Test
    void anInstanceBasedEndpointCannotBecomeServerless() {
        aws.model("m", IMAGE);
        aws.config("serverless", "m", 1024, 1, null);
        aws.sageMaker()
                .createEndpointConfig(r -> r.endpointConfigName("instances")
                        .productionVariants(ProductionVariant.builder()
                                .variantName("main")
                                .modelName("m")
                                .instanceType("ml.m5.large")
                                .initialInstanceCount(2)
                                .build()));
        aws.sageMaker().createEndpoint(r -> r.endpointName("e").endpointConfigName("instances"));
        aws.describe("e");
        aws.pass(Duration.ofSeconds(165));
        ProductionVariantSummary variant =
                aws.describe("e").productionVariants().getFirst();
        assertThat(variant.currentInstanceCount()).isEqualTo(2);
        assertThat(variant.currentServerlessConfig()).isNull();
        refused(
                () -> aws.sageMaker().updateEndpoint(r -> r.endpointName("e").endpointConfigName("serverless")),
                "Cannot update instance-based endpoint");
    }

    @Test
    void randomDurationsAreTheSameForTheSameSeed() {
        assertThat(createdAfter(7)).isEqualTo(createdAfter(7)).isNotEqualTo(createdAfter(8));
    }

    private static Duration createdAfter(long seed) {
        try (SimulatedAws random = SimulatedAws.start(settings -> settings.seed(seed)
                .hosting(HostingSettings.defaults()
                        .withDurations(HostingSettings.StateDurations.USUAL.withJitter(0.5))))) {
            random.endpoint("e", IMAGE, 1, null);
            random.describe("e");
            random.pass(Duration.ofMinutes(5));
            return Duration.between(START, random.describe("e").lastModifiedTime());
        }
    }

    private void serving(String name) {
        aws.endpoint(name, IMAGE, 20, 2);
        aws.describe(name);
        aws.pass(Duration.ofSeconds(165));
        aws.describe(name);
    }

    private void scale(String name, Integer max, Integer provisioned) {
        aws.sageMaker()
                .updateEndpointWeightsAndCapacities(
                        r -> r.endpointName(name).desiredWeightsAndCapacities(wish(max, provisioned)));
    }

    private static DesiredWeightAndCapacity wish(Integer max, Integer provisioned) {
        return DesiredWeightAndCapacity.builder()
                .variantName("main")
                .serverlessUpdateConfig(update -> update.maxConcurrency(max).provisionedConcurrency(provisioned))
                .build();
    }

    private static int memory(DescribeEndpointResponse endpoint) {
        return endpoint.productionVariants()
                .getFirst()
                .currentServerlessConfig()
                .memorySizeInMB();
    }
}
