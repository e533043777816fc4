package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The {@link ServerlessEndpoint} that a policy keeps warm. */
@ValidationRule(
        value = "self.name.matches('^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')",
        message = "name must be the name of a ServerlessEndpoint of this namespace, such as sentiment",
        fieldPath = ".name")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TargetReference(
        @Required
        @Size(max = 63) @JsonPropertyDescription(
                "Name of the ServerlessEndpoint in this namespace: a DNS label of at most 63 characters. Example: sentiment.")
        String name) {}
