/**
 * When and why an endpoint is kept warm: what a WarmPolicy demands at an instant, decided without touching anything. {@link
 * dev.pilotlight.domain.warm.Rivals} says which policy an endpoint follows.
 */
package dev.pilotlight.domain.warm;
