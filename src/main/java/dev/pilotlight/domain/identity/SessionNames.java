package dev.pilotlight.domain.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of assumed-role sessions, as CloudTrail shows them. AWS docs: RoleSessionName is 2 to 64 characters of
 * {@code [\w+=,.@-]}.
 */
public final class SessionNames {

    private static final int LIMIT = 64;
    private static final int HASH = 8;

    private SessionNames() {}

    /** {@code <cluster>.<namespace>}: calls for the objects of one namespace. */
    public static String tenant(String clusterID, String namespace) {
        return fit(clusterID + "." + namespace);
    }

    /** {@code <cluster>.inventory}: the shared, read-only poller. */
    public static String inventory(String clusterID) {
        return fit(clusterID + ".inventory");
    }

    /** A name that is too long or holds a character AWS refuses gets a hash of the whole, so that two never become one. */
    private static String fit(String wanted) {
        String allowed = wanted.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
        if (allowed.equals(wanted) && wanted.length() <= LIMIT) {
            return wanted;
        }
        String head = allowed.substring(0, Math.min(allowed.length(), LIMIT - HASH - 1));
        return head + "-" + hash(wanted);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
