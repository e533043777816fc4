/**
 * Bad specs, drawn by chance from the CRD's schema: {@link dev.pilotlight.fuzz.BadSpecFuzz} changes serving endpoints to them and back, and
 * holds the operator to it that nothing ever stops serving. {@code make fuzz} runs it at length.
 */
package dev.pilotlight.fuzz;
