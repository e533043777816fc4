package dev.pilotlight.stories;

import dev.pilotlight.operator.OperatorSettings;
import dev.pilotlight.simulator.sagemaker.HostingSettings;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.World;
import java.util.Optional;

/** How stories begin. */
final class Stories {
    private Stories() {}

    /** A world whose AWS needs no time: every state lasts until it was read once. */
    static World quick(KubeApi api) {
        return World.start(api, Stories::quickAws);
    }

    static void quickAws(World.Setup setup) {
        setup.simulator(simulator ->
                simulator.hosting(HostingSettings.defaults().withDurations(HostingSettings.StateDurations.NONE)));
    }

    /** Refuses AWSIdentities whose credentials namespaces would share. */
    static OperatorSettings isolated() {
        OperatorSettings usual = OperatorSettings.defaults();
        return new OperatorSettings(
                Optional.of("test-cluster"),
                usual.namespaces(),
                usual.instance(),
                usual.lease(),
                true,
                usual.policy(),
                usual.inventory(),
                usual.reconcileThreads(),
                usual.slowCalls(),
                usual.slowCallsPerNamespace(),
                usual.shutdownGrace());
    }
}
