/** Simulated Service Quotas: shows the quotas of serverless inference that SageMaker enforces. */
package dev.pilotlight.simulator.servicequotas;
