package dev.pilotlight.operator.identity;

import dev.pilotlight.api.v1alpha1.RegionUsage;
import java.util.List;

/** What the endpoints behind an identity ask for. */
@FunctionalInterface
public interface IdentityUsage {

    /**
     * @param reported what was reported last
     * @return by Region, in order
     */
    List<RegionUsage> of(String identity, String accountID, List<RegionUsage> reported);
}
