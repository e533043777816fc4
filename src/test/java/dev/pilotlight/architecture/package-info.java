/** Where the walls of the house are, held by tests. */
package dev.pilotlight.architecture;
