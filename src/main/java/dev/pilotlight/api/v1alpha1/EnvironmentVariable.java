package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One environment variable of the model container. */
@ValidationRule(
        value = "self.name.matches('^[A-Za-z_][A-Za-z0-9_]*$')",
        message = "name must be letters, digits and underscores and must not start with a digit: rename the variable",
        fieldPath = ".name")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EnvironmentVariable(
        @Required
        @Size(max = 1024) @JsonPropertyDescription(
                "Name of the variable: letters, digits and underscores, not starting with a digit; at most 1024 characters. Example: SAGEMAKER_PROGRAM.")
        String name,

        @Required
        @Size(max = 1024) @JsonPropertyDescription(
                "Value of the variable, at most 1024 characters; may be empty. It is readable in AWS and in status: never put a secret here. Example: inference.py.")
        String value) {}
