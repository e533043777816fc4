/** Reads once an hour what cold starts did to an endpoint that is kept warm. */
package dev.pilotlight.operator.warm.coldstart;
