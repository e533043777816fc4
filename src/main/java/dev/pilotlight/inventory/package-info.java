/**
 * What AWS has now: one poller per account and Region in two tiers, its budget and its cache. Reconcilers read here instead of
 * describing; only the leader polls.
 */
package dev.pilotlight.inventory;
