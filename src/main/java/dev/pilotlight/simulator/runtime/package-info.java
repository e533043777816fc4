/** SageMaker Runtime: InvokeEndpoint, the containers behind it, what they answer and what AWS would bill. */
package dev.pilotlight.simulator.runtime;
