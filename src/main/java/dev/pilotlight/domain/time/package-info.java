/** Time as a port: everything that waits in the operator waits through here, so that a test can turn the hands. */
package dev.pilotlight.domain.time;
