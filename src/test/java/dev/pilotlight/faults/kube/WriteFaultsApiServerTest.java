package dev.pilotlight.faults.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.World;
import dev.pilotlight.testing.proxy.Fault;
import dev.pilotlight.testing.proxy.KubeProxy;
import dev.pilotlight.testing.proxy.KubeRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The API server refuses a write, or does it and nobody hears of it (F12): every second write of every flow. */
@RealApiServer
class WriteFaultsApiServerTest {
    /** The most telling ones first. */
    private static final List<Fault> FAULTS = List.of(
            new Fault.AnswerLost(),
            Fault.conflict(),
            Fault.internalError(),
            new Fault.RequestLost(),
            Fault.tooManyRequests());

    @Test
    void whateverBecomesOfAStatusWriteTheOutcomeIsTheSame(KubeApi api) {
        surviveAll(api, KubeRequest.statusOf(Ordeal.ENDPOINTS).or(KubeRequest.statusOf(Ordeal.IDENTITIES)));
    }

    @Test
    void whateverBecomesOfAFinalizerWriteTheOutcomeIsTheSame(KubeApi api) {
        surviveAll(api, KubeRequest.writesOf(Ordeal.ENDPOINTS));
    }

    private static void surviveAll(KubeApi api, Predicate<KubeRequest> writes) {
        try (World world = Ordeal.world(api)) {
            Ordeal ordeal = new Ordeal(world);
            for (Fault fault : Extent.of(FAULTS, 2)) {
                long met = 0;
                for (Ask ask : Ask.values()) {
                    met += ordeal.survive(ask, proxy -> everySecond(proxy, writes, fault));
                }
                System.out.println(fault + ": " + met + " writes");
                assertThat(met).as("%s", fault).isPositive();
            }
        }
    }

    private static void everySecond(KubeProxy proxy, Predicate<KubeRequest> writes, Fault fault) {
        AtomicInteger number = new AtomicInteger();
        proxy.meet(request -> writes.test(request) && number.incrementAndGet() % 2 == 1, fault);
    }
}
