/**
 * Finds what was left behind in AWS, for the command line. {@link dev.pilotlight.operator.orphans.OrphanSearch} is the entrance. The
 * operator itself never deletes an orphan.
 */
package dev.pilotlight.operator.orphans;
