/**
 * Whether a model's answer is what its author expects: compiles the CEL expressions of validation requests and evaluates them against
 * answers, with bounds on everything an expression or an answer may cost. No I/O; outcomes never carry a body.
 */
package dev.pilotlight.domain.validation;
