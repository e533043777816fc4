package dev.pilotlight.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;

/** A ServerlessEndpoint as a team writes it. Every change gives a new manifest; what is not said is the quickstart's. */
public final class EndpointManifest {
    /** Where the seeded images are. */
    public static final String REPOSITORY = "111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode document;

    private EndpointManifest(ObjectNode document) {
        this.document = document;
    }

    public static EndpointManifest of(String namespace, String name, String identity) {
        ObjectNode document = JSON.createObjectNode();
        document.put("apiVersion", "pilotlight.dev/v1alpha1").put("kind", "ServerlessEndpoint");
        document.putObject("metadata").put("namespace", namespace).put("name", name);
        ObjectNode spec = document.putObject("spec");
        spec.putObject("identityRef").put("name", identity);
        spec.put("region", "us-east-1");
        spec.putObject("model")
                .put("image", REPOSITORY + ":1.4.0")
                .put("modelDataURL", "s3://ml-prod-models/sentiment/1.4.0/model.tar.gz")
                .put("executionRoleARN", "arn:aws:iam::111122223333:role/sagemaker/sentiment");
        spec.putObject("serverless").put("memorySizeInMB", 2048).put("maxConcurrency", 20);
        return new EndpointManifest(document);
    }

    private EndpointManifest with(Consumer<ObjectNode> change) {
        ObjectNode copy = document.deepCopy();
        change.accept((ObjectNode) copy.path("spec"));
        return new EndpointManifest(copy);
    }

    /** An image of the repository {@link #REPOSITORY}. */
    public EndpointManifest imageTag(String tag) {
        return image(REPOSITORY + ":" + tag);
    }

    public EndpointManifest image(String reference) {
        return with(spec -> ((ObjectNode) spec.path("model")).put("image", reference));
    }

    public EndpointManifest executionRole(String arn) {
        return with(spec -> ((ObjectNode) spec.path("model")).put("executionRoleARN", arn));
    }

    public EndpointManifest memory(int megabytes) {
        return with(spec -> ((ObjectNode) spec.path("serverless")).put("memorySizeInMB", megabytes));
    }

    public EndpointManifest maxConcurrency(int max) {
        return with(spec -> ((ObjectNode) spec.path("serverless")).put("maxConcurrency", max));
    }

    /** Zero leaves the field out. */
    public EndpointManifest provisionedConcurrency(int provisioned) {
        return with(spec -> {
            ObjectNode serverless = (ObjectNode) spec.path("serverless");
            if (provisioned == 0) {
                serverless.remove("provisionedConcurrency");
            } else {
                serverless.put("provisionedConcurrency", provisioned);
            }
        });
    }

    /** One validation request: a good review, and what is expected of the answer. */
    public EndpointManifest expecting(String expression) {
        return with(spec -> spec.withObject("/rollout/validation")
                .putArray("requests")
                .addObject()
                .put("name", "happy")
                .put("contentType", "application/json")
                .put("body", "{\"text\": \"good\"}")
                .put("expect", expression));
    }

    /** Enforce, Warn or Off. */
    public EndpointManifest preflight(String mode) {
        return with(spec -> spec.put("preflight", mode));
    }

    public EndpointManifest modelData(String url) {
        return with(spec -> ((ObjectNode) spec.path("model")).put("modelDataURL", url));
    }

    public EndpointManifest inPlace() {
        return with(spec -> spec.withObject("/rollout").put("strategy", "InPlace"));
    }

    public EndpointManifest historyLimit(int revisions) {
        return with(spec -> spec.withObject("/rollout").put("revisionHistoryLimit", revisions));
    }

    public EndpointManifest tags(Map<String, String> tags) {
        return with(spec -> {
            ArrayNode list = spec.putArray("tags");
            tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
        });
    }

    public EndpointManifest endpointName(String name) {
        return with(spec -> spec.put("endpointName", name));
    }

    /** An endpoint of that name that somebody else made is taken over. */
    public EndpointManifest adopting() {
        return with(spec -> spec.put("adoptionPolicy", "Adopt"));
    }

    /** Sets the deletion policy that is the default of an endpoint that was not adopted. */
    public EndpointManifest deleted() {
        return with(spec -> spec.put("deletionPolicy", "Delete"));
    }

    public EndpointManifest suspended(boolean suspend) {
        return with(spec -> spec.put("suspend", suspend));
    }

    public EndpointManifest retained() {
        return with(spec -> spec.put("deletionPolicy", "Retain"));
    }

    String name() {
        return document.at("/metadata/name").asText();
    }

    /** As kubectl would send it. */
    public String json() {
        return document.toString();
    }
}
