/** What Prometheus sees of the operator. Names begin with {@code pilotlight_}; only those of warm policies carry the name of an object. */
package dev.pilotlight.operator.metrics;
