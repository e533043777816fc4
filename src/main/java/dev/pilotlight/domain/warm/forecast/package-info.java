/**
 * Capacity from the traffic of the last weeks: what demand to expect in every quarter of an hour, how many provisioned slots that
 * takes, and which few windows come close to it. Pure arithmetic; {@link dev.pilotlight.domain.warm.forecast.Forecaster} is the way in.
 *
 * <p>Provisioned concurrency with its overflow to containers on demand is a loss system: a request finds a slot free or it does not, and
 * never waits for one.
 */
package dev.pilotlight.domain.warm.forecast;
