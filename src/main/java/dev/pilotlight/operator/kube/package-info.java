/**
 * What the operator writes to Kubernetes besides its finalizer: status and events, each through one class that knows the races.
 */
package dev.pilotlight.operator.kube;
