/** What the API server would say of an object, without one: defaults, structure and CEL rules of our own CustomResourceDefinitions. */
package dev.pilotlight.domain.schema;
