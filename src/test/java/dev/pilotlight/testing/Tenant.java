package dev.pilotlight.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One team in a {@link World}: a namespace, an AWSIdentity and a role in AWS, under names that no other story uses. What a story needs to be
 * different from the usual it says as an overlay in YAML, merged as a JSON merge patch would be.
 */
public final class Tenant {
    public static final String ACCOUNT = "111122223333";
    public static final String REGISTRY = ACCOUNT + ".dkr.ecr.us-east-1.amazonaws.com";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final List<String> KINDS = List.of("endpoints", "endpointConfigs", "models");
    private static final String USUAL = "";
    private static final String ANY_OF_OURS = "\"Condition\": {\"StringLike\": {\"sts:ExternalId\": \"pilotlight:*\"}}";

    private final World world;
    private final String namespace;
    private String account = ACCOUNT;

    private Tenant(World world, String namespace) {
        this.world = world;
        this.namespace = namespace;
    }

    /** Makes a namespace, and a role that trusts every external id of ours. There is no AWSIdentity yet. */
    public static Tenant in(World world, String prefix) {
        Tenant tenant = new Tenant(world, world.api().newNamespace(prefix));
        tenant.trustEverybody();
        return tenant;
    }

    public String namespace() {
        return namespace;
    }

    /** Name of the AWSIdentity: the namespace's. */
    public String identity() {
        return namespace;
    }

    public String roleARN() {
        return "arn:aws:iam::" + account + ":role/pilotlight/" + namespace;
    }

    /** The role is in another account from now on. */
    public void inAccount(String id) {
        account = id;
        trustEverybody();
    }

    // ---- what the administrator does

    public void applyIdentity() {
        applyIdentity(USUAL);
    }

