/** Holds what README, CONTRIBUTING and docs say against the program. */
package dev.pilotlight.documentation;
