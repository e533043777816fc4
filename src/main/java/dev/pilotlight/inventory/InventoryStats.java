package dev.pilotlight.inventory;

import dev.pilotlight.domain.hosting.Location;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Figures for metrics; the counters grow from the start of the process.
 *
 * @param lists listings asked for (one may take several pages)
 * @param describes Describe calls asked for
 * @param tagReads ListTags calls asked for
 */
public record InventoryStats(long lists, long describes, long tagReads, Map<Location, OfLocation> locations) {
    public InventoryStats {
        locations = Map.copyOf(locations);
    }

    /**
     * @param lastSweep when the last successful ListEndpoints began
     * @param watched endpoints that belong to objects
     * @param followed endpoints between states
     */
    public record OfLocation(Optional<Instant> lastSweep, int watched, int followed) {}
}
