/**
 * What users write and read: the kinds of API version v1alpha1, their spec and status, condition types, reasons and
 * annotations. Data only, no decisions.
 *
 * <p>The schema is strict and reading is lenient: unknown fields are ignored and unknown enum values become {@code
 * UNKNOWN}, so an object written by a newer version never stops an older operator. Absent lists are read as empty ones
 * and empty ones are never written.
 */
package dev.pilotlight.api.v1alpha1;
