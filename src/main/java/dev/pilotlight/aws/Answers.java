package dev.pilotlight.aws;

import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sagemaker.model.ContainerDefinition;
import software.amazon.awssdk.services.sagemaker.model.ContainerMode;
import software.amazon.awssdk.services.sagemaker.model.DeployedImage;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelResponse;
import software.amazon.awssdk.services.sagemaker.model.EndpointSummary;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantServerlessConfig;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantSummary;

/** SageMaker's answers as our values. Lenient: what AWS leaves out becomes empty, what it adds is not looked at. */
final class Answers {

    private Answers() {}

    static dev.pilotlight.domain.hosting.EndpointSummary summary(EndpointSummary row) {
        return new dev.pilotlight.domain.hosting.EndpointSummary(
                row.endpointName(),
                text(row.endpointArn()),
                EndpointStatus.ofAwsName(row.endpointStatusAsString()),
                time(row.creationTime()),
                time(row.lastModifiedTime()));
    }

    static EndpointSnapshot endpoint(DescribeEndpointResponse answer) {
        return new EndpointSnapshot(
                answer.endpointName(),
                text(answer.endpointArn()),
                EndpointStatus.ofAwsName(answer.endpointStatusAsString()),
                time(answer.creationTime()),
                time(answer.lastModifiedTime()),
                text(answer.endpointConfigName()),
                Optional.ofNullable(answer.failureReason()),
                answer.productionVariants().stream().map(Answers::variant).toList());
    }

    private static EndpointSnapshot.Variant variant(ProductionVariantSummary variant) {
        return new EndpointSnapshot.Variant(
                text(variant.variantName()),
                Optional.ofNullable(variant.currentServerlessConfig()).map(Answers::capacity),
                variant.deployedImages().stream()
                        .map(DeployedImage::resolvedImage)
                        .flatMap(image -> Optional.ofNullable(image).stream())
                        .findFirst());
    }

    static EndpointConfigSnapshot endpointConfig(DescribeEndpointConfigResponse answer) {
        return new EndpointConfigSnapshot(
                answer.endpointConfigName(),
                text(answer.endpointConfigArn()),
                time(answer.creationTime()),
                answer.productionVariants().stream().map(Answers::variant).toList(),
                beyond(answer));
    }

    /** What a ServerlessEndpoint cannot express, by AWS's own field names. */
    private static List<String> beyond(DescribeEndpointConfigResponse answer) {
        List<String> names = new ArrayList<>();
        note(names, "ShadowProductionVariants", answer.hasShadowProductionVariants());
        note(names, "DataCaptureConfig", answer.dataCaptureConfig() != null);
        note(names, "AsyncInferenceConfig", answer.asyncInferenceConfig() != null);
        note(names, "ExplainerConfig", answer.explainerConfig() != null);
        note(names, "VpcConfig", answer.vpcConfig() != null);
        note(names, "EnableNetworkIsolation", Boolean.TRUE.equals(answer.enableNetworkIsolation()));
        return names;
    }

    private static List<String> beyond(DescribeModelResponse answer, ContainerDefinition container) {
        List<String> names = new ArrayList<>();
        note(names, "Containers", answer.containers().size() > 1);
        note(names, "VpcConfig", answer.vpcConfig() != null);
        note(names, "EnableNetworkIsolation", Boolean.TRUE.equals(answer.enableNetworkIsolation()));
        note(names, "ModelPackageName", container.modelPackageName() != null);
        note(names, "ModelDataSource", container.modelDataUrl() == null && container.modelDataSource() != null);
        note(names, "MultiModelConfig", container.mode() == ContainerMode.MULTI_MODEL);
        note(names, "ImageConfig", container.imageConfig() != null);
        note(names, "AdditionalModelDataSources", container.hasAdditionalModelDataSources());
        return names;
    }

    private static void note(List<String> names, String name, boolean used) {
        if (used) {
            names.add(name);
        }
    }

    private static EndpointConfigSnapshot.Variant variant(ProductionVariant variant) {
        return new EndpointConfigSnapshot.Variant(
                text(variant.variantName()),
                text(variant.modelName()),
                Optional.ofNullable(variant.serverlessConfig()).map(Answers::capacity));
    }

    static ModelSnapshot model(DescribeModelResponse answer) {
        ContainerDefinition container = Optional.ofNullable(answer.primaryContainer())
                .or(() -> answer.containers().stream().findFirst())
                .orElseGet(() -> ContainerDefinition.builder().build());
        return new ModelSnapshot(
                answer.modelName(),
                text(answer.modelArn()),
                time(answer.creationTime()),
                text(container.image()),
                Optional.ofNullable(container.modelDataUrl()),
                text(answer.executionRoleArn()),
                Map.copyOf(container.environment()),
                beyond(answer, container));
    }

    private static ServerlessCapacity capacity(ProductionVariantServerlessConfig config) {
        return new ServerlessCapacity(
                number(config.memorySizeInMB()),
                new ServerlessCapacity.Concurrency(
                        number(config.maxConcurrency()), number(config.provisionedConcurrency())));
    }

    private static int number(Integer value) {
        return value == null ? 0 : value;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static Instant time(Instant value) {
        return value == null ? Instant.EPOCH : value;
    }
}
