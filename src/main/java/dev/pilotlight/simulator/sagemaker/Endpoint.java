package dev.pilotlight.simulator.sagemaker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.sagemaker.Deployment.Deployed;
import dev.pilotlight.simulator.sagemaker.Variant.Capacity;
import dev.pilotlight.simulator.wire.Scope;
import java.time.Instant;
import java.util.Optional;

/** An endpoint: where it is in its life, what it runs and what it is about to run. */
final class Endpoint extends Resource {
    private EndpointStatus status = EndpointStatus.CREATING;
    private Instant since;
    private Instant lastModified;
    private Instant due;
    private Instant seenSince;
    private String failureReason;
    private Deployment live;
    private Deployment pending;
    private Capacity wanted;

    Endpoint(Scope scope, String name, long order, Instant created, Deployment first) {
        super(Kind.ENDPOINT, scope, name, order, created);
        this.pending = first;
        this.since = created;
        this.lastModified = created;
    }

    EndpointStatus status() {
        return status;
    }

    /** What runs; null before the first deployment succeeded. */
    Deployment live() {
        return live;
    }

    /** What CreateEndpoint or UpdateEndpoint asked for and is not done, or failed at first. */
    Deployment pending() {
        return pending;
    }

    /** What UpdateEndpointWeightsAndCapacities asked for and is not done. */
    Optional<Capacity> wanted() {
        return Optional.ofNullable(wanted);
    }

    Optional<String> failureReason() {
        return Optional.ofNullable(failureReason);
    }

    @Override
    Instant lastModified() {
        return lastModified;
    }

    /** Enters a state that ends at {@code newDue}; null for one that lasts. */
    void enter(EndpointStatus newStatus, Instant at, Instant newDue) {
        status = newStatus;
        since = at;
        lastModified = at;
        due = newDue;
        seenSince = null;
        changed();
    }

    /** Sets another end of the present state. */
    void until(Instant newDue) {
        due = newDue;
    }

    void update(Deployment to, Capacity capacity) {
        pending = to;
        wanted = capacity;
    }

    /** What was pending runs, or what runs has the wanted capacity. */
    void succeeded() {
        live = wanted == null ? pending : live.with(wanted);
        pending = null;
        wanted = null;
        failureReason = null;
    }

    /** The update is given up; what ran goes on running. A first deployment that failed stays to be described. */
    void failed(String reason) {
        if (live != null) {
            pending = null;
            wanted = null;
        }
        failureReason = reason;
    }

    /** Somebody was told the present state. */
    void seen(Instant now) {
        if (seenSince == null) {
            seenSince = now;
        }
    }

    /** When the present state ends; empty if it is not due or nobody was told it yet. */
    Optional<Instant> endedAt(Instant now) {
        if (due == null || seenSince == null || now.isBefore(due)) {
            return Optional.empty();
        }
        return Optional.of(seenSince.isAfter(due) ? seenSince : due);
    }

    /** The configuration's name as DescribeEndpoint shows it: the old one until an update succeeded. */
    String configName() {
        return (live == null ? pending : live).config().name();
    }

    /** DescribeEndpoint's answer. */
    ObjectNode describe() {
        ObjectNode answer = Documents.empty();
        answer.put("EndpointName", name());
        answer.put("EndpointArn", arn());
        answer.put("EndpointConfigName", configName());
        if (live != null) {
            ArrayNode variants = answer.putArray("ProductionVariants");
            for (Deployed deployed : live.variants()) {
                variants.add(liveVariant(deployed));
            }
        }
        answer.put("EndpointStatus", status.toString());
        if (failureReason != null) {
            answer.put("FailureReason", failureReason);
        }
        answer.put("CreationTime", Documents.seconds(created()));
        answer.put("LastModifiedTime", Documents.seconds(lastModified));
        if (pending != null && (status == EndpointStatus.CREATING || status == EndpointStatus.UPDATING)) {
            answer.set("PendingDeploymentSummary", pendingSummary());
        }
        return answer;
    }

    private ObjectNode liveVariant(Deployed deployed) {
        ObjectNode json = Documents.empty();
        json.put("VariantName", deployed.variant().name());
        json.set("DeployedImages", images(deployed));
        json.put("CurrentWeight", deployed.variant().weight());
        json.put("DesiredWeight", deployed.variant().weight());
        json.put("CurrentInstanceCount", deployed.variant().instances());
        if (deployed.variant().capacity().isPresent()) {
            json.set(
                    "CurrentServerlessConfig",
                    deployed.variant().capacity().get().json());
        } else {
            json.put("DesiredInstanceCount", deployed.variant().instances());
        }
        if (wanted != null) {
            // AWS does not say whether it shows the wanted capacity meanwhile; this is what the field is for.
            json.set("DesiredServerlessConfig", wanted.json());
        }
        return json;
    }

    private ObjectNode pendingSummary() {
        ObjectNode summary = Documents.empty();
        summary.put("EndpointConfigName", pending.config().name());
        ArrayNode variants = summary.putArray("ProductionVariants");
        for (Deployed deployed : pending.variants()) {
            ObjectNode json = variants.addObject();
            json.put("VariantName", deployed.variant().name());
            json.set("DeployedImages", images(deployed));
            json.put("DesiredWeight", deployed.variant().weight());
            deployed.variant().capacity().ifPresent(capacity -> json.set("DesiredServerlessConfig", capacity.json()));
            ObjectNode variantStatus = json.putArray("VariantStatus").addObject();
            variantStatus.put("Status", "Creating");
            variantStatus.put("StartTime", Documents.seconds(since));
        }
        summary.put("StartTime", Documents.seconds(since));
        return summary;
    }

    private static ArrayNode images(Deployed deployed) {
        ArrayNode images = Documents.empty().arrayNode();
        deployed.image().ifPresent(image -> {
            ObjectNode json = images.addObject();
            json.put("SpecifiedImage", image.specified());
            json.put("ResolvedImage", image.resolved());
            json.put("ResolutionTime", Documents.seconds(image.resolvedAt()));
        });
        return images;
    }
}
