/** What Application Auto Scaling holds for a variant: target, policies, scheduled actions, as AWS tells them. */
package dev.pilotlight.domain.scaling;
