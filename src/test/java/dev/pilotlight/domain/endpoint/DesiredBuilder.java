package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.AdoptionPolicy;
import dev.pilotlight.api.v1alpha1.DeletionPolicy;
import dev.pilotlight.api.v1alpha1.EnvironmentVariable;
import dev.pilotlight.api.v1alpha1.IdentityReference;
import dev.pilotlight.api.v1alpha1.ModelSpec;
import dev.pilotlight.api.v1alpha1.RolloutSpec;
import dev.pilotlight.api.v1alpha1.RolloutStrategy;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointSpec;
import dev.pilotlight.api.v1alpha1.ServerlessSpec;
import dev.pilotlight.api.v1alpha1.Tag;
import dev.pilotlight.api.v1alpha1.ValidationRequest;
import dev.pilotlight.api.v1alpha1.ValidationSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;

/** What the object {@code ml/sentiment} asks for; every change is a new generation, as the API server has it. */
public final class DesiredBuilder {
    static final String CLUSTER = "cluster-1";
    static final String UID = "uid-1";

    private String uid = UID;
    private long generation = 1;
    private String image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.0";
    private int max = 10;
    private Integer provisioned;
    private RolloutStrategy strategy = RolloutStrategy.IN_PLACE;
    private int historyLimit = 3;
    private List<ValidationRequest> requests = List.of();
    private DeletionPolicy deletionPolicy;
    private AdoptionPolicy adoptionPolicy;
    private Boolean suspend;
    private Map<String, String> tags = Map.of();

    public DesiredBuilder uid(String value) {
        uid = value;
        return this;
    }

    public DesiredBuilder image(String tag) {
        image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:" + tag;
        return changed();
    }

    /** {@code provisioned} null: none. */
    public DesiredBuilder concurrency(int maxConcurrency, Integer provisionedConcurrency) {
        max = maxConcurrency;
        provisioned = provisionedConcurrency;
        return changed();
    }

    public DesiredBuilder preview() {
        strategy = RolloutStrategy.PREVIEW;
        return changed();
    }

    public DesiredBuilder historyLimit(int limit) {
        historyLimit = limit;
        return changed();
    }

    public DesiredBuilder validatedBy(String... expressions) {
        requests = List.of(expressions).stream()
                .map(e -> new ValidationRequest("happy", "application/json", null, "{}", e))
                .toList();
        return changed();
    }

    public DesiredBuilder deletionPolicy(DeletionPolicy policy) {
        deletionPolicy = policy;
        return changed();
    }

    public DesiredBuilder adopting() {
        adoptionPolicy = AdoptionPolicy.ADOPT;
        return changed();
    }

    public DesiredBuilder suspend(boolean value) {
        suspend = value;
        return changed();
    }

    public DesiredBuilder tags(Map<String, String> value) {
        tags = value;
        return changed();
    }

    private DesiredBuilder changed() {
        generation++;
        return this;
    }

    public Desired build() {
        return Desired.of(object(), CLUSTER, List.of());
    }

    public ServerlessEndpoint object() {
        ServerlessEndpoint object = new ServerlessEndpoint();
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ml")
                .withName("sentiment")
                .withUid(uid)
                .withGeneration(generation)
                .build());
        object.setSpec(new ServerlessEndpointSpec(
                new IdentityReference("ml"),
                "us-east-1",
                null,
                new ModelSpec(
                        image,
                        null,
                        "arn:aws:iam::111122223333:role/sagemaker/sentiment",
                        List.of(new EnvironmentVariable("SAGEMAKER_PROGRAM", "inference.py"))),
                new ServerlessSpec(2048, max, provisioned),
                new RolloutSpec(strategy, 1800, historyLimit, requests.isEmpty() ? null : new ValidationSpec(requests)),
                null,
                deletionPolicy,
                adoptionPolicy,
                suspend,
                tags.entrySet().stream()
                        .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                        .toList()));
        return object;
    }
}
