package dev.pilotlight.inventory;

import dev.pilotlight.domain.hosting.Location;

/** Is told when something in AWS is not as it was. */
@FunctionalInterface
public interface InventoryListener {

    /**
     * An endpoint appeared, went, was replaced or changed, or its config, its model or tags did. Called on a thread of the poller:
     * hand over and return.
     *
     * @param endpointName in the case AWS has it, or in the case it was asked for where AWS has none
     */
    void moved(Location location, String endpointName);
}
