/** What cold starts did to callers, by the day, from CloudWatch's figures. */
package dev.pilotlight.domain.warm.coldstart;
