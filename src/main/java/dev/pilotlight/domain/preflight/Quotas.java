package dev.pilotlight.domain.preflight;

import java.util.OptionalInt;

/**
 * Quotas of an account in a Region, as Service Quotas lists them. The quota on memory per endpoint is not listed there (observed publicly).
 *
 * @param endpoints number of serverless endpoints; empty where it is not listed
 * @param totalConcurrency sum of maxConcurrency over all serverless endpoints; empty where it is not listed
 */
public record Quotas(OptionalInt endpoints, OptionalInt totalConcurrency) {

    /** Service Quotas' code of "Maximum number of serverless endpoints" (observed publicly). */
    public static final String ENDPOINTS = "L-99AD19BF";

    /** Code of "Maximum total concurrency that can be allocated across all serverless endpoints" (observed publicly). */
    public static final String TOTAL_CONCURRENCY = "L-96300102";
}
