package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** One requirement on the labels of a namespace. */
@ValidationRule(
        value =
                "self.operator in ['In', 'NotIn'] ? has(self.values) && self.values.size() > 0 : !has(self.values) || self.values.size() == 0",
        message =
                "values are required with operator In and NotIn, and not allowed with Exists and DoesNotExist: add or remove them",
        fieldPath = ".values")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NamespaceSelectorRequirement(
        @Required
        @Size(min = 1, max = 316) @JsonPropertyDescription("Label key the requirement is about. Example: team.")
        String key,

        @Required @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist.")
        SelectorOperator operator,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64) @JsonPropertyDescription("Values for In and NotIn; must be empty for Exists and DoesNotExist. Example: [ml].")
        List<@Size(max = 63) String> values) {
    public NamespaceSelectorRequirement {
        values = values == null ? List.of() : List.copyOf(values);
    }
}
