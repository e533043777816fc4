/** What lies between the operator and the API server in bad times: a proxy that loses, refuses, delays and falsifies on demand. */
package dev.pilotlight.testing.proxy;
