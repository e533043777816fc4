/** What the API promises: its definitions are up to date, strict, documented, and read leniently. */
package dev.pilotlight.api;
