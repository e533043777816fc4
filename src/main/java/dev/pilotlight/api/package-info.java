/** Pilotlight's Kubernetes API, one package per version. */
package dev.pilotlight.api;
