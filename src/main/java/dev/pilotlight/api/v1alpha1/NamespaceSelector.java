package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Selects namespaces by label; all requirements must hold. An empty selector selects nothing. */
@ValidationRule(
        value =
                "has(self.matchLabels) && self.matchLabels.size() > 0 || has(self.matchExpressions) && self.matchExpressions.size() > 0",
        message =
                "selector must have matchLabels or matchExpressions: an empty one selects nothing, so remove it or add a label")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NamespaceSelector(
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) @JsonPropertyDescription("Labels a namespace must carry, key and value; at most 16. Example: {team: ml}.")
        Map<String, @Size(max = 63) String> matchLabels,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) @JsonPropertyDescription("Requirements on labels, all of which must hold; at most 16. Default: none.")
        List<NamespaceSelectorRequirement> matchExpressions) {
    public NamespaceSelector {
        matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
        matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
    }
}
