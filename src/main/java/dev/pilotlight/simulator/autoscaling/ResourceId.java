package dev.pilotlight.simulator.autoscaling;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code endpoint/<EndpointName>/variant/<VariantName>}. */
record ResourceId(String endpointName, String variantName) {
    private static final Pattern FORM = Pattern.compile("endpoint/([^/]+)/variant/([^/]+)");

    static Optional<ResourceId> of(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(new ResourceId(parts.group(1), parts.group(2))) : Optional.empty();
    }

    String text() {
        return "endpoint/" + endpointName + "/variant/" + variantName;
    }
}
