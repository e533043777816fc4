/** The program {@code pilotlight}: {@link dev.pilotlight.cli.Main} and one class per subcommand, which reads arguments and starts what they ask for. */
package dev.pilotlight.cli;
