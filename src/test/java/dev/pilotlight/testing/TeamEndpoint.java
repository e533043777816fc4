package dev.pilotlight.testing;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** One ServerlessEndpoint of a team: what its owner does to it and sees of it. */
public final class TeamEndpoint {
    private final Team team;
    private final World world;
    private EndpointManifest manifest;

    TeamEndpoint(Team team, EndpointManifest manifest) {
        this.team = team;
        this.world = team.world();
        this.manifest = manifest;
    }

    // ---- what its owner does

    /** Applies a changed manifest. */
    public void change(UnaryOperator<EndpointManifest> edit) {
        manifest = edit.apply(manifest);
        team.applyDocument(manifest.json());
    }

    /** Applies the manifest as it is. */
    public void applyAgain() {
        change(same -> same);
    }

    /** Applies the change and turns the clock until AWS confirmed it. */
    public void changeAndAwait(UnaryOperator<EndpointManifest> edit) {
        change(edit);
        awaitReady();
    }

    public void annotate(String key, String value) {
        merge("{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}".formatted(key, value));
    }

    /** What somebody does who does not want to wait for the operator. */
    public void removeFinalizers() {
        merge("{\"metadata\": {\"finalizers\": null}}");
    }

    /** Whatever version the object has: the operator writes too. */
    private void merge(String patch) {
        world.api()
                .admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(team.namespace())
                .withName(name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /** Asks for deletion and does not wait. */
    public void delete() {
        world.api()
                .admin()
                .resources(ServerlessEndpoint.class)
                .inNamespace(team.namespace())
                .withName(name())
                .delete();
    }

    // ---- what its owner sees

    public String name() {
        return manifest.name();
    }

    public String uid() {
        return object().getMetadata().getUid();
    }

    /** Null when it is gone. */
    public ServerlessEndpoint object() {
        return team.object(name());
    }

    public boolean isGone() {
        return object() == null;
    }

    /** Empty, not null, before the first report and when the object is gone. */
    public ServerlessEndpointStatus status() {
        ServerlessEndpoint object = object();
        return object == null || object.getStatus() == null
                ? new ServerlessEndpointStatusBuilder().build()
                : object.getStatus();
    }

    /** Name in AWS. */
    public String endpointName() {
        return status().endpointName();
    }

    public String deployed() {
        return status().revision().deployed();
    }

    public Optional<Condition> condition(String type) {
        return World.condition(status().conditions(), type);
    }

    /** Status and reason of a condition, such as {@code True Succeeded}; {@code absent} without one. */
    public String says(String type) {
        return condition(type)
                .map(condition -> condition.status() + " " + condition.reason())
                .orElse("absent");
    }

    public String message(String type) {
        return condition(type).map(Condition::message).orElse("");
    }

    /** Whether a condition has that status, concluded for the present generation. */
    public boolean is(String type, String status) {
        ServerlessEndpoint object = object();
        return object != null
                && object.getStatus() != null
                && World.condition(object.getStatus().conditions(), type)
                        .filter(condition -> condition.status().equals(status)
                                && condition
                                        .observedGeneration()
                                        .equals(object.getMetadata().getGeneration()))
                        .isPresent();
    }

    public List<String> revisions() {
        return status().revisions().stream().map(RevisionRecord::name).toList();
    }

    /** Events about it, in no order. */
    public List<Event> events() {
        return world.api().admin().v1().events().inNamespace(team.namespace()).list().getItems().stream()
                .filter(event -> name().equals(event.getInvolvedObject().getName()))
                .toList();
    }

    public List<String> eventReasons() {
        return events().stream().map(Event::getReason).toList();
    }

    // ---- what its owner waits for

    public void awaitReady() {
        world.advanceUntil(name() + " is Ready", () -> is("Ready", "True"));
    }

    public void awaitStalled() {
        world.advanceUntil(name() + " is Stalled", () -> is("Stalled", "True"));
    }

    public void awaitReason(String type, String reason) {
        world.advanceUntil(
                name() + " says " + reason + " in " + type,
                () -> condition(type)
                        .filter(condition -> condition.reason().equals(reason))
                        .isPresent());
    }

    /** Turns the clock until something else about it holds. */
    public void awaitAlso(String what, BooleanSupplier condition) {
        world.advanceUntil(name() + ": " + what, condition);
    }

    public void awaitGone() {
        world.advanceUntil(name() + " is gone", this::isGone);
    }
}
