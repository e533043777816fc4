package dev.pilotlight.simulator.sagemaker;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What becomes of an endpoint. A model chooses its scenario by its image: the repository's name or one of the image's
 * tags contains the scenario's marker, for example {@code sentiment:1.6.0-bad-ping}. An admin path chooses it for one
 * endpoint by name and wins.
 */
public enum Scenario {
    /** All goes well. */
    NONE,
    /** The container never answers its health check: create ends in Failed, update is rolled back. */
    BAD_PING,
    /** The image is above 10 GiB: create ends in Failed, update is rolled back. */
    TOO_LARGE,
    /** SageMaker itself fails to start the container: create ends in Failed, update is rolled back. */
    SERVICE_FAULT,
    /** SageMaker may not assume the execution role any more when it starts the container. */
    ROLE_NOT_ASSUMABLE,
    /** Creating succeeds; an update to this model is rolled back. */
    UPDATE_ROLLS_BACK,
    /** An update fails and so does its rollback: the endpoint ends in UpdateRollbackFailed. */
    UPDATE_ROLLBACK_FAILS,
    /** Chosen by hand only: SageMaker maintains the endpoint for as long as an update takes. */
    SYSTEM_UPDATING,
    /** A change of capacity alone is given up: the endpoint is RollingBack for a while and keeps what it had. */
    SCALING_ROLLS_BACK,
    /** Chosen by hand only: the endpoint takes no requests, until the scenario is taken back. */
    OUT_OF_SERVICE,
    /** Creating never ends, until the scenario is taken back. */
    STUCK_CREATING,
    /** The endpoint serves for a minute, then it is Failed. */
    FAILS_AFTER_SERVING,
    /** Containers take half a minute longer to start. */
    SLOW_START,
    /** A request that meets no warm container is turned away with ModelNotReadyException; the next one finds it warm. */
    NOT_READY,
    /** CreateEndpoint and UpdateEndpoint find no quota left. */
    OVER_QUOTA;

    /** The marker, for example {@code bad-ping}. */
    public String marker() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The scenario of a marker.
     *
     * @throws IllegalArgumentException naming the markers there are
     */
    public static Scenario of(String marker) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.marker().equals(marker))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario \"" + marker + "\"; there are "
                        + Arrays.stream(values()).map(Scenario::marker).collect(Collectors.joining(", "))));
    }

    /** The scenario that one of the image's names asks for. */
    static Scenario of(List<String> imageNames) {
        Optional<Scenario> found = Arrays.stream(values())
                .filter(scenario -> scenario != NONE)
                .filter(scenario -> imageNames.stream().anyMatch(name -> name.contains(scenario.marker())))
                .findFirst();
        return found.orElse(NONE);
    }
}
