/** What Prometheus sees of the operator. Names begin with {@code pilotlight_}; no metric carries the name of an object. */
package dev.pilotlight.operator.metrics;
