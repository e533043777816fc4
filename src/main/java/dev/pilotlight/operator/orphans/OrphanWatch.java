package dev.pilotlight.operator.orphans;

import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.OwnedResource.Kind;
import dev.pilotlight.domain.orphans.Census;
import dev.pilotlight.domain.orphans.Orphan;
import dev.pilotlight.domain.time.Scheduler;
import dev.pilotlight.inventory.Stranger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps count of endpoints that carry this cluster's tags and have lost their owner, for the metric: what the inventory's slow tier saw, and
 * the same two uncached reads of the owner as {@link OrphanSearch}. It deletes nothing, and asks the API server only about what no object
 * of the cluster wants.
 */
public final class OrphanWatch {
    private static final Logger log = LoggerFactory.getLogger(OrphanWatch.class);

    private final String clusterID;
    private final Set<String> namespaces;
    private final Function<Location, List<Stranger>> strangers;
    private final Owners owners;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Map<Location, Integer> counts = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();

    /**
     * @param namespaces that are looked after; empty for all
     * @param strangers endpoints that no object of the cluster wants, or has as its preview
     * @param executor runs the reads
     */
    public OrphanWatch(
            String clusterID,
            Set<String> namespaces,
            Function<Location, List<Stranger>> strangers,
            Owners owners,
            Scheduler scheduler,
            Executor executor) {
        this.clusterID = clusterID;
        this.namespaces = Set.copyOf(namespaces);
        this.strangers = strangers;
        this.owners = owners;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    /** Looks after an account and Region from now on; called once for each. */
    public void watch(Location location) {
        counts.put(location, 0);
        plan(location, new Census());
    }

    /** How many there are, as of the last look. */
    public int count(Location location) {
        return counts.getOrDefault(location, 0);
    }

    /** No look is under way. */
    public boolean idle() {
        return busy.get() == 0;
    }

    private void plan(Location location, Census census) {
        scheduler.at(
                scheduler.clock().instant().plus(Census.APART), "orphans " + location, () -> begin(location, census));
    }

    private void begin(Location location, Census census) {
        busy.incrementAndGet();
        try {
            executor.execute(() -> {
                try {
                    look(location, census);
                } catch (RuntimeException e) {
                    log.error("looking for orphans in {} ended in an error of ours", location, e);
                } finally {
                    plan(location, census);
                    busy.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException e) {
            // The operator ends.
            busy.decrementAndGet();
        }
    }

    private void look(Location location, Census census) {
        List<Orphan> candidates = new ArrayList<>();
        for (Stranger stranger : strangers.apply(location)) {
            stranger.owner()
                    .filter(owner -> owner.clusterID().equals(clusterID))
                    .filter(owner -> namespaces.isEmpty() || namespaces.contains(owner.namespace()))
                    .ifPresent(owner -> candidates.add(new Orphan(
                            location,
                            new OwnedResource(
                                    Kind.ENDPOINT,
                                    stranger.name(),
                                    stranger.arn().orElse(""),
                                    owner))));
        }
        census.keepOnly(new HashSet<>(candidates));
        owners.ask(census, candidates, scheduler.clock());
        counts.put(location, (int) candidates.stream().filter(census::isGone).count());
    }
}
