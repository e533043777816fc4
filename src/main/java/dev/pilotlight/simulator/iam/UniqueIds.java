package dev.pilotlight.simulator.iam;

import java.util.random.RandomGenerator;

/** Identifiers as IAM makes them: a prefix that tells the kind, then letters and digits of base 32. */
public final class UniqueIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** What all temporary keys of a simulator begin with: such a key is never mistaken for a person's own. */
    private static final String TEMPORARY_KEY = "ASIAPILOT";

    private final RandomGenerator random;

    /** @param random must be safe for concurrent use, for example a {@link java.security.SecureRandom} */
    public UniqueIds(RandomGenerator random) {
        this.random = random;
    }

    /** Id of a role, 21 characters. */
    public String role() {
        return make("AROA", 21);
    }

    /** Access key id of a temporary credential, 20 characters. */
    public String temporaryAccessKey() {
        return make(TEMPORARY_KEY, 20);
    }

    /** Whether a simulator made this access key id, this one or one that has ended. */
    public static boolean isTemporaryAccessKey(String accessKeyId) {
        return accessKeyId.startsWith(TEMPORARY_KEY);
    }

    /** A secret of the given length; the simulator never checks it. */
    public String secret(int length) {
        return make("", length);
    }

    private String make(String prefix, int length) {
        StringBuilder id = new StringBuilder(prefix);
        while (id.length() < length) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
