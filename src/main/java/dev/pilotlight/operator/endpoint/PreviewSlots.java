package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.domain.endpoint.PreviewQueue;
import dev.pilotlight.domain.endpoint.PreviewQueue.Ticket;
import dev.pilotlight.domain.endpoint.PreviewSlot;
import dev.pilotlight.domain.hosting.Location;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Gives out preview slots, by what the statuses of all objects say and what AWS's quota showed. Kept besides: who was given a slot a moment
 * ago and has not said so in its status yet. All of it can be lost: the worst is one call that AWS's quota refuses.
 */
final class PreviewSlots {
    private static final Duration GRANT_LASTS = Duration.ofSeconds(30);

    private final int limit;
    private final Function<Location, List<ServerlessEndpoint>> queue;
    private final Clock clock;
    private final Map<String, Grant> grants = new HashMap<>();
    private final Map<Location, Integer> quotas = new HashMap<>();

    private record Grant(Location location, Instant from) {
        /** One of a time that is yet to come is from before the clock was set back. */
        boolean lasts(Instant now) {
            return !from.isAfter(now) && now.isBefore(from.plus(GRANT_LASTS));
        }
    }

    /**
     * @param limit the most at a time in one account and Region
     * @param queue the objects that have a preview or wait for one, by account and Region
     */
    PreviewSlots(int limit, Function<Location, List<ServerlessEndpoint>> queue, Clock clock) {
        this.limit = limit;
        this.queue = queue;
        this.clock = clock;
    }

    /** Whether the object may begin a preview now; one that may has a slot from then on. */
    synchronized PreviewSlot ask(Location location, ServerlessEndpoint object) {
        if (object.getStatus() != null && PreviewQueue.holds(object.getStatus())) {
            // An earlier revision's preview that cannot be deleted yet must not keep the new one from its own.
            return new PreviewSlot.Free();
        }
        Instant now = clock.instant();
        grants.values().removeIf(grant -> !grant.lasts(now));
        String uid = object.getMetadata().getUid();
        Ticket mine = ticket(object).orElseGet(() -> new Ticket(now, name(object)));
        Set<String> holders = holders(location);
        holders.remove(uid);
        long before = queue.apply(location).stream()
                .filter(other -> !holders.contains(other.getMetadata().getUid()))
                .filter(other -> !other.getMetadata().getUid().equals(uid))
                .map(PreviewSlots::ticket)
                .flatMap(Optional::stream)
                .filter(ticket -> ticket.compareTo(mine) < 0)
                .count();
        int room = Math.min(limit, quotas.getOrDefault(location, limit));
        if (holders.size() + before < room) {
            grants.put(uid, new Grant(location, now));
            return new PreviewSlot.Free();
        }
        String who = "preview endpoint in account " + location.accountID() + ", Region " + location.region();
        return new PreviewSlot.Taken(
                (room < limit
                                ? "AWS's quota has no room for another " + who
                                : "all " + limit + " slots for a " + who + " are taken")
                        + "; who has waited longest goes first. To do without a preview, set spec.rollout.strategy to InPlace.");
    }

    private Set<String> holders(Location location) {
        Set<String> holders = new HashSet<>();
        queue.apply(location).stream()
                .filter(other -> PreviewQueue.holds(other.getStatus()))
                .forEach(other -> holders.add(other.getMetadata().getUid()));
        grants.forEach((uid, grant) -> {
            if (grant.location().equals(location)) {
                holders.add(uid);
            }
        });
        return holders;
    }

    /** The object's status says by itself what it has. */
    synchronized void settled(ServerlessEndpoint object) {
        grants.remove(object.getMetadata().getUid());
    }

    /** AWS's quota had no room for a preview: there may be as many as there are, until one of them goes or comes into being. */
    synchronized void refused(Location location) {
        quotas.put(location, Math.max(1, holders(location).size()));
    }

    /** AWS made a preview, so there may be room for more. */
    synchronized void made(Location location) {
        quotas.remove(location);
    }

    /** Those to be told that a slot became free: the ones who have waited longest. */
    List<ResourceID> next(Location location) {
        return queue.apply(location).stream()
                .filter(object -> ticket(object).isPresent())
                .sorted(Comparator.comparing(object -> ticket(object).orElseThrow()))
                .limit(limit)
                .map(ResourceID::fromResource)
                .toList();
    }

    private static Optional<Ticket> ticket(ServerlessEndpoint object) {
        return Optional.ofNullable(object.getStatus()).flatMap(status -> PreviewQueue.ticket(status, name(object)));
    }

    private static String name(ServerlessEndpoint object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }
}
