package dev.pilotlight.simulator.world;

import dev.pilotlight.simulator.wire.Scope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Account-level quotas of serverless hosting, by account and Region. SageMaker enforces them, Service Quotas shows them.
 * Thread safe; a change holds from the next call on.
 */
public final class HostingLimits {

    /**
     * @param endpoints "Maximum number of serverless endpoints" (L-99AD19BF)
     * @param totalConcurrency "Maximum total concurrency that can be allocated across all serverless endpoints"
     *     (L-96300102)
     * @param memorySizeInMB "Memory size in MB per serverless endpoint", which Service Quotas does not list
     */
    public record Limits(int endpoints, int totalConcurrency, int memorySizeInMB) {

        /** What the AWS documentation promises for the large Regions, with all memory sizes. */
        public static final Limits DOCUMENTED = new Limits(50, 1000, 6144);

        /** What new accounts really get (observed publicly: several reports of 5, 10 and 3072 MB). */
        public static final Limits NEW_ACCOUNT = new Limits(5, 10, 3072);
    }

    private final Limits standard;
    private final Map<Scope, Limits> exceptions = new ConcurrentHashMap<>();

    public HostingLimits(Limits standard) {
        this.standard = standard;
    }

    /** The limits in force for an account and Region. */
    public Limits of(Scope scope) {
        return exceptions.getOrDefault(scope, standard);
    }

    /** Sets the limits of one account and Region. */
    public void set(Scope scope, Limits limits) {
        exceptions.put(scope, limits);
    }
}
