package dev.pilotlight.faults;

import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** One team and its one endpoint, on which an experiment is made. */
final class Scene {
    static final String NAME = "sentiment";

    private final Stage stage;
    private final Tenant team;
    private final Findings findings;
    private final Set<String> uids = ConcurrentHashMap.newKeySet();
    private final Set<String> orphans = ConcurrentHashMap.newKeySet();
    private volatile String awsName = "";
    private volatile boolean serves;
    private volatile boolean excused;
    private volatile boolean deleted;
    private boolean keeps;
    private volatile boolean disturbed;
    private boolean stormy;
    private String protectedName = "";
    private String protectedFacts = "";

    Scene(Stage stage, Tenant team, Findings findings) {
        this.stage = stage;
        this.team = team;
        this.findings = findings;
    }

    Stage stage() {
        return stage;
    }

    World world() {
        return stage.world();
    }

    Tenant team() {
        return team;
    }

    Findings findings() {
        return findings;
    }

    String namespace() {
        return team.namespace();
    }

    /** For reports. */
    String object() {
        return team.namespace() + "/" + NAME;
    }

    Optional<ServerlessEndpoint> endpoint() {
        return Optional.ofNullable(team.endpoint(NAME));
    }

    // ---- what the user did

    void apply(String overlay) {
        team.applyEndpoint(NAME, overlay);
        deleted = false;
    }

    void edit(String mergePatch) {
        team.editIfThere(NAME, mergePatch);
    }

    void spec(String json) {
        edit("{\"spec\":" + json + "}");
    }

    /** Asks for deletion; from then on the endpoint may stop serving. */
    void delete() {
        deleted = true;
        serves = false;
        team.deleteEndpoint(NAME);
    }

    /**
     * What somebody does who does not want to wait: the object is gone at once, whatever is left in AWS. Without an endpoint that a
     * namesake could take over, that is an orphan, which the operator reports and leaves alone.
     */
    void tearOut() {
        serves = false;
        AwsNow aws = AwsNow.of(world());
        if (aws.endpoint(awsName).isEmpty()) {
            aws.ofNamespace(namespace()).map(AwsNow.Item::toString).forEach(orphans::add);
        }
        edit("{\"metadata\":{\"finalizers\":[]}}");
        if (team.exists(NAME)) {
            team.deleteEndpoint(NAME);
        }
        edit("{\"metadata\":{\"finalizers\":[]}}");
    }

    /** What nobody looks after any more. */
    Set<String> orphans() {
        return orphans;
    }

    // ---- what the experiment expects

    /** Name in AWS, where it is not the one in the status. */
    void called(String endpointName) {
        awsName = endpointName;
    }

    String awsName() {
        return awsName;
    }

    /** From now on an application gets answers. */
    void serves() {
        serves = true;
    }

    /** AWS, or somebody in its console, takes the endpoint away: until it is Ready again nobody expects answers. */
    void excuse() {
        serves = false;
        excused = true;
    }

    void noExcuseAnyMore() {
        excused = false;
    }

    boolean isExcused() {
        return excused;
    }

    /** Something in AWS stays on purpose when the object goes. */
    void keeps() {
        keeps = true;
    }

    boolean isKept() {
        return keeps;
    }

    boolean isDeleted() {
        return deleted;
    }

    /** Something goes wrong with AWS as a whole: neighbours may have to wait, too. */
    void disturbsEverybody() {
        stormy = true;
    }

    boolean isStormy() {
        return stormy;
    }

    /** Somebody changes AWS past the operator, who cannot know at once. */
    void disturbed(boolean now) {
        disturbed = now;
    }

    boolean isDisturbed() {
        return disturbed;
    }

    boolean isExpectedToServe() {
        return serves && !excused;
    }

    /** What has that name belongs to somebody else, and has to stay what it is now. */
    void protect(String name) {
        protectedName = name;
        protectedFacts = protectedNow();
    }

    /** What became of it; empty when it is what it was. */
    String changeOfProtected() {
        String now = protectedName.isEmpty() ? "" : protectedNow();
        return now.equals(protectedFacts) ? "" : "was " + protectedFacts + ", is " + now;
    }

    private String protectedNow() {
        return stage.aws()
                .named(protectedName)
                .map(item -> item.facts().toString())
                .sorted()
                .toList()
                .toString();
    }

    /** UIDs of all lives of the object so far. */
    Set<String> uids() {
        return uids;
    }

    /** Something was found, and there is no use in going on. */
    static final class FoundException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    // ---- time

    /** Turns the clock until it is so, and looks at everything meanwhile. */
    void until(String what, BooleanSupplier condition) {
        world().advanceUntil(what, () -> {
            stage.step();
            if (!findings.all().isEmpty()) {
                throw new FoundException();
            }
            return condition.getAsBoolean();
        });
    }

    void pass(Duration time) {
        Instant end = world().now().plus(time);
        if (world().operator() == null) {
            world().advanceBy(time);
        } else {
            until(time + " have passed", () -> !world().now().isBefore(end));
        }
    }

    // ---- what is seen

    /** Ready, as the spec wants it, and nothing is left of the way there. */
    boolean isConverged() {
        return team.isReady(NAME)
                && team.condition(NAME, "Scaling").isEmpty()
                && isAsWanted()
                && team.status(NAME).orElseThrow().revisions().stream()
                        .map(RevisionRecord::previewEndpointConfigName)
                        .allMatch(Objects::isNull);
    }

    private boolean isAsWanted() {
        var wanted = endpoint().orElseThrow().getSpec().serverless();
        var effective = team.status(NAME).orElseThrow().effective();
        return Objects.equals(effective.memorySizeInMB(), wanted.memorySizeInMB())
                && Objects.equals(effective.maxConcurrency(), wanted.maxConcurrency())
                && Objects.equals(effective.provisionedConcurrency(), wanted.provisionedConcurrency());
    }

    String version() {
        return endpoint()
                .map(object -> object.getMetadata().getResourceVersion())
                .orElse("gone");
    }

    /** Takes note of who the object is now, what it is called in AWS, and whether it serves already. */
    void note() {
        endpoint().ifPresent(object -> {
            uids.add(object.getMetadata().getUid());
            if (object.getStatus() != null && object.getStatus().endpointName() != null) {
                awsName = object.getStatus().endpointName();
            }
            if (!deleted && !excused && team.isReady(NAME)) {
                serves = true;
            }
        });
    }
}
