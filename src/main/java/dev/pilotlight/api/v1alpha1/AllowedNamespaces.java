package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Namespaces that may use an identity: those named, and those selected. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AllowedNamespaces(
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 256) @JsonPropertyDescription("Names of namespaces, exact; at most 256. Default: none. Example: [ml-prod].")
        List<String> names,

        @JsonPropertyDescription(
                "Selects further namespaces by label. Whoever may label namespaces may then grant this identity. Default: none.")
        NamespaceSelector selector) {
    public AllowedNamespaces {
        names = names == null ? List.of() : List.copyOf(names);
    }
}
