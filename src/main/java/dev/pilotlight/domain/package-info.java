/**
 * What is right: pure decisions over values. Nothing here reads a clock, a network or a cluster; time and observations are
 * handed in, and every answer carries a reason and a message.
 */
package dev.pilotlight.domain;
