package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointConfigRequest;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.EndpointSummary;
import dev.pilotlight.domain.hosting.ModelRequest;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DesiredWeightAndCapacity;
import software.amazon.awssdk.services.sagemaker.model.ListEndpointsRequest;
import software.amazon.awssdk.services.sagemaker.model.ListEndpointsResponse;
import software.amazon.awssdk.services.sagemaker.model.ListTagsResponse;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantServerlessConfig;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** SageMaker's control plane on the AWS SDK. */
final class SdkHosting implements Hosting {

    /** AWS docs: the most that one page may hold. */
    private static final int PAGE = 100;

    private final SessionCalls calls;
    private final Priority priority;

    SdkHosting(SessionCalls calls, Priority priority) {
        this.calls = calls;
        this.priority = priority;
    }

    @Override
    public Receipt createModel(ModelRequest request) {
        return create(
                "CreateModel",
                () -> client().createModel(create -> create.overrideConfiguration(calls.credentials())
                        .modelName(request.name())
                        .executionRoleArn(request.executionRoleARN())
                        .primaryContainer(container -> container
                                .image(request.image())
                                .modelDataUrl(request.modelDataURL().orElse(null))
                                .environment(request.environment()))
                        .tags(tags(request.tags()))),
                answer -> answer.modelArn());
    }

    @Override
    public Receipt createEndpointConfig(EndpointConfigRequest request) {
        return create(
                "CreateEndpointConfig",
                () -> client().createEndpointConfig(create -> create.overrideConfiguration(calls.credentials())
                        .endpointConfigName(request.name())
                        .productionVariants(variant(request))
                        .tags(tags(request.tags()))),
                answer -> answer.endpointConfigArn());
    }

    @Override
    public Receipt createEndpoint(String name, String configName, Map<String, String> tags) {
        return create(
                "CreateEndpoint",
                () -> client().createEndpoint(create -> create.overrideConfiguration(calls.credentials())
                        .endpointName(name)
                        .endpointConfigName(configName)
                        .tags(tags(tags))),
                answer -> answer.endpointArn());
    }

    @Override
    public Receipt updateEndpoint(String name, String configName) {
        return create(
                "UpdateEndpoint",
                () -> client().updateEndpoint(update -> update.overrideConfiguration(calls.credentials())
                        .endpointName(name)
                        .endpointConfigName(configName)),
                answer -> answer.endpointArn());
    }

    @Override
    public Receipt updateConcurrency(String endpointName, String variantName, Concurrency concurrency) {
        return create(
                "UpdateEndpointWeightsAndCapacities",
                () -> client().updateEndpointWeightsAndCapacities(
                                update -> update.overrideConfiguration(calls.credentials())
                                        .endpointName(endpointName)
                                        .desiredWeightsAndCapacities(desired(variantName, concurrency))),
                answer -> answer.endpointArn());
    }

    @Override
    public Receipt deleteEndpoint(String name) {
        return delete(
                "DeleteEndpoint",
                () -> client().deleteEndpoint(delete ->
                        delete.overrideConfiguration(calls.credentials()).endpointName(name)));
    }

    @Override
    public Receipt deleteEndpointConfig(String name) {
        return delete(
                "DeleteEndpointConfig",
                () -> client().deleteEndpointConfig(delete ->
                        delete.overrideConfiguration(calls.credentials()).endpointConfigName(name)));
    }

    @Override
    public Receipt deleteModel(String name) {
        return delete(
                "DeleteModel",
                () -> client().deleteModel(delete ->
                        delete.overrideConfiguration(calls.credentials()).modelName(name)));
    }

    @Override
    public Receipt addTags(String arn, Map<String, String> tags) {
        return create(
                "AddTags",
                () -> client().addTags(add -> add.overrideConfiguration(calls.credentials())
                        .resourceArn(arn)
                        .tags(tags(tags))),
                answer -> arn);
    }

    @Override
    public Receipt deleteTags(String arn, Set<String> keys) {
        return create(
                "DeleteTags",
                () -> client().deleteTags(delete -> delete.overrideConfiguration(calls.credentials())
                        .resourceArn(arn)
                        .tagKeys(keys)),
                answer -> arn);
    }

    @Override
    public Optional<EndpointSnapshot> describeEndpoint(String name) {
        return unlessMissing(() -> read(
                        "DescribeEndpoint",
                        () -> client().describeEndpoint(get ->
                                get.overrideConfiguration(calls.credentials()).endpointName(name))))
                .map(Answers::endpoint);
    }

    @Override
    public Optional<EndpointConfigSnapshot> describeEndpointConfig(String name) {
        return unlessMissing(() -> read(
                        "DescribeEndpointConfig",
                        () -> client().describeEndpointConfig(get ->
                                get.overrideConfiguration(calls.credentials()).endpointConfigName(name))))
                .map(Answers::endpointConfig);
    }

    @Override
    public Optional<ModelSnapshot> describeModel(String name) {
        return unlessMissing(() -> read(
                        "DescribeModel",
                        () -> client().describeModel(get ->
                                get.overrideConfiguration(calls.credentials()).modelName(name))))
                .map(Answers::model);
    }

    @Override
    public Optional<Map<String, String>> listTags(String arn) {
        return listTags(arn, CallGate.Toll.TOKEN);
    }

