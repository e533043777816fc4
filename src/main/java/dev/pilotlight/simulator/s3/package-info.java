/** Simulated S3: buckets and objects as far as model archives need them, path style and whole objects. */
package dev.pilotlight.simulator.s3;
