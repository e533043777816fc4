package dev.pilotlight.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The definitions in {@code crds/} are those of the types, and keep what the API promises to GitOps tools. */
final class CrdExportTest {
    private static final Path CRDS = Path.of("crds");
    private static final Path SHAPES = Path.of("src/test/resources/golden/fields.txt");
    private static final SortedMap<String, ObjectNode> DEFINITIONS = CrdExporter.definitions();

    @Test
    void theCheckedInDefinitionsAreThoseOfTheTypes() throws IOException {
        SortedMap<String, String> wanted = CrdExporter.files();
        if (Boolean.getBoolean("crds.update")) {
            for (var file : wanted.entrySet()) {
                Files.writeString(CRDS.resolve(file.getKey()), file.getValue(), UTF_8);
            }
        }
        var checkedIn = new TreeMap<String, String>();
        try (var files = Files.list(CRDS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yml")).toList()) {
                checkedIn.put(file.getFileName().toString(), Files.readString(file, UTF_8));
            }
        }
        assertThat(checkedIn)
                .as(
                        "crds/ differs from the types; update it with make crds, or: mvn test -Dtest=CrdExportTest -Dcrds.update=true")
                .isEqualTo(wanted);
    }

    /** What goes out of use stays for two minor versions; CONTRIBUTING.md says how a field goes. */
    @Test
    void noFieldAndNoValueThatWasEverWrittenIsGoneOrOfAnotherType() throws IOException {
        var now = new TreeSet<>(findings((field, shapes) -> {
            shapes.add(field.path() + " " + field.schema().path("type").asText());
            field.schema().path("enum").forEach(value -> shapes.add(field.path() + " may be " + value.asText()));
        }));
        if (Boolean.getBoolean("crds.update")) {
            var all = new TreeSet<>(Files.readAllLines(SHAPES, UTF_8));
            all.addAll(now);
            Files.write(SHAPES, all, UTF_8);
        }
        assertThat(now).containsAll(Files.readAllLines(SHAPES, UTF_8));
    }

    @Test
    void everyFieldHasADescription() {
        assertThat(findings((field, findings) -> {
                    String description = field.schema().path("description").asText();
                    if (!field.isItem() && (description.isBlank() || !description.endsWith("."))) {
                        findings.add(field.path());
                    }
                }))
                .as("fields without a sentence that describes them")
                .isEmpty();
    }

    @Test
    void everyNumberAndTextOfASpecSaysWhatItLooksLike() {
        assertThat(findings((field, findings) -> {
                    String description = field.schema().path("description").asText();
                    boolean shown = description.contains("Example: ")
                            || description.contains("Default: ")
                            || field.schema().has("enum");
                    if (field.inSpec() && !field.isItem() && field.isScalar() && !shown) {
                        findings.add(field.path());
                    }
                }))
                .as("spec fields with neither an example nor a default in their description")
                .isEmpty();
    }

    @Test
    void noListItemHasADefault() {
        assertThat(findings((field, findings) -> {
                    if (field.path().contains("[]") && field.schema().has("default")) {
                        findings.add(field.path());
                    }
                }))
                .as("a default under a list item shows up as a diff in GitOps tools")
                .isEmpty();
    }

    @Test
    void aDefaultIsDocumentedAndAScalar() {
        assertThat(findings((field, findings) -> {
                    JsonNode value = field.schema().path("default");
                    boolean documented =
                            field.schema().path("description").asText().contains("Default: " + value.asText() + ".");
                    if (!value.isMissingNode() && field.inSpec() && (value.isContainerNode() || !documented)) {
                        findings.add(field.path());
                    }
                }))
                .isEmpty();
    }

    @Test
    void anObjectNobodyReportedOnIsOfNoGeneration() {
        assertThat(DEFINITIONS.values())
                .allSatisfy(
                        crd -> assertThat(crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/status/default"))
                                .hasToString("{\"observedGeneration\":-1}"));
    }

    /** A scale subresource would be written by people and autoscalers alike, and nothing in a spec is meant for both. */
    @Test
    void statusIsTheOnlySubresource() {
        assertThat(DEFINITIONS.values())
                .allSatisfy(crd -> assertThat(
                                crd.at("/spec/versions/0/subresources").fieldNames())
                        .toIterable()
                        .containsExactly("status"));
    }

    @Test
    void everythingInASpecIsBounded() {
        assertThat(findings((field, findings) -> {
                    if (!field.inSpec()) {
                        return;
                    }
                    boolean bounded =
                            switch (field.schema().path("type").asText()) {
                                case "string" ->
                                    field.schema().has("maxLength")
                                            || field.schema().has("enum");
                                case "array" -> field.schema().has("maxItems");
                                case "integer" ->
                                    field.schema().has("minimum")
                                            && field.schema().has("maximum");
                                case "object" ->
                                    !field.schema().has("additionalProperties")
                                            || field.schema().has("maxProperties");
                                default -> true;
                            };
                    if (!bounded) {
                        findings.add(field.path());
                    }
                }))
                .as("without bounds the API server cannot tell what the rules cost")
                .isEmpty();
    }

    @Test
    void everyListSaysHowItMerges() {
        assertThat(findings((field, findings) -> {
                    if (field.schema().path("type").asText().equals("array")
                            && !field.schema().has("x-kubernetes-list-type")) {
                        findings.add(field.path());
                    }
                }))
                .isEmpty();
    }

    @Test
    void everyRuleSaysOnceWhatToDo() {
        assertThat(findings((field, findings) -> {
                    var seen = new ArrayList<String>();
                    for (JsonNode rule : field.schema().path("x-kubernetes-validations")) {
                        String text = rule.path("rule").asText();
                        if (rule.path("message").asText().isBlank() || seen.contains(text)) {
                            findings.add(field.path() + ": " + text);
                        }
                        seen.add(text);
                    }
                }))
                .isEmpty();
    }

    @Test
    void theConstantForUnknownValuesIsNotInTheSchema() {
        assertThat(CrdExporter.files().values()).noneMatch(text -> text.contains("UNKNOWN"));
    }

    /** Names of all fields a user may write, of every kind. */
    static List<String> specFields() {
        return findings((field, fields) -> {
            if (field.inSpec() && !field.isItem()) {
                fields.add(field.path().substring(field.path().lastIndexOf('.') + 1));
            }
        });
    }

    /** One place in a schema. */
    private record Field(String path, JsonNode schema) {
        boolean inSpec() {
            return path.contains(".spec");
        }

        boolean isItem() {
            return path.endsWith("[]");
        }

        boolean isScalar() {
            return !List.of("object", "array").contains(schema.path("type").asText());
        }
    }

    private static List<String> findings(BiConsumer<Field, List<String>> check) {
        var findings = new ArrayList<String>();
        DEFINITIONS
                .values()
                .forEach(crd -> crd.withArray("/spec/versions")
                        .forEach(version -> visit(
                                new Field(crd.at("/spec/names/kind").asText(), version.at("/schema/openAPIV3Schema")),
                                field -> check.accept(field, findings))));
        return findings;
    }

    private static void visit(Field field, Consumer<Field> visitor) {
        visitor.accept(field);
        for (var property : field.schema().path("properties").properties()) {
            visit(new Field(field.path() + "." + property.getKey(), property.getValue()), visitor);
        }
        for (String nested : List.of("items", "additionalProperties")) {
            if (field.schema().has(nested)) {
                visit(new Field(field.path() + "[]", field.schema().path(nested)), visitor);
            }
        }
    }
}
