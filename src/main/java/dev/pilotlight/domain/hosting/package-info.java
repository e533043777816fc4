/**
 * What SageMaker has, as values: snapshots of endpoints, endpoint configs and models, the tags that say whose they are, and the
 * names and revisions we give them.
 */
package dev.pilotlight.domain.hosting;
