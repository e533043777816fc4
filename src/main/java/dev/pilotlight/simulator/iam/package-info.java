/** Simulated IAM: roles with trust and inline policies, and the evaluation of policy documents. */
package dev.pilotlight.simulator.iam;
