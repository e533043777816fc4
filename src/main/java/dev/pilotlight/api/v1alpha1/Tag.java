package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One AWS tag. */
@ValidationRule(
        value = "self.key.matches('^[\\\\p{L}\\\\p{Z}\\\\p{N}_.:/=+@-]+$')",
        message = "key may have letters, digits, spaces and _.:/=+-@ only: remove the other characters",
        fieldPath = ".key")
@ValidationRule(
        value = "!self.key.lowerAscii().startsWith('aws:')",
        message = "key must not start with aws: (AWS keeps that prefix for itself): choose another key",
        fieldPath = ".key")
@ValidationRule(
        value = "!self.key.lowerAscii().startsWith('pilotlight.dev/')",
        message = "key must not start with pilotlight.dev/ (Pilotlight marks its objects with it): choose another key",
        fieldPath = ".key")
@ValidationRule(
        value = "self.value.matches('^[\\\\p{L}\\\\p{Z}\\\\p{N}_.:/=+@-]*$')",
        message = "value may have letters, digits, spaces and _.:/=+-@ only: remove the other characters",
        fieldPath = ".value")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Tag(
        @Required
        @Size(max = 128) @JsonPropertyDescription(
                "Key of the tag: 1 to 128 letters, digits, spaces or _.:/=+-@; the prefixes aws: and pilotlight.dev/ are reserved. Example: cost-center.")
        String key,

        @Required
        @Size(max = 256) @JsonPropertyDescription(
                "Value of the tag: up to 256 letters, digits, spaces or _.:/=+-@; may be empty. Quote numbers. Example: \"42\".")
        String value) {}
