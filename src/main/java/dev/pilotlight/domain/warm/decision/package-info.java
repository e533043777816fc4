/** What a WarmPolicy demands of its endpoint now: everything that asks for capacity, weighed, limited and put into words. */
package dev.pilotlight.domain.warm.decision;
