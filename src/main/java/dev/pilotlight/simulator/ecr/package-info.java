/** Simulated ECR: private repositories with image manifests; layers are known by their sizes only. */
package dev.pilotlight.simulator.ecr;
