package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One AWS tag. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Tag(
        @Required
        @Size(min = 1, max = 128) @JsonPropertyDescription(
                "Key of the tag: 1 to 128 letters, digits, spaces or _.:/=+-@; the prefixes aws: and pilotlight.dev/ are reserved. Example: cost-center.")
        String key,

        @Required
        @Size(max = 256) @JsonPropertyDescription(
                "Value of the tag: up to 256 letters, digits, spaces or _.:/=+-@; may be empty. Quote numbers. Example: \"42\".")
        String value) {}
