/**
 * The controller of ServerlessEndpoint. {@link dev.pilotlight.operator.endpoint.ServerlessEndpointReconciler} is one pass from reading to
 * reporting; the classes beside it are its four parts and what it keeps in memory between passes.
 */
package dev.pilotlight.operator.endpoint;
