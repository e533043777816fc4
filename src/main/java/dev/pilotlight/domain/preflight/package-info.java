/** What can be known before anything is created: the facts about image, model archive, role and quotas, and the checks on them. Pure. */
package dev.pilotlight.domain.preflight;
