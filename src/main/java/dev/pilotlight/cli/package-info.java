/** The program {@code pilotlight}: one class per subcommand, which reads arguments and starts what they ask for. */
package dev.pilotlight.cli;
