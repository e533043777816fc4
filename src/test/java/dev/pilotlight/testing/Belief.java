package dev.pilotlight.testing;

import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.operator.PilotlightOperator;
import dev.pilotlight.testing.proxy.KubeProxy;
import dev.pilotlight.testing.proxy.ShownCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether an operator is done with what a disturbing proxy showed it, which need not be what is. */
record Belief(KubeProxy proxy, PilotlightOperator operator) {
    private static final String ENDPOINTS = "serverlessendpoints";
    private static final String IDENTITIES = "awsidentities";
    private static final String POLICIES = "warmpolicies";

    /** Every object was passed over in the version that was shown last. */
    boolean caughtUp(List<HasMetadata> objects) {
        return proxyIsCurrent(objects)
                && Stream.of(ENDPOINTS, POLICIES, IDENTITIES)
                        .flatMap(resource -> proxy.shown().all(resource).stream())
                        .filter(object -> !object.letGo())
                        .filter(object -> !isOnlyHeld(object, objects))
                        .allMatch(object -> operator.passes()
                                .lastVersion(object.uid())
                                .filter(object.version()::equals)
                                .isPresent());
    }

    /**
     * It was shown without our finalizer, which is on by now: JOSDK put it on, and makes no pass before it is shown the version that has it.
     * That event may be lost until the next list.
     */
    private static boolean isOnlyHeld(ShownCluster.Shown shown, List<HasMetadata> objects) {
        return !shown.held()
                && objects.stream()
                        .anyMatch(object -> object.getMetadata().getUid().equals(shown.uid())
                                && object.hasFinalizer(Pilotlight.FINALIZER));
    }

    /** What happened has come as far as to the proxy, if any watch is open that it could come by. */
    private boolean proxyIsCurrent(List<HasMetadata> objects) {
        return objects.stream().allMatch(object -> {
            String resource = object.getPlural();
            return proxy.watches(resource) == 0
                    || proxy.received()
                            .find(
                                    resource,
                                    namespace(object),
                                    object.getMetadata().getName())
                            .map(ShownCluster.Shown::version)
                            .filter(object.getMetadata().getResourceVersion()::equals)
                            .isPresent();
        });
    }

    /** A look at an object that is not believed in reaches nobody. */
    boolean nothingDelivered() {
        return nothingDelivered(ENDPOINTS, operator.delivered())
                && nothingDelivered(POLICIES, operator.deliveredPolicies())
                && nothingDelivered(IDENTITIES, operator.deliveredIdentities());
    }

    private boolean nothingDelivered(String resource, Set<ResourceID> delivered) {
        return delivered.stream()
                .noneMatch(id -> proxy.shown()
                        .find(resource, id.getNamespace().orElse(""), id.getName())
                        .filter(object -> !object.letGo())
                        .isPresent());
    }

    private static String namespace(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return namespace == null ? "" : namespace;
    }
}
