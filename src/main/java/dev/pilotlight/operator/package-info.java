/**
 * The controllers. {@link dev.pilotlight.operator.PilotlightOperator} assembles them; each kind has a package with one reconciler
 * that gathers, decides, acts and reports, in that order.
 */
package dev.pilotlight.operator;
