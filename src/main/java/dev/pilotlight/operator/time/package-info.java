/**
 * Time in production: the one scheduler thread, the clock that development may run faster, and the event source through which a key that
 * is due becomes a reconcile.
 */
package dev.pilotlight.operator.time;
