package dev.pilotlight.domain.endpoint;

import dev.pilotlight.api.v1alpha1.RevisionRecord;
import dev.pilotlight.api.v1alpha1.ServerlessEndpointStatus;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What may still exist in AWS when an object is let go without a look. */
final class Leftovers {

    private Leftovers() {}

    /** By name, as far as the history knows; the pattern covers what it does not. */
    static String describe(Desired desired, ServerlessEndpointStatus remembered) {
        Set<String> endpoints = new TreeSet<>(Set.of(desired.endpointName()));
        remembered.revisions().stream()
                .filter(record -> record.previewEndpointConfigName() != null)
                .forEach(record -> endpoints.add(desired.names().preview(record.name())));
        Set<String> configs = names(remembered.revisions().stream()
                .filter(record -> !record.cameWithTheEndpoint())
                .flatMap(record -> Stream.of(record.endpointConfigName(), record.previewEndpointConfigName())));
        Set<String> models = names(remembered.revisions().stream()
                .filter(record -> !record.cameWithTheEndpoint())
                .map(RevisionRecord::modelName));
        return "endpoints " + String.join(", ", endpoints)
                + (configs.isEmpty() ? "" : "; endpoint configs " + String.join(", ", configs))
                + (models.isEmpty() ? "" : "; models " + String.join(", ", models))
                + "; and whatever else is named " + desired.names().stem() + "-*";
    }

    private static Set<String> names(Stream<String> names) {
        Set<String> sorted = new TreeSet<>();
        names.filter(Objects::nonNull).forEach(sorted::add);
        return sorted;
    }
}
