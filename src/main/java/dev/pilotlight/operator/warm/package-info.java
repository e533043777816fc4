/** The controller of WarmPolicy. It demands, in status, what the endpoint's controller then does in AWS; by itself it only reads. */
package dev.pilotlight.operator.warm;
