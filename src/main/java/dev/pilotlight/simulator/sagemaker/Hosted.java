package dev.pilotlight.simulator.sagemaker;

import java.util.List;

/**
 * A variant that serves, as the runtime sees it.
 *
 * @param deployment changes whenever containers start anew
 * @param serverless false for a variant on instances: then there is no maximum and no cold start
 * @param memory MemorySizeInMB, 0 for instances
 * @param max MaxConcurrency
 * @param provisioned ProvisionedConcurrency, 0 for none
 * @param image as the model names it
 * @param imageNames image and tags, by which behaviours are chosen
 * @param imageSizeInBytes what a cold start has to load
 */
public record Hosted(
        String endpointName,
        String endpointArn,
        long deployment,
        String variant,
        boolean serverless,
        int memory,
        int max,
        int provisioned,
        String image,
        List<String> imageNames,
        long imageSizeInBytes,
        Scenario scenario) {}
