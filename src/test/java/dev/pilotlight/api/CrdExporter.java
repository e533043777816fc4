package dev.pilotlight.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.ServerlessEndpoint;
import dev.pilotlight.api.v1alpha1.WarmPolicy;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes the files in {@code crds/} from the types in {@link dev.pilotlight.api.v1alpha1}. What fabric8's generator
 * cannot say is added here: how lists merge under server-side apply, that {@code spec} is required, what the status is
 * before the first report, and the description of a kind.
 */
final class CrdExporter {
    private static final String HEADER = "# Generated from the types in dev.pilotlight.api; to update: make crds\n";

    private static final List<Class<? extends CustomResource<?, ?>>> KINDS =
            List.of(AWSIdentity.class, ServerlessEndpoint.class, WarmPolicy.class);

    /** Lists of objects, and the field by which their items are told apart. */
    private static final Map<String, String> MAP_LISTS = Map.ofEntries(
            Map.entry("spec.model.environment", "name"),
            Map.entry("spec.rollout.validation.requests", "name"),
            Map.entry("spec.provisionedConcurrency.windows", "name"),
            Map.entry("spec.provisionedConcurrency.exceptions", "name"),
            Map.entry("spec.tags", "key"),
            Map.entry("spec.defaultTags", "key"),
            Map.entry("status.conditions", "type"),
            Map.entry("status.forecast.windows", "name"),
            Map.entry("status.ledger.slotSeconds", "memorySizeInMB"),
            Map.entry("status.pastLedger.slotSeconds", "memorySizeInMB"),
            Map.entry("status.revisions", "name"),
            Map.entry("status.validation.requests", "name"),
            Map.entry("status.externalIDs", "namespace"),
            Map.entry("status.usage", "region"));

    /** Lists one writer always writes as a whole, in the way Kubernetes treats the requirements of a selector. */
    private static final List<String> ATOMIC_LISTS = List.of("spec.allowedNamespaces.selector.matchExpressions");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR));

    private CrdExporter() {}

    /** The definitions as trees, by file name. */
    static SortedMap<String, ObjectNode> definitions() {
        var serialization = new KubernetesSerialization();
        var definitions = new TreeMap<String, ObjectNode>();
        for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
            var generated = new ArrayList<HasMetadata>();
            new CRDGenerator()
                    .customResourceClasses(List.of(kind))
                    .forCRDVersions("v1")
                    .withOutput(new Discarded())
                    .withPostProcessor(new CRDPostProcessor() {
                        @Override
                        public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
                            generated.add(crd);
                            return crd;
                        }
                    })
                    .generate();
            HasMetadata crd = generated.getFirst();
            ObjectNode tree = serialization.convertValue(crd, ObjectNode.class);
            refine(tree, kind);
            definitions.put(crd.getMetadata().getName() + "-v1.yml", tree);
        }
        return definitions;
    }

    /** The definitions as text, by file name. */
    static SortedMap<String, String> files() {
        var files = new TreeMap<String, String>();
        definitions().forEach((name, tree) -> {
            try {
                files.put(name, HEADER + YAML.writeValueAsString(tree));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return files;
    }

    private static void refine(ObjectNode crd, Class<?> kind) {
        for (var version : crd.withArray("/spec/versions")) {
            var schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
            schema.put(
                    "description",
                    kind.getAnnotation(JsonClassDescription.class).value());
            schema.putArray("required").add("spec");
            describe(schema, "spec", "What is wanted.");
            describe(schema, "status", "What Pilotlight found and did; written by the operator only.");
            // Who waits for an object (kstatus, and so Flux) takes one without any status for current.
            ((ObjectNode) schema.at("/properties/status")).putObject("default").put("observedGeneration", -1);
            orderColumns((ArrayNode) version.path("additionalPrinterColumns"), kind);
            refine(schema, "");
        }
    }

    private static void describe(ObjectNode schema, String property, String description) {
        ((ObjectNode) schema.path("properties").path(property)).put("description", description);
    }

    /** Columns print in the order of the definition; the generator sorts them by path instead. */
    private static void orderColumns(ArrayNode columns, Class<?> kind) {
        var byName = new LinkedHashMap<String, ObjectNode>();
        columns.forEach(
                column -> byName.put(column.path("name").asText().toUpperCase(Locale.ROOT), (ObjectNode) column));
        columns.removeAll();
        for (var column : kind.getAnnotationsByType(AdditionalPrinterColumn.class)) {
            columns.add(byName.get(column.name().toUpperCase(Locale.ROOT)));
        }
    }

    private static void refine(ObjectNode schema, String path) {
        for (String bound : List.of("minimum", "maximum")) {
            if (schema.has(bound)) {
                schema.put(bound, schema.path(bound).asLong());
            }
        }
        if (schema.path("type").asText().equals("array")) {
            mergeOf(schema, path);
        }
        for (var property : schema.path("properties").properties()) {
            refine(
                    (ObjectNode) property.getValue(),
                    path.isEmpty() ? property.getKey() : path + "." + property.getKey());
        }
        for (String nested : List.of("items", "additionalProperties")) {
            if (schema.path(nested) instanceof ObjectNode node) {
                refine(node, path + "[]");
            }
        }
    }

    private static void mergeOf(ObjectNode list, String path) {
        String key = MAP_LISTS.get(path);
        if (key != null) {
            list.put("x-kubernetes-list-type", "map");
            list.putArray("x-kubernetes-list-map-keys").add(key);
        } else if (list.at("/items/type").asText().equals("string") && !path.contains("[]")) {
            list.put("x-kubernetes-list-type", "set");
        } else if (ATOMIC_LISTS.contains(path) || path.contains("[]")) {
            list.put("x-kubernetes-list-type", "atomic");
        } else {
            throw new IllegalStateException("say in CrdExporter how the items of " + path + " are told apart");
        }
    }

    /** The generator must write somewhere; the post-processor has what is wanted already. */
    private static final class Discarded implements CRDGenerator.CRDOutput<OutputStream> {
        @Override
        public OutputStream outputFor(String crdName) {
            return new ByteArrayOutputStream();
        }

        @Override
        public URI crdURI(String crdName) {
            return Path.of("crds", crdName).toUri();
        }

        @Override
        public void close() {
            // nothing is kept open
        }
    }
}
