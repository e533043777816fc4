/** SageMaker's control plane for hosting: models, endpoint configurations, endpoints, tags. */
package dev.pilotlight.simulator.sagemaker;
