/** Under which names we act in AWS accounts: what a trust policy and CloudTrail see of us. */
package dev.pilotlight.domain.identity;
