/** Capacity that follows measured use, and how far a measurement is believed. */
package dev.pilotlight.domain.warm.tracking;
