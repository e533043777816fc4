package dev.pilotlight.replay;

import com.fasterxml.jackson.databind.JsonNode;

/** How requests arrive inside a slot, given the rate of every minute. */
interface ArrivalLaw {

    /**
     * @param perSecond the rate wanted in every minute
     * @return seconds since the first minute, ascending
     */
    double[] arrivals(double[] perSecond, Dice dice);

    static ArrivalLaw of(JsonNode node) {
        return switch (node.get("kind").asText()) {
            case "wandering" ->
                new Wandering(
                        node.get("rateVariation").asDouble(),
                        node.get("correlationMinutes").asDouble());
            case "bursts" ->
                new Bursts(
                        node.get("size").asDouble(),
                        node.get("sizeVariation").asDouble(),
                        node.get("gapSeconds").asDouble(),
                        node.get("gapVariationBetweenBursts").asDouble(),
                        node.get("gapVariationInBurst").asDouble(),
                        node.get("batch").asDouble());
            default -> throw new IllegalArgumentException("no such law: " + node);
        };
    }

    /** Poisson; the control for everything else. */
    record Poisson() implements ArrivalLaw {
        @Override
        public double[] arrivals(double[] perSecond, Dice dice) {
            Times times = new Times();
            for (int minute = 0; minute < perSecond.length; minute++) {
                fill(times, minute, perSecond[minute], dice);
            }
            return times.toArray();
        }

        private static void fill(Times times, int minute, double rate, Dice dice) {
            if (rate <= 0) {
                return;
            }
            double end = (minute + 1) * 60.0;
            for (double t = minute * 60.0 + dice.exponential() / rate; t < end; t += dice.exponential() / rate) {
                times.add(t);
            }
        }
    }

    /** Poisson with a rate that wanders: log-normal, and correlated from minute to minute. */
    record Wandering(double rateVariation, double correlationMinutes) implements ArrivalLaw {
        @Override
        public double[] arrivals(double[] perSecond, Dice dice) {
            double variance = Math.log1p(rateVariation * rateVariation);
            double keeps = Math.exp(-1 / correlationMinutes);
            double state = dice.normal();
            Times times = new Times();
            for (int minute = 0; minute < perSecond.length; minute++) {
                double factor = Math.exp(Math.sqrt(variance) * state - variance / 2);
                Poisson.fill(times, minute, perSecond[minute] * factor, dice);
                state = keeps * state + Math.sqrt(1 - keeps * keeps) * dice.normal();
            }
            return times.toArray();
        }
    }

    /** Bursts that begin at random; inside of them small batches. */
    record Bursts(
            double size,
            double sizeVariation,
            double gapSeconds,
            double gapVariationBetweenBursts,
            double gapVariationInBurst,
            double batch)
            implements ArrivalLaw {
        private static final double WITHIN_BATCH_SECONDS = 0.002;

        @Override
        public double[] arrivals(double[] perSecond, Dice dice) {
            double end = perSecond.length * 60.0;
            Times times = new Times();
            for (double start : starts(perSecond, size, dice)) {
                burst(times, start, end, dice);
            }
            return times.sorted();
        }

        private void burst(Times times, double start, double end, Dice dice) {
            int left = (int)
                    Math.max(1, Math.round(dice.logNormal(size, sizeVariation).draw()));
            double gap = dice.logNormal(gapSeconds, gapVariationBetweenBursts).draw() * batch;
            Dice.LogNormal pause = dice.logNormal(gap, gapVariationInBurst);
            for (double t = start; left > 0 && t < end; t += pause.draw()) {
                int together = Math.min(left, dice.geometric(batch));
                for (int i = 0; i < together; i++) {
                    times.add(Math.min(t + i * WITHIN_BATCH_SECONDS, Math.nextDown(end)));
                }
                left -= together;
            }
        }

        static double[] starts(double[] perSecond, double size, Dice dice) {
            double[] rates = perSecond.clone();
            for (int i = 0; i < rates.length; i++) {
                rates[i] /= size;
            }
            return new Poisson().arrivals(rates, dice);
        }
    }
}
