/**
 * When something in AWS counts as left behind: {@link dev.pilotlight.domain.orphans.Census} decides it from what the API server answered,
 * {@link dev.pilotlight.domain.orphans.OrphanList} is what a person confirms.
 */
package dev.pilotlight.domain.orphans;
