package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Namespaces that may use an identity: those named, and those selected. */
@ValidationRule(
        value = "!has(self.names) || self.names.all(n, n.matches('^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'))",
        message = "names must be exact names of namespaces: use selector to allow namespaces by label",
        fieldPath = ".names")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AllowedNamespaces(
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 256) @JsonPropertyDescription("Names of namespaces, exact; at most 256. Default: none. Example: [ml-prod].")
        List<@Size(min = 1, max = 63) String> names,

        @JsonPropertyDescription(
                "Selects further namespaces by label. Whoever may label namespaces may then grant this identity. Default: none.")
        NamespaceSelector selector) {
    public AllowedNamespaces {
        names = names == null ? List.of() : List.copyOf(names);
    }
}
