package dev.pilotlight.cli;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.domain.plan.PolicyPlan;
import dev.pilotlight.domain.plan.PolicyPlanner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The WarmPolicies of a plan, held against what was or is there. */
final class PlanPolicies {
    private final PolicyPlanner planner;
    private final PlanManifests files;
    private final Earlier earlier;
    private final boolean prune;
    private final Map<String, WarmPolicy> written;
    private final Map<String, WarmPolicy> was;
    private final Map<String, ServerlessEndpoint> endpoints;
    private final Map<String, List<WarmPolicy>> contenders = new HashMap<>();

    /** What the files are compared with. */
    interface Earlier {
        /** In the order of namespace and name; at least those of these namespaces. */
        List<WarmPolicy> policies(Set<String> namespaces);

        /** Looked at only where the files do not have the endpoint. */
        Optional<ServerlessEndpoint> endpoint(String namespace, String name);

        /** Where an object is that the files do not have. */
        String origin();
    }

    /**
     * @param prune policies that the files do not have are deleted
     * @param now when those are created that are new
     */
    PlanPolicies(PolicyPlanner planner, PlanManifests files, Earlier earlier, boolean prune, Instant now) {
        this.planner = planner;
        this.files = files;
        this.earlier = earlier;
        this.prune = prune;
        this.written = byID(files.policies());
        this.endpoints = byID(files.endpoints());
        this.was = byID(earlier.policies(namespaces()));
        written.forEach((id, policy) -> asLive(policy, Optional.ofNullable(was.get(id)), now));
        Stream.concat(
                        written.values().stream(),
                        was.entrySet().stream()
                                .filter(old -> !written.containsKey(old.getKey()) && stays(old.getValue()))
                                .map(Map.Entry::getValue))
                .forEach(policy -> contenders
                        .computeIfAbsent(target(policy), key -> new ArrayList<>())
                        .add(policy));
    }

    List<PolicyPlan> plans() {
        List<PolicyPlan> plans = new ArrayList<>();
        written.forEach((id, policy) -> plans.add(planner.plan(
                policy,
                files.placeOf(policy).toString(),
                Optional.ofNullable(was.get(id)),
                endpoint(policy),
                contenders(policy))));
        if (prune) {
            gone().forEach(policy -> plans.add(planner.delete(
                    policy, earlier.origin(), Optional.ofNullable(endpoints.get(target(policy))), contenders(policy))));
        }
        return plans;
    }

    /** What the plan leaves alone. */
    List<String> notes() {
        return prune ? List.of() : PlanOffline.leftAlone(gone());
    }

    private List<WarmPolicy> gone() {
        return was.values().stream().filter(this::isGone).toList();
    }

    private boolean isGone(WarmPolicy policy) {
        return !files.mention(policy) && !policy.isMarkedForDeletion();
    }

    private boolean stays(WarmPolicy policy) {
        return !(prune && isGone(policy));
    }

    private Optional<ServerlessEndpoint> endpoint(WarmPolicy policy) {
        return Optional.ofNullable(endpoints.get(target(policy)))
                .or(() -> earlier.endpoint(
                        policy.getMetadata().getNamespace(),
                        policy.getSpec().targetRef().name()));
    }

    private List<WarmPolicy> contenders(WarmPolicy policy) {
        return contenders.getOrDefault(target(policy), List.of());
    }

    private Set<String> namespaces() {
        Set<String> namespaces = new TreeSet<>();
        Stream.of(written, endpoints)
                .flatMap(objects -> objects.values().stream())
                .forEach(object -> namespaces.add(object.getMetadata().getNamespace()));
        return namespaces;
    }

    private static <T extends HasMetadata> Map<String, T> byID(List<T> objects) {
        Map<String, T> byID = new LinkedHashMap<>();
        objects.forEach(object -> byID.put(PlanOffline.id(object), object));
        return byID;
    }

    private static String target(WarmPolicy policy) {
        return policy.getMetadata().getNamespace() + "/"
                + policy.getSpec().targetRef().name();
    }

    /** What the API server would have added. */
    private static void asLive(WarmPolicy policy, Optional<WarmPolicy> was, Instant now) {
        policy.getMetadata().setUid(was.map(old -> old.getMetadata().getUid()).orElse(PlanOffline.id(policy)));
        policy.getMetadata()
                .setCreationTimestamp(
                        was.map(old -> old.getMetadata().getCreationTimestamp()).orElse(now.toString()));
    }

    /** Older files, or nothing. */
    static Earlier of(Optional<PlanManifests> before) {
        List<WarmPolicy> policies = before.map(PlanManifests::policies).orElse(List.of());
        policies.forEach(policy -> asLive(policy, Optional.empty(), Instant.EPOCH));
        Map<String, ServerlessEndpoint> endpoints =
                byID(before.map(PlanManifests::endpoints).orElse(List.of()));
        return new Earlier() {
            @Override
            public List<WarmPolicy> policies(Set<String> namespaces) {
                return policies;
            }

            @Override
            public Optional<ServerlessEndpoint> endpoint(String namespace, String name) {
                return Optional.ofNullable(endpoints.get(namespace + "/" + name));
            }

            @Override
            public String origin() {
                return PlanOffline.NO_LONGER;
            }
        };
    }
}
