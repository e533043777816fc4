package dev.pilotlight.domain.cost;

/** A row of a price list: what one unit of an item costs in a Region at a memory size. */
public record ListedPrice(PriceItem item, String region, int memorySizeInGB, Price price) {}
