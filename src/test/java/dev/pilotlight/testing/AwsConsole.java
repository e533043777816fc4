package dev.pilotlight.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.Simulator;
import dev.pilotlight.simulator.wire.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DesiredWeightAndCapacity;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** The same AWS account in other hands: what a person sees and does there, past the operator. Looking changes nothing. */
public final class AwsConsole implements AutoCloseable {
    private static final String ACCOUNT = "111122223333";
    private static final String REGION = "us-east-1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Simulator simulator;
    private final SageMakerClient sageMaker;

    AwsConsole(Simulator simulator) {
        this.simulator = simulator;
        this.sageMaker = SageMakerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(simulator.endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "not-checked")))
                .build();
    }

    /** Does what the operator does not know of. */
    public SageMakerClient sageMaker() {
        return sageMaker;
    }

    // ---- what there is

    public Set<String> endpoints() {
        return names("endpoints", "EndpointName");
    }

    public Set<String> endpointConfigs() {
        return names("endpointConfigs", "EndpointConfigName");
    }

    public Set<String> models() {
        return names("models", "ModelName");
    }

    private Set<String> names(String kind, String field) {
        Set<String> names = new TreeSet<>();
        hosting().path(kind).forEach(resource -> names.add(resource.path(field).asText()));
        return names;
    }

    /** Everything hosting has in this account and Region. */
    public int resources() {
        return endpoints().size() + endpointConfigs().size() + models().size();
    }

    public JsonNode endpoint(String name) {
        return find("endpoints", "EndpointName", name);
    }

    public JsonNode endpointConfig(String name) {
        return find("endpointConfigs", "EndpointConfigName", name);
    }

    public JsonNode model(String name) {
        return find("models", "ModelName", name);
    }

    /** Tags of a resource as one of the methods above gives it. */
    public static Map<String, String> tags(JsonNode resource) {
        Map<String, String> tags = new HashMap<>();
        resource.path("Tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }

    private JsonNode find(String kind, String field, String name) {
        for (JsonNode resource : hosting().path(kind)) {
            if (resource.path(field).asText().equalsIgnoreCase(name)) {
                return resource;
            }
        }
        throw new AssertionError("AWS has no " + name + " among " + kind);
    }

    private JsonNode hosting() {
        return JSON.valueToTree(simulator.state().read())
                .path(ACCOUNT)
                .path(REGION)
                .path("sagemaker");
    }

    // ---- what a person does

    /** Pushes an image under a tag of the repository {@code sentiment}; a scenario's marker in the tag chooses the scenario. */
    public void push(String tag) {
        push(tag, 1_000);
    }

    public void push(String tag, long sizeInBytes) {
        ObjectNode seed = seed();
        seed.putArray("images")
                .addObject()
                .put("repository", "sentiment")
                .put("sizeInBytes", sizeInBytes)
                .putArray("tags")
                .add(tag);
        simulator.seeds().from(seed);
    }

    /** Makes a role that SageMaker may assume, or one that trusts only somebody else. */
    public void role(String arn, boolean trustsSageMaker) {
        ObjectNode seed = seed();
        ObjectNode role = seed.putArray("roles").addObject().put("arn", arn);
        ObjectNode trust = role.putObject("trust").put("Version", "2012-10-17");
        ObjectNode statement = trust.putArray("Statement").addObject().put("Effect", "Allow");
        statement
                .putObject("Principal")
                .put("Service", trustsSageMaker ? "sagemaker.amazonaws.com" : "lambda.amazonaws.com");
        statement.put("Action", "sts:AssumeRole");
        simulator.seeds().from(seed);
    }

    private static ObjectNode seed() {
        return JSON.createObjectNode().put("account", ACCOUNT).put("region", REGION);
    }

    /** Chooses what becomes of an endpoint. */
    public void scenario(String endpointName, String marker) {
        simulator.scenarios().choose(new Scope(ACCOUNT, REGION), endpointName, marker);
    }

    /** Creates an endpoint with a model and a config, all of that name and with those tags. */
    public void createEndpoint(String name, Map<String, String> tags) {
        var list = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        sageMaker.createModel(model -> model.modelName(name)
                .executionRoleArn("arn:aws:iam::111122223333:role/sagemaker/sentiment")
                .primaryContainer(container -> container.image(EndpointManifest.REPOSITORY + ":1.4.0"))
                .tags(list));
        ProductionVariant variant = ProductionVariant.builder()
                .variantName("main")
                .modelName(name)
                .serverlessConfig(serverless -> serverless.memorySizeInMB(1024).maxConcurrency(5))
                .build();
        sageMaker.createEndpointConfig(config ->
                config.endpointConfigName(name).productionVariants(variant).tags(list));
        sageMaker.createEndpoint(
                endpoint -> endpoint.endpointName(name).endpointConfigName(name).tags(list));
    }

    public void deleteEndpoint(String name) {
        sageMaker.deleteEndpoint(request -> request.endpointName(name));
    }

    /** Sets the maximum concurrency of a variant. */
    public void scale(String endpointName, String variantName, int maxConcurrency) {
        DesiredWeightAndCapacity capacity = DesiredWeightAndCapacity.builder()
                .variantName(variantName)
                .serverlessUpdateConfig(update -> update.maxConcurrency(maxConcurrency))
                .build();
        sageMaker.updateEndpointWeightsAndCapacities(
                request -> request.endpointName(endpointName).desiredWeightsAndCapacities(capacity));
    }

    public void deleteEndpointConfig(String name) {
        sageMaker.deleteEndpointConfig(request -> request.endpointConfigName(name));
    }

    public void deleteModel(String name) {
        sageMaker.deleteModel(request -> request.modelName(name));
    }

    /** Sets a tag on a resource as {@link #endpoint} and the like give it. */
    public void tag(JsonNode resource, String key, String value) {
        Tag tag = Tag.builder().key(key).value(value).build();
        sageMaker.addTags(
                request -> request.resourceArn(resource.path("Arn").asText()).tags(tag));
    }

    public void untag(JsonNode resource, Set<String> keys) {
        sageMaker.deleteTags(
                request -> request.resourceArn(resource.path("Arn").asText()).tagKeys(keys));
    }

    @Override
    public void close() {
        sageMaker.close();
    }
}
