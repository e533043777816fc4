package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.sagemaker.Variant.Capacity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an endpoint runs, or is about to run: a configuration with its images resolved. The configuration's record may be
 * deleted meanwhile.
 *
 * @param number counts up with every deployment
 */
record Deployment(long number, EndpointConfig config, List<Deployed> variants) {

    /**
     * @param variant as configured, with the capacity of now
     * @param model the model's record at the time
     * @param image empty when the image could not be found
     */
    record Deployed(Variant variant, Model model, Optional<ResolvedImage> image) {}

    /**
     * @param resolved repository and digest
     * @param names reference and tags
     */
    record ResolvedImage(String specified, String resolved, Instant resolvedAt, List<String> names, long sizeInBytes) {}

    Deployed first() {
        return variants.getFirst();
    }

    boolean serverless() {
        return first().variant().capacity().isPresent();
    }

    /** Concurrency that counts against the account's quota. */
    int allocated() {
        return first().variant().capacity().map(Capacity::max).orElse(0);
    }

    /** The scenario that the image asks for. */
    Scenario scenario() {
        return first().image().map(image -> Scenario.of(image.names())).orElse(Scenario.NONE);
    }

    /** The same with another capacity; containers need not start anew. */
    Deployment with(Capacity capacity) {
        List<Deployed> changed = new ArrayList<>();
        for (Deployed old : variants) {
            Variant was = old.variant();
            Variant now = new Variant(
                    was.name(),
                    was.modelName(),
                    was.weight(),
                    Optional.of(capacity),
                    was.instanceType(),
                    was.instances());
            changed.add(new Deployed(now, old.model(), old.image()));
        }
        return new Deployment(number, config, List.copyOf(changed));
    }

    Hosted hosted(Endpoint endpoint, Scenario scenario) {
        Deployed deployed = first();
        Optional<Capacity> capacity = deployed.variant().capacity();
        return new Hosted(
                endpoint.name(),
                endpoint.arn(),
                number,
                deployed.variant().name(),
                capacity.isPresent(),
                capacity.map(Capacity::memory).orElse(0),
                capacity.map(Capacity::max).orElse(Integer.MAX_VALUE),
                capacity.map(Capacity::provisioned).orElse(0),
                deployed.model().image(),
                deployed.image().map(ResolvedImage::names).orElse(List.of()),
                deployed.image().map(ResolvedImage::sizeInBytes).orElse(0L),
                scenario);
    }
}
