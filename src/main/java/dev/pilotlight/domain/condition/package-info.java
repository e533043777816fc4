/** Reading the conditions of a status. */
package dev.pilotlight.domain.condition;
