/** What CloudWatch measured of an endpoint. Where there was no traffic there is no point; that is not a zero. */
package dev.pilotlight.domain.metrics;
