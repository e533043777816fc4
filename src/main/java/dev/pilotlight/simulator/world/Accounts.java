package dev.pilotlight.simulator.world;

import dev.pilotlight.simulator.wire.Caller;

/** Who an access key belongs to. The simulator's STS knows the keys it issued; every other key is somebody's own. */
public interface Accounts {

    /**
     * The principal behind an access key.
     *
     * @param accessKeyId access key id of the signature, never empty
     * @param region Region of the credential scope
     * @throws dev.pilotlight.simulator.wire.AwsError when the key is known and no longer valid
     */
    Caller identify(String accessKeyId, String region);

    /** Every access key belongs to the root of one account: what a laptop with dummy credentials gets. */
    static Accounts allIn(String accountId) {
        return (accessKeyId, region) ->
                new Caller(accountId, "arn:aws:iam::" + accountId + ":root", accessKeyId, region);
    }
}
