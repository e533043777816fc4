package dev.pilotlight.cli;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.domain.plan.PolicyPlan;
import dev.pilotlight.domain.plan.PolicyPlanner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The WarmPolicies of a plan, held against what was or is there. */
record PlanPolicies(PolicyPlanner planner, PlanManifests files, Earlier earlier) {

    /** What the files are compared with. */
    interface Earlier {
        Optional<WarmPolicy> policy(String namespace, String name);

        /** Looked at only where the files do not have the endpoint. */
        Optional<ServerlessEndpoint> endpoint(String namespace, String name);

        /** Policies of a namespace that stay although the files do not have them. */
        List<WarmPolicy> others(String namespace);
    }

    List<PolicyPlan> plan() {
        return files.policies().stream().map(this::plan).toList();
    }

    private PolicyPlan plan(WarmPolicy policy) {
        String namespace = policy.getMetadata().getNamespace();
        String target = policy.getSpec().targetRef().name();
        Optional<ServerlessEndpoint> endpoint = files.endpoints().stream()
                .filter(object -> is(object, namespace, target))
                .findFirst()
                .or(() -> earlier.endpoint(namespace, target));
        List<WarmPolicy> siblings = Stream.concat(
                        files.policies().stream(),
                        earlier.others(namespace).stream()
                                .filter(known -> files.policies().stream()
                                        .noneMatch(written -> is(
                                                written,
                                                namespace,
                                                known.getMetadata().getName()))))
                .filter(other -> other.getMetadata().getNamespace().equals(namespace)
                        && other.getSpec().targetRef().name().equals(target)
                        && !Objects.equals(
                                other.getMetadata().getName(),
                                policy.getMetadata().getName()))
                .toList();
        return planner.plan(
                policy,
                files.placeOf(policy).toString(),
                earlier.policy(namespace, policy.getMetadata().getName()),
                endpoint,
                siblings);
    }

    private static boolean is(HasMetadata object, String namespace, String name) {
        return object.getMetadata().getNamespace().equals(namespace)
                && object.getMetadata().getName().equals(name);
    }

    /** Older files, or nothing. */
    static Earlier of(Optional<PlanManifests> before) {
        return new Earlier() {
            @Override
            public Optional<WarmPolicy> policy(String namespace, String name) {
                return before.stream()
                        .flatMap(files -> files.policies().stream())
                        .filter(object -> is(object, namespace, name))
                        .findFirst();
            }

            @Override
            public Optional<ServerlessEndpoint> endpoint(String namespace, String name) {
                return before.stream()
                        .flatMap(files -> files.endpoints().stream())
                        .filter(object -> is(object, namespace, name))
                        .findFirst();
            }

            /** What is no longer in the files is taken for gone. */
            @Override
            public List<WarmPolicy> others(String namespace) {
                return List.of();
            }
        };
    }
}
