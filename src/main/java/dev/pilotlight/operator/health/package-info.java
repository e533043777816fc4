/** Whether the operator makes progress: which objects were passed over last, and for how long the oldest one has waited. */
package dev.pilotlight.operator.health;
