/** The command line as a program would call it; {@code *E2E} tests start the packaged one. */
package dev.pilotlight.cli;
