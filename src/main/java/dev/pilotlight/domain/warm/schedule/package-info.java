/**
 * What a WarmPolicy knows in advance: windows by cron and time zone, exceptions by day, the baseline, and when each is asked for so that it
 * is ready in time.
 */
package dev.pilotlight.domain.warm.schedule;
