/** Sends the pings that keep on-demand containers warm, outside of reconciling, and finds out what they were good for. */
package dev.pilotlight.operator.warm.ping;