    /**
     * @param overlay YAML, what is different in the spec
     */
    public void applyIdentity(String overlay) {
        apply("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: AWSIdentity
                metadata: {name: "%s"}
                spec:
                  credentials: {source: AssumeRole, roleARN: "%s"}
                  allowedNamespaces: {names: ["%s"]}
                  allowedRegions: [us-east-1]
                  allowedExecutionRoles: ["arn:aws:iam::111122223333:role/sagemaker/*"]
                  allowedImageRegistries: ["%s"]
                  allowedModelDataPrefixes: ["s3://ml-prod-models/"]
                """.formatted(identity(), roleARN(), namespace, REGISTRY), overlay, AWSIdentity.class);
    }

    public void editIdentity(String mergePatch) {
        world.api().admin().resources(AWSIdentity.class).withName(identity()).patch(MERGE, mergePatch);
    }

    public void deleteIdentity() {
        world.api().admin().resources(AWSIdentity.class).withName(identity()).delete();
    }

    public void trustEverybody() {
        role(ANY_OF_OURS, "{}");
    }

    /** The role may be assumed with exactly these external ids. */
    public void trustOnly(String... externalIDs) {
        String ids = String.join("\",\"", externalIDs);
        role("\"Condition\": {\"StringEquals\": {\"sts:ExternalId\": [\"" + ids + "\"]}}", "{}");
    }

    /** The role may not be assumed with any external id we send. */
    public void trustNobody() {
        trustOnly("somebody-else");
    }

    /** The role may do everything but this, for example {@code sagemaker:CreateModel}; sessions that exist are held to it too. */
    public void forbid(String action) {
        role(ANY_OF_OURS, """
                {"own": {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "*", "Resource": "*"},
                  {"Effect": "Deny", "Action": "%s", "Resource": "*"}]}}""".formatted(action));
    }

    /** The role may change AWS only in sessions whose tag names this namespace, and look in any. */
    public void permitOnlyOwn() {
        role(ANY_OF_OURS, """
                {"own": {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["sagemaker:List*", "sagemaker:Describe*", "ecr:*"], "Resource": "*"},
                  {"Effect": "Allow", "Action": "*", "Resource": "*",
                   "Condition": {"StringEquals": {"aws:PrincipalTag/pilotlight.dev/namespace": "%s"}}}]}}""".formatted(namespace));
    }

    /** The role may do only this, whatever the session. */
    public void permitOnly(String... actions) {
        role(ANY_OF_OURS, """
                {"own": {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["%s"], "Resource": "*"}]}}""".formatted(String.join("\", \"", actions)));
    }

    private void role(String condition, String policies) {
        seed("""
                {"roles": [{"arn": "%s", "policies": %s, "trust": {"Version": "2012-10-17", "Statement": [{
                  "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%s:root"},
                  "Action": ["sts:AssumeRole", "sts:TagSession"], %s}]}}]}""".formatted(roleARN(), policies, ACCOUNT, condition));
    }

    /** Pushes an image to the repository {@code sentiment}. */
    public void pushImage(String tag) {
        seed("""
                {"images": [{"repository": "sentiment", "tags": ["%s"], "sizeInBytes": 1000}]}""".formatted(tag));
    }

    private void seed(String json) {
        world.simulator().seeds().from(tree(json));
    }

    // ---- what the team does

    public void applyEndpoint(String name) {
        applyEndpoint(name, USUAL);
    }

    /**
     * @param overlay YAML, what is different in the spec
     */
    public void applyEndpoint(String name, String overlay) {
        apply("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: ServerlessEndpoint
                metadata: {name: "%s", namespace: "%s"}
                spec:
                  identityRef: {name: "%s"}
                  region: us-east-1
                  model:
                    image: %s/sentiment:1.4.0
                    modelDataURL: s3://ml-prod-models/sentiment/1.4.0/model.tar.gz
                    executionRoleARN: arn:aws:iam::111122223333:role/sagemaker/sentiment
                  serverless: {memorySizeInMB: 2048, maxConcurrency: 20}
                """.formatted(name, namespace, identity(), REGISTRY), overlay, ServerlessEndpoint.class);
    }

    public void editEndpoint(String name, String mergePatch) {
        world.api()
                .admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(MERGE, mergePatch);
    }

    /** As {@link #editEndpoint}, where the object may be gone meanwhile. */
    public void editIfThere(String name, String mergePatch) {
        try {
            editEndpoint(name, mergePatch);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    public void deleteEndpoint(String name) {
        world.api()
                .admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    /** A whole team: identity and one endpoint that serves. */
    public Tenant serving(String name) {
        applyIdentity();
        applyEndpoint(name);
        world.advanceUntil(name + " is ready", () -> isReady(name));
        return this;
    }

    // ---- what everybody sees

    public boolean exists(String name) {
        return world.endpoint(namespace, name) != null;
    }

    public ServerlessEndpoint endpoint(String name) {
        return world.endpoint(namespace, name);
    }

    /** The same texts without what tells this team from another: the namespace, and the hashes of names that follow from it. */
    public List<String> anonymous(List<String> texts) {
        return texts.stream()
                .map(text -> text.replaceAll(namespace + "-([a-z0-9]+)-[0-9a-f]{8}", "team-$1")
                        .replace(namespace, "team"))
                .toList();
    }

    /** The status; an empty Optional before the first one was written. */
    public Optional<ServerlessEndpointStatus> status(String name) {
        return Optional.ofNullable(world.endpoint(namespace, name))
                .map(ServerlessEndpoint::getStatus)
                .filter(status -> status.observedGeneration() > 0);
    }

    /** The condition, where it was concluded from the present generation. */
    public Optional<Condition> condition(String name, String type) {
        ServerlessEndpoint endpoint = world.endpoint(namespace, name);
        if (endpoint == null || endpoint.getStatus() == null) {
            return Optional.empty();
        }
        return World.condition(endpoint.getStatus().conditions(), type)
                .filter(c -> Objects.equals(
                        c.observedGeneration(), endpoint.getMetadata().getGeneration()));
    }

    public boolean isReady(String name) {
        return isTrue(name, "Ready");
    }

    public boolean isTrue(String name, String type) {
        return condition(name, type).filter(c -> c.status().equals("True")).isPresent();
    }

    /** Whether a condition is True for this reason. */
    public boolean isTrue(String name, String type, String reason) {
        return condition(name, type)
                .filter(c -> c.status().equals("True") && c.reason().equals(reason))
                .isPresent();
    }

    /** Why a condition is True; where it is not, what the conditions are instead. */
    public String reason(String name, String type) {
        return condition(name, type)
                .filter(c -> c.status().equals("True"))
                .map(Condition::reason)
                .orElseGet(() -> type + " is not True: "
                        + status(name).map(ServerlessEndpointStatus::conditions).orElse(List.of()));
    }

    /** As {@link #reason}, of the AWSIdentity. */
    public String identityReason(String type) {
        return identityCondition(type)
                .filter(c -> c.status().equals("True"))
                .map(Condition::reason)
                .orElseGet(() -> type + " is not True: "
                        + world.identity(identity()).getStatus().conditions());
    }

    public Optional<Condition> identityCondition(String type) {
        AWSIdentity identity = world.identity(identity());
        return identity == null || identity.getStatus() == null
                ? Optional.empty()
                : World.condition(identity.getStatus().conditions(), type);
    }

    public boolean identityIs(String type, String reason) {
        return identityCondition(type)
                .filter(c -> c.status().equals("True") && c.reason().equals(reason))
                .isPresent();
    }

    /** What SageMaker holds that carries this namespace's tag: kind and name, in AWS's order. */
    public List<String> inAws() {
        List<String> found = new ArrayList<>();
        for (String kind : List.of("endpoints", "endpointConfigs", "models")) {
            records(kind)
                    .filter(record -> tags(record)
                            .getOrDefault("pilotlight.dev/namespace", "")
                            .equals(namespace))
                    .forEach(record -> found.add(kind + "/" + nameOf(record)));
        }
        return found;
    }

    /** The UIDs that everything of this namespace in AWS is tagged with. */
    public Set<String> uidsInAws() {
        Set<String> uids = new TreeSet<>();
        for (String kind : KINDS) {
            records(kind)
                    .map(Tenant::tags)
                    .filter(this::isOurs)
                    .forEach(tags -> uids.add(tags.get("pilotlight.dev/uid")));
        }
        return uids;
    }

    private boolean isOurs(Map<String, String> tags) {
        return namespace.equals(tags.get("pilotlight.dev/namespace"));
    }

    /** Names of our endpoints in AWS, previews included. */
    public List<String> endpointsInAws() {
        return inAws().stream().filter(name -> name.startsWith("endpoints/")).toList();
    }

    private Stream<Map<?, ?>> records(String kind) {
        Object hosting = world.simulator()
                .state()
                .read("sagemaker"::equals)
                .getOrDefault(ACCOUNT, Map.of())
                .getOrDefault("us-east-1", Map.of())
                .getOrDefault("sagemaker", Map.of());
        Object records = ((Map<?, ?>) hosting).get(kind);
        return records == null ? Stream.empty() : ((List<?>) records).stream().map(record -> (Map<?, ?>) record);
    }

    private static Map<String, String> tags(Map<?, ?> record) {
        Map<String, String> tags = new HashMap<>();
        ((Map<?, ?>) record.get("Tags")).forEach((key, value) -> tags.put((String) key, (String) value));
        return tags;
    }

    private static String nameOf(Map<?, ?> record) {
        return Stream.of("EndpointName", "EndpointConfigName", "ModelName")
                .map(record::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(Object::toString)
                .orElseThrow();
    }

    // ---- manifests

    private <T extends io.fabric8.kubernetes.api.model.HasMetadata> void apply(
            String manifest, String overlay, Class<T> type) {
        ObjectNode usual = (ObjectNode) tree(manifest);
        if (!overlay.isEmpty()) {
            merge((ObjectNode) usual.get("spec"), (ObjectNode) tree(overlay));
        }
        T object = Serialization.unmarshal(usual.toString(), type);
        world.api().admin().resource(object).fieldManager("team").serverSideApply();
    }

    private static JsonNode tree(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** As RFC 7396 merges: objects field by field, null removes, everything else replaces. */
    private static void merge(ObjectNode into, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                into.remove(field.getKey());
            } else if (value instanceof ObjectNode object && into.get(field.getKey()) instanceof ObjectNode before) {
                merge(before, object);
            } else {
                into.set(field.getKey(), value);
            }
        });
    }
}
