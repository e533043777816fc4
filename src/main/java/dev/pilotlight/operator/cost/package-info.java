/** Where prices come from. */
package dev.pilotlight.operator.cost;
