/**
 * AWSIdentity: what one grants, and how the sessions opened under one are named towards IAM. Both are pure. Grants fail closed: an absent
 * list, a malformed entry and a value that is not in its plain form all allow nothing. Names are known before the first session exists,
 * so that trust policies can be written in advance.
 */
package dev.pilotlight.domain.identity;
