package dev.pilotlight.domain.cost;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What one unit costs.
 *
 * @param usd US dollars for one unit
 * @param asOf the day the price was known to hold
 * @param source who says so
 */
public record Price(BigDecimal usd, Confidence confidence, LocalDate asOf, String source) {}
