/**
 * The demo behind {@code make demo}: {@link dev.pilotlight.demo.Demo} starts an API server, a simulated AWS and the packaged operator, and
 * shows what they do, or checks it ({@link dev.pilotlight.demo.CheckStory}, {@link dev.pilotlight.demo.Measurements}).
 */
package dev.pilotlight.demo;
