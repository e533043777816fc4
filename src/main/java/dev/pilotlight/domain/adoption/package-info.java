/**
 * Whether an endpoint that somebody else made can be taken over, and whether it already is what a ServerlessEndpoint asks for. Starting
 * point: {@link dev.pilotlight.domain.adoption.Adoptee}.
 */
package dev.pilotlight.domain.adoption;
