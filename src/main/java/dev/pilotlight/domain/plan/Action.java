package dev.pilotlight.domain.plan;

import dev.pilotlight.domain.endpoint.Desired;
import java.util.List;
import java.util.Optional;

/** What a plan does to an endpoint, in one word; where it does several things, the one that matters most. */
public enum Action {
    /** There is no endpoint yet. */
    CREATE("create"),
    /** The endpoint is deleted and made again. */
    RECREATE("recreate"),
    /** Another revision serves afterwards. */
    ROLL_OUT("roll out"),
    /** A config of the same revision is deployed, with cold starts. */
    REDEPLOY("redeploy"),
    /** Concurrency changes without a redeploy. */
    CHANGE_LIVE("change live"),
    /** Only tags change. */
    TAG("tag"),
    /** Something that is not needed any more is deleted. */
    CLEAN_UP("clean up"),
    /** AWS stays as it is; only how Pilotlight treats it changes. */
    SETTINGS("change settings"),
    /** The endpoint and all that belongs to it is deleted. */
    DELETE("delete"),
    /** All of it stays in AWS, without our tags. */
    LET_GO("let go"),
    /** Nothing happens, because something is in the way. */
    BLOCKED("blocked"),
    /** Nothing changes. */
    NONE("none");

    private final String word;

    Action(String word) {
        this.word = word;
    }

    /** For people and for JSON. */
    public String word() {
        return word;
    }

    /**
     * @param servingRevision the revision that serves before the change
     */
    static Action of(List<PlannedStep> steps, Desired desired, Optional<String> servingRevision, boolean specChanged) {
        boolean created = has(steps, "CreateEndpoint", desired);
        if (created) {
            return has(steps, "DeleteEndpoint", desired) ? RECREATE : CREATE;
        }
        if (has(steps, "UpdateEndpoint", desired)) {
            return servingRevision.filter(desired.revision().name()::equals).isPresent() ? REDEPLOY : ROLL_OUT;
        }
        if (has(steps, "UpdateEndpointWeightsAndCapacities", desired)) {
            return CHANGE_LIVE;
        }
        if (steps.stream().anyMatch(step -> step.call().endsWith("Tags"))) {
            return TAG;
        }
        if (!steps.isEmpty()) {
            return CLEAN_UP;
        }
        return specChanged ? SETTINGS : NONE;
    }

    private static boolean has(List<PlannedStep> steps, String call, Desired desired) {
        return steps.stream().anyMatch(step -> is(step, call, desired));
    }

    private static boolean is(PlannedStep step, String call, Desired desired) {
        return step.call().equals(call) && step.target().equalsIgnoreCase(desired.endpointName());
    }
}
