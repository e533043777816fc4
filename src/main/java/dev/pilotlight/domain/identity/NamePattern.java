package dev.pilotlight.domain.identity;

import java.util.Locale;

/**
 * A pattern for endpoint names: {@code *} stands for any characters, <code>{namespace}</code> for the namespace that asks. Case does
 * not count, because endpoint names in AWS differ by more than case. Matched without regular expressions, in linear steps.
 */
record NamePattern(String pattern) {
    private static final String NAMESPACE = "{namespace}";

    /** Both must be in plain form already: then neither holds a {@code *} and lower case is ASCII only. */
    boolean matches(String endpointName, String namespace) {
        String name = endpointName.toLowerCase(Locale.ROOT);
        String[] parts = pattern.toLowerCase(Locale.ROOT)
                .replace(NAMESPACE, namespace.toLowerCase(Locale.ROOT))
                .split("\\*", -1);
        String first = parts[0];
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return name.equals(first);
        }
        if (!name.startsWith(first)) {
            return false;
        }
        int from = first.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int at = name.indexOf(parts[i], from);
            if (at < 0) {
                return false;
            }
            from = at + parts[i].length();
        }
        return name.length() - last.length() >= from && name.endsWith(last);
    }
}
