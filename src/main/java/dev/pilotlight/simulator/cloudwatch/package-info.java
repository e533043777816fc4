/** CloudWatch: the metrics of simulated endpoints, by the minute, and the alarms that Application Auto Scaling keeps. */
package dev.pilotlight.simulator.cloudwatch;
