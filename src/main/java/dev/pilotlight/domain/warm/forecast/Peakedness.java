package dev.pilotlight.domain.warm.forecast;

/**
 * How much burstier than Poisson requests arrive within a minute: variance over mean of the number of busy containers, if there were always
 * one free. What varies from minute to minute is not in it; the forecast's spread has that.
 *
 * @param value 1 for Poisson, more for bursts
 * @param origin what it was learned from
 */
public record Peakedness(double value, Origin origin) {
    /** From the best source to the poorest. */
    public enum Origin {
        /** Single requests, replayed. */
        REQUESTS("single requests, replayed"),
        /** The most requests at once in every minute. */
        MAXIMA("the highest concurrency of every minute"),
        /** How the counts of minutes scatter; what happens within a minute is extrapolated. */
        MINUTES("counts of minutes, extrapolated to seconds"),
        /** Nothing: only counts of longer periods are there, and bursts cannot be seen in them. */
        ASSUMED("nothing: arrivals within a minute are assumed to be independent");

        private final String words;

        Origin(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** Whether sizes made with it can be far too low. */
    public boolean isGuess() {
        return origin == Origin.MINUTES || origin == Origin.ASSUMED;
    }
}
