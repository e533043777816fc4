package dev.pilotlight.domain.hosting;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tags that say for which object an AWS resource was made. Identity is (cluster, namespace, name); the UID tells that object's
 * present life from an earlier one.
 *
 * @param clusterID id of the cluster, by default the UID of its kube-system namespace
 * @param uid metadata.uid of the ServerlessEndpoint
 * @param revision short name of the revision; empty for the endpoint itself, which outlives revisions
 * @param digest full digest of what the resource was made from; empty for the endpoint itself
 */
public record Ownership(
        String clusterID, String namespace, String name, String uid, Role role, String revision, String digest) {

    /** Prefix of every tag key of ours; the API refuses it in user tags. */
    public static final String TAG_PREFIX = "pilotlight.dev/";

    private static final String CLUSTER = TAG_PREFIX + "cluster";
    private static final String NAMESPACE = TAG_PREFIX + "namespace";
    private static final String NAME = TAG_PREFIX + "name";
    private static final String UID = TAG_PREFIX + "uid";
    private static final String ROLE = TAG_PREFIX + "role";
    private static final String REVISION = TAG_PREFIX + "revision";
    private static final String DIGEST = TAG_PREFIX + "digest";

    /** On an endpoint that was adopted, with the value {@code true}: known of it also when the status is lost. */
    public static final String ADOPTED = TAG_PREFIX + "adopted";

    /** What the resource is for. */
    public enum Role {
        PRIMARY("primary"),
        PREVIEW("preview");

        private final String tag;

        Role(String tag) {
            this.tag = tag;
        }
    }

    /** The same owner, for a resource made from certain content. */
    public Ownership withContent(String revisionName, String contentDigest) {
        return new Ownership(clusterID, namespace, name, uid, role, revisionName, contentDigest);
    }

    /** The same owner, for a resource with another purpose. */
    public Ownership withRole(Role other) {
        return new Ownership(clusterID, namespace, name, uid, other, revision, digest);
    }

    /** The same resource in the hands of another life of its owner. */
    public Ownership withUid(String other) {
        return new Ownership(clusterID, namespace, name, other, role, revision, digest);
    }

    /** The tags to create a resource with. */
    public Map<String, String> toTags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(CLUSTER, clusterID);
        tags.put(NAMESPACE, namespace);
        tags.put(NAME, name);
        tags.put(UID, uid);
        tags.put(ROLE, role.tag);
        if (!revision.isEmpty()) {
            tags.put(REVISION, revision);
            tags.put(DIGEST, digest);
        }
        return tags;
    }

    /** Every tag of ours that an endpoint or one of its resources can have: what goes when it is retained. */
    public Set<String> tagKeys() {
        Set<String> keys = new LinkedHashSet<>(toTags().keySet());
        keys.add(ADOPTED);
        return keys;
    }

    /** Whether tags are those of an endpoint that was adopted. */
    public static boolean isAdopted(Map<String, String> tags) {
        return "true".equals(tags.get(ADOPTED));
    }

    /** The cluster that tags name, where they name one; also where they are not enough to make an owner. */
    public static Optional<String> clusterOf(Map<String, String> tags) {
        return Optional.ofNullable(tags.get(CLUSTER));
    }

    /** Reads ownership back from a resource's tags; empty when the tags that make an owner are not all there. */
    public static Optional<Ownership> fromTags(Map<String, String> tags) {
        String cluster = tags.get(CLUSTER);
        String namespace = tags.get(NAMESPACE);
        String name = tags.get(NAME);
        String uid = tags.get(UID);
        if (cluster == null || namespace == null || name == null || uid == null) {
            return Optional.empty();
        }
        Role role = Role.PREVIEW.tag.equals(tags.get(ROLE)) ? Role.PREVIEW : Role.PRIMARY;
        return Optional.of(new Ownership(
                cluster, namespace, name, uid, role, tags.getOrDefault(REVISION, ""), tags.getOrDefault(DIGEST, "")));
    }

    /** Whether both are the same Kubernetes object by key, whichever life of it. */
    public boolean sameObject(Ownership other) {
        return clusterID.equals(other.clusterID) && namespace.equals(other.namespace) && name.equals(other.name);
    }

    /** Whether both are the same life of the same object. */
    public boolean sameLife(Ownership other) {
        return sameObject(other) && uid.equals(other.uid);
    }

    /** For people: who owns the resource. */
    public String describe() {
        return "ServerlessEndpoint " + namespace + "/" + name + " of cluster " + clusterID;
    }
}
