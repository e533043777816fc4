/**
 * A SageMaker that runs here: wire protocol, lifecycle, capacity, billing and faults, on a clock of its own.
 *
 * <p>Unmodified AWS SDKs and command lines reach it by endpoint URL. It knows no other package of this program.
 */
package dev.pilotlight.simulator;
