/**
 * What an AWSIdentity grants: pure matching of what a tenant wrote against what an administrator allowed. Everything here fails
 * closed: an absent list, a malformed entry and a value that is not in its plain form all allow nothing.
 */
package dev.pilotlight.domain.identity;
