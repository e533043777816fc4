package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.simulator.world.Images;
import dev.pilotlight.simulator.world.ModelArchives;
import dev.pilotlight.simulator.world.Permissions;
import dev.pilotlight.simulator.world.Roles;
import dev.pilotlight.simulator.world.ScalingTargets;
import dev.pilotlight.simulator.world.SimulatorClock;

/**
 * Everything around hosting.
 *
 * @param scaling what Application Auto Scaling has registered
 * @param seed of random durations
 */
public record HostingWorld(
        SimulatorClock clock,
        Images images,
        ModelArchives archives,
        Roles roles,
        Permissions permissions,
        HostingLimits limits,
        ScalingTargets scaling,
        HostingSettings settings,
        long seed) {}
