package dev.pilotlight.domain.identity;

/**
 * The external id that we hand to AssumeRole: plain and known in advance, so that an admin can write the trust policy before
 * anything runs. Its strength is not secrecy but that no tenant can set it.
 */
public final class ExternalIds {

    /**
     * Stands where the namespace stands for the shared poller, here and in the session tag. The {@code @} keeps it apart from
     * every namespace, since no namespace name can hold one.
     */
    public static final String INVENTORY = "@inventory";

    private ExternalIds() {}

    /** {@code pilotlight:<cluster id>:<identity>:<namespace>}. */
    public static String tenant(String clusterID, String identity, String namespace) {
        return "pilotlight:" + clusterID + ":" + identity + ":" + namespace;
    }

    /** {@code pilotlight:<cluster id>:<identity>:@inventory}. */
    public static String inventory(String clusterID, String identity) {
        return tenant(clusterID, identity, INVENTORY);
    }
}
