/** Price List: GetProducts from a snapshot of what AWS's price list was seen to say. */
package dev.pilotlight.simulator.pricing;
