/** What tests of several packages share: a clock turned by hand and an AWS that answers from memory. */
package dev.pilotlight.testing;
