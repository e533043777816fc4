package dev.pilotlight.testing;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ContainerDefinition;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/**
 * An endpoint as a person or another tool would make it, with names of its own. What is not said is the quickstart manifest's, so that a
 * ServerlessEndpoint that adopts it finds nothing to change.
 *
 * <p>Its model is {@code <endpoint>-model}, its endpoint config {@code <endpoint>-config}.
 *
 * @param instances runs on an instance instead of serverless
 * @param variants production variants, all of one model
 */
public record HandMade(
        String image,
        int memorySizeInMB,
        int maxConcurrency,
        Optional<Integer> provisionedConcurrency,
        boolean instances,
        int variants,
        Map<String, String> environment,
        Map<String, String> tags) {

    /** Name of its (first) variant: not the one that we would choose. */
    public static final String VARIANT = "blue";

    /** Just what the quickstart's manifest describes. */
    public static HandMade asInTheManifest() {
        return new HandMade(
                EndpointManifest.REPOSITORY + ":1.4.0", 2048, 20, Optional.empty(), false, 1, Map.of(), Map.of());
    }

    public HandMade image(String reference) {
        return new HandMade(
                reference,
                memorySizeInMB,
                maxConcurrency,
                provisionedConcurrency,
                instances,
                variants,
                environment,
                tags);
    }

    public HandMade memory(int megabytes) {
        return new HandMade(
                image, megabytes, maxConcurrency, provisionedConcurrency, instances, variants, environment, tags);
    }

    public HandMade maxConcurrency(int max) {
        return new HandMade(image, memorySizeInMB, max, provisionedConcurrency, instances, variants, environment, tags);
    }

    public HandMade onInstances() {
        return new HandMade(
                image, memorySizeInMB, maxConcurrency, provisionedConcurrency, true, variants, environment, tags);
    }

    public HandMade variants(int number) {
        return new HandMade(
                image, memorySizeInMB, maxConcurrency, provisionedConcurrency, instances, number, environment, tags);
    }

    public HandMade tags(Map<String, String> all) {
        return new HandMade(
                image, memorySizeInMB, maxConcurrency, provisionedConcurrency, instances, variants, environment, all);
    }

    void make(SageMakerClient sageMaker, String name) {
        var list = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        UnaryOperator<ContainerDefinition.Builder> container = definition -> definition
                .image(image)
                .modelDataUrl("s3://ml-prod-models/sentiment/1.4.0/model.tar.gz")
                .environment(environment);
        sageMaker.createModel(model -> model.modelName(name + "-model")
                .executionRoleArn("arn:aws:iam::111122223333:role/sagemaker/sentiment")
                .primaryContainer(container.apply(ContainerDefinition.builder()).build())
                .tags(list));
        ProductionVariant[] all = new ProductionVariant[variants];
        for (int i = 0; i < variants; i++) {
            all[i] = variant(name, i == 0 ? VARIANT : VARIANT + i);
        }
        sageMaker.createEndpointConfig(config -> config.endpointConfigName(name + "-config")
                .productionVariants(all)
                .tags(list));
        sageMaker.createEndpoint(endpoint ->
                endpoint.endpointName(name).endpointConfigName(name + "-config").tags(list));
    }

    private ProductionVariant variant(String name, String variantName) {
        ProductionVariant.Builder variant =
                ProductionVariant.builder().variantName(variantName).modelName(name + "-model");
        if (instances) {
            variant.instanceType("ml.m5.large").initialInstanceCount(1);
        } else {
            variant.serverlessConfig(serverless -> serverless
                    .memorySizeInMB(memorySizeInMB)
                    .maxConcurrency(maxConcurrency)
                    .provisionedConcurrency(provisionedConcurrency.orElse(null)));
        }
        return variant.build();
    }
}
