package dev.pilotlight.domain.preflight;

import dev.pilotlight.api.v1alpha1.ModelSpec;

/**
 * What is to be checked.
 *
 * @param accountID where it is to be: 12 digits, or any other word where that is not known
 * @param has what the endpoint takes now
 * @param adds what the change takes beyond what the endpoint has now, its preview included
 * @param preview whether {@code adds} has a preview endpoint in it
 */
public record Candidate(
        ModelSpec model, String accountID, String region, int memorySizeInMB, Usage has, Usage adds, boolean preview) {

    /** Whether something is in another account than the endpoint; not said of an endpoint whose account nobody knows. */
    boolean isElsewhere(String otherAccountID) {
        return accountID.matches("[0-9]{12}") && !accountID.equals(otherAccountID);
    }
}
