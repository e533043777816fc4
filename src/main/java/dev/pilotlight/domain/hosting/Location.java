package dev.pilotlight.domain.hosting;

/**
 * Where AWS resources live: the unit of polling, of rate limits and of quotas.
 *
 * @param accountID 12 digits
 * @param region for example {@code us-east-1}
 */
public record Location(String accountID, String region) {
    @Override
    public String toString() {
        return accountID + "/" + region;
    }
}
