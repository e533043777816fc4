/**
 * What many endpoints cost, behind {@code make bench}: {@link dev.pilotlight.bench.Bench} runs the packaged operator over 10, 100 and 1,000 of
 * them beside an API server and a simulated AWS, and counts.
 */
package dev.pilotlight.bench;