    @Override
    public Optional<Map<String, String>> listFurtherTags(String arn) {
        return listTags(arn, CallGate.Toll.CREDIT);
    }

    private Optional<Map<String, String>> listTags(String arn, CallGate.Toll firstPage) {
        return unlessMissing(() -> {
            Map<String, String> tags = new HashMap<>();
            calls.pages(
                            "sagemaker:ListTags",
                            priority,
                            firstPage,
                            token -> client().listTags(list -> list.overrideConfiguration(calls.credentials())
                                    .resourceArn(arn)
                                    .maxResults(PAGE)
                                    .nextToken(token)),
                            ListTagsResponse::nextToken)
                    .forEach(page -> page.tags().forEach(tag -> tags.put(tag.key(), tag.value())));
            return tags;
        });
    }

    @Override
    public List<EndpointSummary> listEndpoints(Optional<EndpointStatus> status) {
        return endpointPages(list ->
                        list.statusEquals(status.map(EndpointStatus::awsName).orElse(null)))
                .flatMap(page -> page.endpoints().stream())
                .map(Answers::summary)
                .toList();
    }

    @Override
    public List<NamedResource> listEndpointsContaining(String part) {
        return endpointPages(list -> list.nameContains(part))
                .flatMap(page -> page.endpoints().stream())
                .map(row -> new NamedResource(row.endpointName(), row.endpointArn()))
                .toList();
    }

    private Stream<ListEndpointsResponse> endpointPages(Consumer<ListEndpointsRequest.Builder> filter) {
        return pages(
                "ListEndpoints",
                token -> client().listEndpoints(list -> list.overrideConfiguration(calls.credentials())
                        .maxResults(PAGE)
                        .nextToken(token)
                        .applyMutation(filter)),
                ListEndpointsResponse::nextToken)
                .stream();
    }

    @Override
    public List<NamedResource> listEndpointConfigsContaining(String part) {
        return pages(
                        "ListEndpointConfigs",
                        token -> client().listEndpointConfigs(list -> list.overrideConfiguration(calls.credentials())
                                .nameContains(part)
                                .maxResults(PAGE)
                                .nextToken(token)),
                        answer -> answer.nextToken())
                .stream()
                .flatMap(page -> page.endpointConfigs().stream())
                .map(row -> new NamedResource(row.endpointConfigName(), row.endpointConfigArn()))
                .toList();
    }

    @Override
    public List<NamedResource> listModelsContaining(String part) {
        return pages(
                        "ListModels",
                        token -> client().listModels(list -> list.overrideConfiguration(calls.credentials())
                                .nameContains(part)
                                .maxResults(PAGE)
                                .nextToken(token)),
                        answer -> answer.nextToken())
                .stream()
                .flatMap(page -> page.models().stream())
                .map(row -> new NamedResource(row.modelName(), row.modelArn()))
                .toList();
    }

    private SageMakerClient client() {
        return calls.clients().sageMaker();
    }

    private <T extends AwsResponse> T read(String operation, Supplier<T> sdk) {
        return calls.read("sagemaker:" + operation, priority, sdk);
    }

    private <T extends AwsResponse> Receipt create(String operation, Supplier<T> sdk, Function<T, String> arn) {
        T answer = calls.mutate("sagemaker:" + operation, priority, sdk);
        return new Receipt("sagemaker:" + operation, arn.apply(answer), SessionCalls.requestId(answer));
    }

    private <T extends AwsResponse> Receipt delete(String operation, Supplier<T> sdk) {
        try {
            return create(operation, sdk, answer -> "");
        } catch (AwsException e) {
            if (e.kind() == FailureKind.NOT_FOUND) {
                return new Receipt("sagemaker:" + operation, "", e.failure().requestId());
            }
            throw e;
        }
    }

    private <T extends AwsResponse> List<T> pages(
            String operation, Function<String, T> sdk, Function<T, String> nextToken) {
        return calls.pages("sagemaker:" + operation, priority, sdk, nextToken);
    }

    private static <T> Optional<T> unlessMissing(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (AwsException e) {
            if (e.kind() == FailureKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ProductionVariant variant(EndpointConfigRequest request) {
        return ProductionVariant.builder()
                .variantName(request.variantName())
                .modelName(request.modelName())
                .serverlessConfig(serverless(request.capacity()))
                .build();
    }

    private static DesiredWeightAndCapacity desired(String variantName, Concurrency concurrency) {
        return DesiredWeightAndCapacity.builder()
                .variantName(variantName)
                .serverlessUpdateConfig(
                        live -> live.maxConcurrency(concurrency.max()).provisionedConcurrency(provisioned(concurrency)))
                .build();
    }

    private static ProductionVariantServerlessConfig serverless(ServerlessCapacity capacity) {
        return ProductionVariantServerlessConfig.builder()
                .memorySizeInMB(capacity.memorySizeInMB())
                .maxConcurrency(capacity.concurrency().max())
                .provisionedConcurrency(provisioned(capacity.concurrency()))
                .build();
    }

    private static Integer provisioned(Concurrency concurrency) {
        return concurrency.provisionedForAws().isPresent()
                ? (Integer) concurrency.provisionedForAws().getAsInt()
                : null;
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
