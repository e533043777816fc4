/**
 * Everything that can go wrong between a user's wish and AWS, tried out: rows of faults times flows of a user, every experiment followed by
 * a check of the invariants. {@code make faults} runs all of it, the API-server tier a part that is always the same.
 */
package dev.pilotlight.faults;
