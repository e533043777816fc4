package dev.pilotlight.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.WarmDemand;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.api.v1alpha1.WarmPolicyStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A WarmPolicy of a {@link Team}, in the hands of somebody with kubectl. */
public final class TeamPolicy {
    private final Team team;
    private final String name;
    private final String target;

    private TeamPolicy(Team team, String name, String target) {
        this.team = team;
        this.name = name;
        this.target = target;
    }

    /**
     * Applies a policy; the operator has not seen it yet when this returns.
     *
     * @param spec YAML, all of the spec but targetRef
     */
    public static TeamPolicy apply(Team team, String name, String target, String spec) {
        TeamPolicy policy = new TeamPolicy(team, name, target);
        policy.change(spec);
        return policy;
    }

    /** As {@link #apply}, and lets everything come to rest. */
    public static TeamPolicy settled(Team team, String name, String target, String spec) {
        TeamPolicy policy = apply(team, name, target, spec);
        team.world().settle();
        return policy;
    }

    /** Applies it again with another spec. */
    public void change(String spec) {
        Map<String, Object> fields = Serialization.unmarshal("spec:\n" + spec.indent(2), Document.class)
                .spec();
        fields.put("targetRef", Map.of("name", target));
        team.applyDocument(Serialization.asJson(Map.of(
                "apiVersion",
                "pilotlight.dev/v1alpha1",
                "kind",
                "WarmPolicy",
                "metadata",
                Map.of("name", name, "namespace", team.namespace()),
                "spec",
                fields)));
    }

    private record Document(Map<String, Object> spec) {}

    public void delete() {
        team.world()
                .api()
                .admin()
                .resources(WarmPolicy.class)
                .inNamespace(team.namespace())
                .withName(name)
                .delete();
    }

    /** Takes its status away. */
    public void clearStatus() {
        String uri = "/apis/pilotlight.dev/v1alpha1/namespaces/" + team.namespace() + "/warmpolicies/" + name;
        KubernetesClient admin = team.world().api().admin();
        ObjectNode cleared = admin.getKubernetesSerialization().unmarshal(admin.raw(uri), ObjectNode.class);
        cleared.remove("status");
        admin.raw(uri + "/status?fieldManager=kubectl-edit", "PUT", cleared.toString());
    }

    public WarmPolicy object() {
        return team.world().policy(team.namespace(), name);
    }

    public boolean isGone() {
        return object() == null;
    }

    public WarmPolicyStatus status() {
        return object().getStatus();
    }

    /** What it demands; null when nothing. */
    public WarmDemand demand() {
        return status().demand();
    }

    public Optional<Condition> condition(String type) {
        return World.condition(status().conditions(), type);
    }

    /** A condition as {@code True Reason}, or {@code absent}. */
    public String says(String type) {
        return condition(type)
                .map(found -> found.status() + " " + found.reason())
                .orElse("absent");
    }

    /** Changes with every write, whoever wrote. */
    public String version() {
        return object().getMetadata().getResourceVersion();
    }

    /** What its events say, in no order. */
    public List<String> events() {
        return team.world().api().admin().v1().events().inNamespace(team.namespace()).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name)
                        && event.getInvolvedObject().getKind().equals("WarmPolicy"))
                .map(Event::getMessage)
                .toList();
    }
}
