package dev.pilotlight.operator.warm;

import dev.pilotlight.api.v1alpha1.WarmPolicy;
import dev.pilotlight.domain.cost.Price;
import dev.pilotlight.domain.cost.PriceItem;
import dev.pilotlight.domain.warm.decision.Situation;
import dev.pilotlight.domain.warm.decision.Target;
import dev.pilotlight.domain.warm.decision.WarmDecision;
import dev.pilotlight.operator.metrics.OperatorMetrics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Figures of the policies in force, for Prometheus: precise and of the moment, which a status is not. */
final class WarmMeters {
    private static final int SECONDS_PER_HOUR = 3600;

    private final OperatorMetrics metrics;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    private record Shown(Runnable removal, Figures figures) {}

    /** What is shown of one policy. */
    private static final class Figures {
        private volatile double warm;
        private volatile double usdPerHour = Double.NaN;
    }

    WarmMeters(OperatorMetrics metrics) {
        this.metrics = metrics;
    }

    void show(WarmPolicy object, Situation situation, WarmDecision decision) {
        String uid = object.getMetadata().getUid();
        Optional<Target> target = situation.target();
        if (decision.facts().demand() == null || target.isEmpty()) {
            forget(uid);
            return;
        }
        Figures figures = shown.computeIfAbsent(uid, key -> begin(object)).figures();
        int running = target.get().running();
        figures.warm = running;
        figures.usdPerHour = situation
                .prices()
                .price(
                        PriceItem.PROVISIONED_USAGE,
                        target.get().region(),
                        target.get().memorySizeInMB())
                .map(Price::usd)
                .map(usd -> usd.doubleValue() * running * SECONDS_PER_HOUR)
                .orElse(Double.NaN);
    }

    private Shown begin(WarmPolicy object) {
        Figures figures = new Figures();
        Runnable removal = metrics.watchPolicy(
                object.getMetadata().getNamespace(),
                object.getMetadata().getName(),
                () -> figures.warm,
                () -> figures.usdPerHour);
        return new Shown(removal, figures);
    }

    void forget(String uid) {
        Shown gone = shown.remove(uid);
        if (gone != null) {
            gone.removal().run();
        }
    }
}
