package dev.pilotlight.domain.warm;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The WarmPolicies that name one endpoint, and which of them has its say. Age decides, and of two of the same second the name, so that
 * nothing a user does to a younger policy takes an endpoint away from an older one. Both sides ask here: a policy, whether the endpoint
 * is its own to decide about, and the endpoint, whose demand to follow.
 */
public final class Rivals {
    private static final Comparator<Rival> BY_AGE =
            Comparator.comparing(Rival::createdAt).thenComparing(Rival::name);

    private final List<Rival> inOrder;

    private Rivals(List<Rival> inOrder) {
        this.inOrder = inOrder;
    }

    /**
     * One policy, as far as it matters here.
     *
     * @param createdAt its creationTimestamp, which has whole seconds
     * @param deleting it is marked for deletion
     * @param suspended {@code spec.suspend} is true
     * @param demands its status carries a demand
     */
    public record Rival(
            String name, String uid, Instant createdAt, boolean deleting, boolean suspended, boolean demands) {

        private boolean takesPart() {
            return !deleting && !suspended;
        }
    }

    /** Those of one namespace whose {@code spec.targetRef.name} is the same endpoint, in any order. */
    public static Rivals of(List<Rival> sameTarget) {
        return new Rivals(
                sameTarget.stream().filter(Rival::takesPart).sorted(BY_AGE).toList());
    }

    /** The policy that the endpoint belongs to: the oldest that is neither being deleted nor suspended, whether it demands anything yet or not. All others are refused. */
    public Optional<Rival> holder() {
        return inOrder.stream().findFirst();
    }

    /** Who keeps the policy with this UID from having its say; empty where it is the holder, or takes no part at all. */
    public Optional<Rival> before(String uid) {
        boolean takesPart = inOrder.stream().anyMatch(rival -> rival.uid().equals(uid));
        return holder().filter(holder -> takesPart && !holder.uid().equals(uid));
    }

    /**
     * The policy whose demand the endpoint follows: the oldest that demands something. It differs from the holder only for the moment
     * between a policy's coming (back) into the first place and its first demand, so that the endpoint does not fall back meanwhile.
     */
    public Optional<Rival> inForce() {
        return inOrder.stream().filter(Rival::demands).findFirst();
    }
}
