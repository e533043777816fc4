/** Has a forecast made of each endpoint whose policy asks for one, four times a day. */
package dev.pilotlight.operator.warm.forecast;
