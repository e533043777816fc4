/**
 * What an AWSIdentity allows ({@link dev.pilotlight.domain.identity.IdentityGrant}), whether AWS accepts it ({@link
 * dev.pilotlight.domain.identity.IdentityDecider}), and under which names we act in AWS accounts: what a trust policy and CloudTrail see.
 */
package dev.pilotlight.domain.identity;
