package dev.pilotlight.domain.plan;

import dev.pilotlight.api.v1alpha1.EndpointLimits;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.ServerlessSpec;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.preflight.Foreign;
import dev.pilotlight.domain.preflight.Surroundings;
import dev.pilotlight.domain.preflight.Usage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the endpoints of a plan take, so that each is held against limits and quotas with the others in mind. As for the operator, who was
 * there first is served first: endpoints that exist come before new ones, and of several new ones the first by name.
 */
public final class Neighbourhood {
    private final List<Neighbour> inOrder;

    /**
     * @param all every endpoint that is there after the change
     */
    public Neighbourhood(List<Neighbour> all) {
        inOrder = all.stream()
                .sorted(Comparator.comparing(Neighbour::isNew)
                        .thenComparing(Neighbour::namespace)
                        .thenComparing(Neighbour::name))
                .toList();
    }

    /**
     * One endpoint.
     *
     * @param identity name of its AWSIdentity
     * @param before what it takes as it is
     * @param after what it takes when the change is through
     */
    public record Neighbour(
            String namespace, String name, String identity, Location location, Usage before, Usage after) {

        /**
         * @param now the object as it shall be
         * @param before the object as it is; empty where it is new
         * @param isCarriedOut whether the change to it is made at all
         */
        public static Neighbour of(
                ServerlessEndpoint now, Optional<ServerlessEndpoint> before, Location location, boolean isCarriedOut) {
            Usage was = before.map(Neighbour::asked).orElse(Usage.NONE);
            return new Neighbour(
                    now.getMetadata().getNamespace(),
                    now.getMetadata().getName(),
                    now.getSpec().identityRef().name(),
                    location,
                    was,
                    isCarriedOut && !now.getSpec().suspended() ? asked(now) : was);
        }

        private static Usage asked(ServerlessEndpoint object) {
            ServerlessSpec serverless = object.getSpec().serverless();
            Integer provisioned = serverless.provisionedConcurrency();
            return new Usage(1, serverless.maxConcurrency(), provisioned == null ? 0 : provisioned);
        }

        private boolean isNew() {
            return before.equals(Usage.NONE);
        }

        /** What it has for certain: what it gives back is free, what it asks for besides is not there yet. */
        private Usage least() {
            return new Usage(
                    Math.min(before.endpoints(), after.endpoints()),
                    Math.min(before.concurrency(), after.concurrency()),
                    Math.min(before.provisioned(), after.provisioned()));
        }

        private boolean is(ServerlessEndpoint object) {
            return namespace.equals(object.getMetadata().getNamespace())
                    && name.equals(object.getMetadata().getName());
        }
    }

    /**
     * What there is around one of them.
     *
     * @param limits what its identity grants each namespace
     */
    public Surroundings around(ServerlessEndpoint object, Location location, Optional<EndpointLimits> limits) {
        String namespace = object.getMetadata().getNamespace();
        String identity = object.getSpec().identityRef().name();
        return new Surroundings(
                others(object, other -> other.location().equals(location)),
                Foreign.NONE,
                others(
                        object,
                        other -> other.namespace().equals(namespace)
                                && other.identity().equals(identity)),
                limits);
    }

    private Usage others(ServerlessEndpoint object, Predicate<Neighbour> which) {
        Usage sum = Usage.NONE;
        boolean first = true;
        for (Neighbour other : inOrder) {
            if (other.is(object)) {
                first = false;
            } else if (which.test(other)) {
                sum = sum.plus(first ? other.after() : other.least());
            }
        }
        return sum;
    }
}
