/** What capacity costs: prices with their origin, and sums that say when they are estimates. */
package dev.pilotlight.domain.cost;
