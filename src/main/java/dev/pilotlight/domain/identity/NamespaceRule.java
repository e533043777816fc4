package dev.pilotlight.domain.identity;

import dev.pilotlight.api.v1alpha1.AllowedNamespaces;
import dev.pilotlight.api.v1alpha1.NamespaceSelector;
import dev.pilotlight.api.v1alpha1.NamespaceSelectorRequirement;
import dev.pilotlight.api.v1alpha1.SelectorOperator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which namespaces an identity is for: those named and those selected, where an empty selector selects nothing. */
record NamespaceRule(List<String> names, Optional<NamespaceSelector> selector) {

    static NamespaceRule of(AllowedNamespaces allowed) {
        return allowed == null
                ? new NamespaceRule(List.of(), Optional.empty())
                : new NamespaceRule(allowed.names(), Optional.ofNullable(allowed.selector()));
    }

    boolean allows(TenantNamespace namespace) {
        return PlainForms.isDnsLabel(namespace.name())
                && (names.contains(namespace.name())
                        || selector.filter(s -> selects(s, namespace.labels())).isPresent());
    }

    private static boolean selects(NamespaceSelector selector, Map<String, String> labels) {
        boolean empty =
                selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty();
        return !empty
                && labels.entrySet().containsAll(selector.matchLabels().entrySet())
                && selector.matchExpressions().stream().allMatch(requirement -> holds(requirement, labels));
    }

    private static boolean holds(NamespaceSelectorRequirement requirement, Map<String, String> labels) {
        SelectorOperator operator = requirement.operator() == null ? SelectorOperator.UNKNOWN : requirement.operator();
        String key = requirement.key();
        if (key == null || key.isEmpty()) {
            return false;
        }
        String value = labels.get(key);
        List<String> values = requirement.values();
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> !values.isEmpty() && (value == null || !values.contains(value));
            case EXISTS -> values.isEmpty() && value != null;
            case DOES_NOT_EXIST -> values.isEmpty() && value == null;
            // Written by a newer version: what it would demand is not known, so it is not met.
            case UNKNOWN -> false;
        };
    }
}
