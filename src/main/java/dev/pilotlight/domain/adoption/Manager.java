package dev.pilotlight.domain.adoption;

import java.util.Map;
import java.util.Optional;

/** Other tools that keep AWS resources as they want them, told by the tags they set. Two such masters would fight for ever. */
enum Manager {
    /** AWS docs: CloudFormation tags what a stack made with keys that begin so. */
    CLOUD_FORMATION(
            "CloudFormation",
            "aws:cloudformation:",
            "remove it from its stack with DeletionPolicy Retain; where AWS keeps the aws:cloudformation tags, make the endpoint anew under another name"),

    /** ACK docs: default tags of a self-managed controller. */
    ACK(
            "AWS Controllers for Kubernetes",
            "services.k8s.aws/",
            "delete its ACK object with the deletion policy retain, then take the services.k8s.aws tags off"),

    /** AWS docs: default tags of the ACK capability of EKS. */
    EKS_CAPABILITY(
            "the ACK capability of EKS",
            "eks:eks-capability-arn",
            "delete its ACK object with the deletion policy retain, then take the eks: tags off"),

    /** Crossplane's default tags: crossplane-kind, crossplane-name, crossplane-providerconfig. */
    CROSSPLANE(
            "Crossplane",
            "crossplane-",
            "delete its managed resource without the management policy Delete, then take the crossplane tags off");

    private final String title;
    private final String keyPrefix;
    private final String handOver;

    Manager(String title, String keyPrefix, String handOver) {
        this.title = title;
        this.keyPrefix = keyPrefix;
        this.handOver = handOver;
    }

    /** Who they are, and how to make them let go of it. */
    String describe() {
        return title + ": " + handOver;
    }

    /** The one whose tags are among these. */
    static Optional<Manager> of(Map<String, String> tags) {
        for (Manager manager : values()) {
            if (tags.keySet().stream().anyMatch(key -> key.startsWith(manager.keyPrefix))) {
                return Optional.of(manager);
            }
        }
        return Optional.empty();
    }
}
