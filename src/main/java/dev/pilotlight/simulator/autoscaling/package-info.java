/** Application Auto Scaling of provisioned concurrency: targets, policies and scheduled actions, and the scaling that follows. */
package dev.pilotlight.simulator.autoscaling;
