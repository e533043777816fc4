/** A small GitOps sync engine, for tests of how the product takes what Argo CD does to it. */
package dev.pilotlight.testing.gitops;
