package dev.pilotlight.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.Simulator;
import dev.pilotlight.simulator.wire.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DesiredWeightAndCapacity;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariantServerlessConfig;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** The same AWS account in other hands: what a person sees and does there, past the operator. Looking changes nothing. */
public final class AwsConsole implements AutoCloseable {
    private static final String ACCOUNT = "111122223333";
    private static final String REGION = "us-east-1";
    private static final ServiceNamespace SAGEMAKER = ServiceNamespace.SAGEMAKER;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=" + ACCOUNT + "/20260101/" + REGION
            + "/sagemaker/aws4_request, SignedHeaders=host, Signature=0";

    private final Simulator simulator;
    private final SageMakerClient sageMaker;
    private final ApplicationAutoScalingClient autoScaling;
    private final HttpClient http = HttpClient.newHttpClient();

    AwsConsole(Simulator simulator) {
        this.simulator = simulator;
        this.sageMaker = SageMakerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(simulator.endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "not-checked")))
                .build();
        this.autoScaling = ApplicationAutoScalingClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(simulator.endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "not-checked")))
                .build();
    }

    // ---- application auto scaling

    public List<ScalableTarget> scalableTargets(String endpointName) {
        return autoScaling
                .describeScalableTargets(
                        request -> request.serviceNamespace(SAGEMAKER).resourceIds(resourceId(endpointName)))
                .scalableTargets();
    }

    /** How many there are. */
    public int scalingPolicies(String endpointName) {
        return autoScaling
                .describeScalingPolicies(
                        request -> request.serviceNamespace(SAGEMAKER).resourceId(resourceId(endpointName)))
                .scalingPolicies()
                .size();
    }

    /** How many there are. */
    public int scheduledActions(String endpointName) {
        return autoScaling
                .describeScheduledActions(
                        request -> request.serviceNamespace(SAGEMAKER).resourceId(resourceId(endpointName)))
                .scheduledActions()
                .size();
    }

    private static String resourceId(String endpointName) {
        return "endpoint/" + endpointName + "/variant/AllTraffic";
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
        return JSON.valueToTree(simulator.state().read("sagemaker"::equals))
                .path(ACCOUNT)
                .path(REGION)
                .path("sagemaker");
    }

    /** Whether an endpoint answers an application: HTTP status of one InvokeEndpoint. */
    public int invoke(String endpointName) {
        HttpRequest request = HttpRequest.newBuilder(
                        simulator.endpoint().resolve("/endpoints/" + endpointName + "/invocations"))
                .header("Authorization", SIGNED)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"good\"}"))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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

    /** Gives a variant a past in CloudWatch: one value a minute. */
    public void measured(String endpointName, String variantName, String metric, Instant start, double[] values) {
        ObjectNode seed = seed();
        ArrayNode minutes = seed.putArray("metrics")
                .addObject()
                .put("endpointName", endpointName)
                .put("variantName", variantName)
                .put("metricName", metric)
                .put("start", start.toString())
                .putArray("values");
        Arrays.stream(values).forEach(minutes::add);
        simulator.seeds().from(seed);
    }

    private static ObjectNode seed() {
        return JSON.createObjectNode().put("account", ACCOUNT).put("region", REGION);
    }

    /** Chooses what becomes of an endpoint. */
    public void scenario(String endpointName, String marker) {
        simulator.scenarios().choose(new Scope(ACCOUNT, REGION), endpointName, marker);
    }

    /** Makes an endpoint by hand, with a model and a config of its own. It is Creating when this returns. */
    public void make(String endpointName, HandMade as) {
        as.make(sageMaker, endpointName);
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

    /** Sets the provisioned concurrency of a variant, as AWS's own auto scaling does. */
    public void provision(String endpointName, String variantName, int provisioned) {
        DesiredWeightAndCapacity capacity = DesiredWeightAndCapacity.builder()
                .variantName(variantName)
                .serverlessUpdateConfig(update -> update.provisionedConcurrency(provisioned))
                .build();
        sageMaker.updateEndpointWeightsAndCapacities(
                request -> request.endpointName(endpointName).desiredWeightsAndCapacities(capacity));
    }

    /** What its only variant has provisioned now; 0 is none. */
    public int provisioned(String endpointName) {
        ProductionVariantServerlessConfig now = sageMaker
                .describeEndpoint(request -> request.endpointName(endpointName))
                .productionVariants()
                .getFirst()
                .currentServerlessConfig();
        return now.provisionedConcurrency() == null ? 0 : now.provisionedConcurrency();
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
        autoScaling.close();
        http.close();
    }
}
