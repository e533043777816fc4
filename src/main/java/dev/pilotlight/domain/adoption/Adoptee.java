package dev.pilotlight.domain.adoption;

import dev.pilotlight.api.v1alpha1.EnvironmentVariable;
import dev.pilotlight.api.v1alpha1.ModelSpec;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.hosting.Revision;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An endpoint that was made outside of Pilotlight, with everything that has to be read before it may be taken over.
 *
 * @param tags all tags of the endpoint
 * @param config its live endpoint config; empty when that was deleted
 * @param model the model of the config's first variant; empty when that was deleted
 */
public record Adoptee(
        EndpointSnapshot endpoint,
        Map<String, String> tags,
        Optional<EndpointConfigSnapshot> config,
        Optional<ModelSnapshot> model) {
    public Adoptee {
        tags = Map.copyOf(tags);
    }

    /**
     * Why it must not be taken over, with what to do about it; empty when it may. Says nothing of whether the endpoint is moving at the
     * moment.
     *
     * @param clusterID the cluster that wants it
     */
    public Optional<String> obstacle(String clusterID) {
        Optional<String> foreign = foreignMaster(clusterID);
        return foreign.isPresent() ? foreign : obstacleOfContent();
    }

    private Optional<String> foreignMaster(String clusterID) {
        Optional<Manager> manager = Manager.of(tags);
        if (manager.isPresent()) {
            return no("is managed by " + manager.get().describe());
        }
        return Ownership.clusterOf(tags)
                .filter(cluster -> !cluster.equals(clusterID))
                .flatMap(cluster -> no("carries tags of Pilotlight in cluster " + cluster
                        + ": delete its ServerlessEndpoint there with deletionPolicy Retain, which takes them off"));
    }

    private Optional<String> obstacleOfContent() {
        switch (endpoint.status()) {
            case FAILED, UPDATE_ROLLBACK_FAILED -> {
                return no("is " + endpoint.status().awsName()
                        + ", and SageMaker allows nothing but deletion then: delete it, and it is made anew");
            }
            case OUT_OF_SERVICE -> {
                return no("is OutOfService, so nobody can tell whether it works: repair it, or delete it");
            }
            case CREATING, UPDATING, SYSTEM_UPDATING, ROLLING_BACK, DELETING, IN_SERVICE, UNKNOWN -> {}
        }
        if (config.isEmpty()) {
            return no(
                    "uses endpoint config " + endpoint.configName()
                            + ", which was deleted, so it can neither be compared nor updated safely: move it to another config, or delete it");
        }
        List<EndpointConfigSnapshot.Variant> variants = config.get().variants();
        if (variants.size() != 1) {
            return no(
                    "has " + variants.size()
                            + " production variants, and a ServerlessEndpoint describes one: move it to a config with one variant, or choose another spec.endpointName");
        }
        if (variants.stream().anyMatch(variant -> variant.serverless().isEmpty())) {
            return no(
                    "runs on instances, and a ServerlessEndpoint cannot describe that: move it to a serverless config first, or choose another spec.endpointName");
        }
        if (model.isEmpty()) {
            return no("uses model " + variants.getFirst().modelName()
                    + ", which was deleted, so new containers cannot start: move it to another model, or delete it");
        }
        List<String> beyond = new ArrayList<>(config.get().beyond());
        beyond.addAll(model.get().beyond());
        return beyond.isEmpty()
                ? Optional.empty()
                : no(
                        "uses " + String.join(", ", beyond)
                                + ", which a ServerlessEndpoint cannot express and would silently lose: move it to a config and a model without, or choose another spec.endpointName");
    }

    private Optional<String> no(String why) {
        return Optional.of("endpoint " + endpoint.name() + " " + why + ".");
    }

    /**
     * In which fields of a spec it differs from what is wanted, by path; empty when taking it over changes nothing that serves. Names do
     * not count, and neither does concurrency, which changes without a redeploy. Only for one without an {@linkplain #obstacle obstacle}.
     *
     * @param resolvedImage what the wanted image means in the registry now, where that is known
     */
    public List<String> differences(ModelSpec wanted, int memorySizeInMB, Optional<String> resolvedImage) {
        ModelSnapshot has = model.orElseThrow();
        List<String> fields = new ArrayList<>();
        note(fields, "spec.model.image", isImage(wanted.image(), has, resolvedImage));
        note(fields, "spec.model.modelDataURL", has.modelDataURL().equals(Optional.ofNullable(wanted.modelDataURL())));
        note(fields, "spec.model.executionRoleARN", has.executionRoleARN().equals(wanted.executionRoleARN()));
        note(fields, "spec.model.environment", has.environment().equals(environment(wanted)));
        note(fields, "spec.serverless.memorySizeInMB", capacity().memorySizeInMB() == memorySizeInMB);
        return List.copyOf(fields);
    }

    private static void note(List<String> fields, String field, boolean same) {
        if (!same) {
            fields.add(field);
        }
    }

    /** As written, or by the digest that was resolved when the model was made or when the endpoint was deployed. */
    private boolean isImage(String wanted, ModelSnapshot has, Optional<String> resolved) {
        if (wanted.equals(has.image())) {
            return true;
        }
        Optional<String> deployed =
                endpoint.variants().stream().findFirst().flatMap(EndpointSnapshot.Variant::resolvedImage);
        return resolved.filter(image -> image.equals(has.image())
                        || deployed.filter(image::equals).isPresent())
                .isPresent();
    }

    private static Map<String, String> environment(ModelSpec wanted) {
        Map<String, String> environment = new HashMap<>();
        wanted.environment()
                .forEach(variable -> environment.put(
                        variable.name(), Optional.ofNullable(variable.value()).orElse("")));
        return environment;
    }

    /** What the history calls the content it came with, as if a spec had asked for exactly that. */
    public Revision revision() {
        ModelSnapshot has = model.orElseThrow();
        ModelSpec asSpec = new ModelSpec(
                has.image(),
                has.modelDataURL().orElse(null),
                has.executionRoleARN(),
                has.environment().entrySet().stream()
                        .map(variable -> new EnvironmentVariable(variable.getKey(), variable.getValue()))
                        .toList());
        return Revision.of(asSpec, capacity().memorySizeInMB());
    }

    private ServerlessCapacity capacity() {
        return config.orElseThrow().variants().getFirst().serverless().orElseThrow();
    }
}
