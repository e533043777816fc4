/** What a policy has used in a month, what that costs, and what its budget leaves. */
package dev.pilotlight.domain.warm.budget;
