/** What is shipped beside the program: manifests, AWS policies, Argo CD scripts, the image and the scripts that build it all. */
package dev.pilotlight.deploy;
