/**
 * What to do next about one ServerlessEndpoint. {@link dev.pilotlight.domain.endpoint.EndpointDecider} is the entrance: it takes what is
 * wanted, what was observed and the time, and answers with at most one step and what to tell the user.
 */
package dev.pilotlight.domain.endpoint;
