package dev.pilotlight.domain.warm.forecast;

/**
 * How many slots the busiest quarter of an hour of a usual week takes, and what a simpler rule would say: the gap is what bursts cost.
 *
 * @param load expected mean number of busy containers then
 * @param slots with bursts and forecast errors
 * @param slotsByErlangB by Erlang's formula for the expected load alone, for comparison only
 * @param peakedness how bursty arrivals are within a minute
 */
public record Sizing(double load, int slots, int slotsByErlangB, Peakedness peakedness) {}
