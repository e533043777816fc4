/**
 * What a change would do, found out without doing it: the operator's own decisions are carried out on a picture of AWS, step by step,
 * until nothing is left to do.
 */
package dev.pilotlight.domain.plan;
