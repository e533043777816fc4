package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Size of the endpoint, in the terms of AWS's ServerlessConfig. */
@ValidationRule(
        value = "self.memorySizeInMB % 1024 == 0",
        message = "memorySizeInMB must be 1024, 2048, 3072, 4096, 5120 or 6144: take the next larger one",
        fieldPath = ".memorySizeInMB")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServerlessSpec(
        @Required
        @Min(1024) @Max(6144) @JsonPropertyDescription(
                "Memory of one container in MB: 1024, 2048, 3072, 4096, 5120 or 6144. AWS gives CPU in proportion. A change makes a new revision. Example: 2048.")
        Integer memorySizeInMB,

        @Required
        @Min(1) @Max(200) @JsonPropertyDescription(
                "Invocations the endpoint serves at the same time; more are throttled. 1 to 200, and within the account's quota of the Region. A change needs no new revision. Example: 20.")
        Integer maxConcurrency,

        @Min(1) @Max(200) @JsonPropertyDescription(
                "Invocations kept warm all the time, billed while allocated: 1 to 200, at most maxConcurrency. Omit it for none (the default). Going to or from none replaces the endpoint configuration and costs cold starts. Example: 2.")
        Integer provisionedConcurrency) {}
