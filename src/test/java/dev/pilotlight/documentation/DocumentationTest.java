package dev.pilotlight.documentation;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.pilotlight.api.v1alpha1.Annotations;
import dev.pilotlight.api.v1alpha1.Pilotlight;
import dev.pilotlight.aws.AwsCall;
import dev.pilotlight.cli.Main;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.preflight.Usage;
import dev.pilotlight.inventory.Inventory;
import dev.pilotlight.inventory.InventorySettings;
import dev.pilotlight.operator.health.Passes;
import dev.pilotlight.operator.metrics.OperatorMetrics;
import dev.pilotlight.simulator.sagemaker.Scenario;
import dev.pilotlight.testing.FakeAwsSessions;
import dev.pilotlight.testing.ManualScheduler;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the pages name is there, and what there is to know is on a page. */
class DocumentationTest {
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    private static final Pattern PROGRAM = Pattern.compile("(?:^|[ /])pilotlight ([a-z]+)( delete)?\\b");
    private static final Pattern OTHER_PROGRAM =
            Pattern.compile("(?:.*\\$\\()?(?:aws|curl|docker|git|kubectl|kustomize|mvn) .*");
    private static final Pattern MAKE = Pattern.compile("\\bmake ([a-z]+)\\b");
    private static final Pattern MAKE_VARIABLE = Pattern.compile("\\bmake [a-z]+(?: [A-Z]+=\\S+)+");
    private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z][A-Z_]+(?==)");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\bPILOTLIGHT_[A-Z_]+\\b");
    private static final Pattern METRIC = Pattern.compile("\\bpilotlight_[a-z_]+[a-z]\\b");
    private static final Pattern OF_THE_GROUP = Pattern.compile("\\bpilotlight\\.dev/[a-z0-9]+\\b");
    private static final Pattern FIELD = Pattern.compile("\\b(?:spec|status)(?:\\.[a-zA-Z]+)+");
    private static final Pattern FILE =
            Pattern.compile("(?<![\\w./-])(?:\\.ci|crds|deploy|docs|samples|src)/[\\w./-]*\\w");
    private static final Pattern ADMIN_PATH = Pattern.compile("(GET|POST|DELETE) /_pilotlight/([a-z]+)");

    /** A field of CustomResourceDefinition, not of ours. */
    private static final Set<String> FOREIGN_FIELDS = Set.of("status.storedVersions");

    private static final CommandLine PROGRAMS = new CommandLine(new Main());

    static List<Page> pages() {
        return Page.all();
    }

    // ---- what a page names is there

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Page page) {
        assertThat(page.links()).allSatisfy(link -> {
            String[] parts = link.split("#", -1);
            Path target = parts[0].isEmpty()
                    ? page.file()
                    : Optional.ofNullable(page.file().getParent())
                            .orElse(Path.of(""))
                            .resolve(parts[0])
                            .normalize();
            assertThat(target).exists();
            if (parts.length > 1) {
                assertThat(Page.read(target).anchors()).contains(parts[1]);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFileIsThere(Page page) {
        assertThat(page.mentioned(FILE))
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandIsOneOfTheProgram(Page page) {
        assertThat(page.commands())
                .allSatisfy(
                        command -> assertThat(PROGRAM.matcher(command).results().map(found -> found.group(1)))
                                .isSubsetOf(PROGRAMS.getSubcommands().keySet()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFlagIsOneOfTheCommandItIsGivenTo(Page page) {
        assertThat(page.commands().stream().flatMap(command -> Arrays.stream(command.split("[|;]", -1))))
                .allSatisfy(command -> assertThat(flagsIn(command)).isSubsetOf(flagsFor(command.strip())));
        assertThat(flagsIn(page.prose())).isSubsetOf(allFlags());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyMakeTargetAndVariableIsInTheMakefile(Page page) throws IOException {
        String makefile = Files.readString(Path.of("Makefile"));
        assertThat(page.commands().stream()
                        .flatMap(command -> MAKE.matcher(command).results().map(found -> found.group(1))))
                .allSatisfy(target -> assertThat(makefile).containsPattern("(?m)^" + target + ":.*## "));
        assertThat(page.mentioned(MAKE_VARIABLE)
                        .flatMap(command -> VARIABLE.matcher(command).results().map(MatchResult::group)))
                .allSatisfy(variable -> assertThat(makefile).contains("$(" + variable + ")"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyVariableOfTheEnvironmentIsReadBySomebody(Page page) throws IOException {
        assertThat(page.mentioned(ENVIRONMENT).collect(toSet())).isSubsetOf(environment());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyMetricIsMeasured(Page page) {
        assertThat(METRIC.matcher(page.text()).results().map(MatchResult::group))
                .isSubsetOf(metrics());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyAnnotationFinalizerAndTagIsOneOfOurs(Page page) {
        Set<String> known = new TreeSet<>(new Ownership("c", "n", "o", "u", Ownership.Role.PRIMARY, "r", "d")
                .toTags()
                .keySet());
        known.addAll(List.of(
                Annotations.RETRY,
                Annotations.REFRESH,
                Annotations.ABANDON,
                Pilotlight.FINALIZER,
                Ownership.ADOPTED,
                Pilotlight.GROUP + "/" + Pilotlight.VERSION));
        assertThat(page.mentioned(OF_THE_GROUP)).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFieldIsInOneOfTheDefinitions(Page page) throws IOException {
        List<JsonNode> schemas = schemas();
        assertThat(page.mentioned(FIELD).filter(field -> !FOREIGN_FIELDS.contains(field)))
                .allSatisfy(field -> assertThat(schemas)
                        .anySatisfy(schema -> assertThat(has(schema, field)).isTrue()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPathOfTheSimulatorIsAnswered(Page page) throws IOException {
        String admin = Files.readString(Path.of("src/main/java/dev/pilotlight/simulator/admin/Admin.java"));
        assertThat(ADMIN_PATH.matcher(page.text()).results())
                .allSatisfy(path -> assertThat(admin).contains("case \"" + path.group(1) + " " + path.group(2) + "\""));
    }

    // ---- what there is to know is on a page

    @Test
    void everyFlagIsExplainedInTheHelpOfItsCommand() {
        assertThat(options(PROGRAMS)).isNotEmpty().allSatisfy(option -> {
            assertThat(option.hidden()).isFalse();
            assertThat(option.description()).isNotEmpty();
        });
        assertThat(commands("README.md")).anyMatch(command -> command.contains("--help"));
    }

    @Test
    void everyCommandOfTheProgramIsShown() {
        assertThat(Page.all().stream()
                        .flatMap(page -> page.commands().stream())
                        .flatMap(command -> PROGRAM.matcher(command).results().map(found -> found.group(1))))
                .containsAll(PROGRAMS.getSubcommands().keySet());
    }

    @Test
    void everyMetricIsOnThePageForOperators() {
        Page page = Page.read(Path.of("docs/operating.md"));
        assertThat(page.mentioned(METRIC)).containsAll(metrics());
    }

    @Test
    void everyAnnotationIsInTheReadme() {
        assertThat(String.join("\n", commands("README.md")))
                .contains(Annotations.RETRY, Annotations.REFRESH, Annotations.ABANDON);
    }

    @Test
    void everyScenarioIsOnThePageOfTheSimulator() {
        assertThat(commands("docs/simulator.md"))
                .containsAll(
                        Arrays.stream(Scenario.values()).map(Scenario::marker).toList());
    }

    @Test
    void thePlanInTheReadmeIsTheOneThatIsPrinted() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String shown = readme.substring(readme.indexOf("$ pilotlight plan"));
        String printed = Files.readString(Path.of("src/test/resources/golden/plan/change.txt"));
        assertThat(shown.substring(0, shown.indexOf("```")).lines().skip(1).filter(line -> !line.equals("...")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(printed.lines()).contains(line));
    }

    // ---- how that is found out

    private static List<String> commands(String page) {
        return Page.read(Path.of(page)).commands();
    }

    private static List<String> flagsIn(String text) {
        return FLAG.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Flags of other programs are theirs to check. */
    private static Set<String> flagsFor(String command) {
        Optional<MatchResult> ours = PROGRAM.matcher(command).results().findFirst();
        if (ours.isEmpty()) {
            return OTHER_PROGRAM.matcher(command).matches() ? Set.copyOf(flagsIn(command)) : allFlags();
        }
        CommandLine sub = PROGRAMS.getSubcommands().get(ours.get().group(1));
        CommandLine asked =
                ours.get().group(2) == null ? sub : sub.getSubcommands().get("delete");
        Set<String> flags = names(asked.getCommandSpec().options().stream());
        // What stands before it is the other program's: kubectl exec ... -- pilotlight orphans.
        flags.addAll(flagsIn(command.substring(0, ours.get().start())));
        return flags;
    }

    private static Set<String> allFlags() {
        return names(options(PROGRAMS).stream());
    }

    private static Set<String> names(Stream<OptionSpec> options) {
        return options.flatMap(option -> Arrays.stream(option.names())).collect(toCollection(TreeSet::new));
    }

    private static List<OptionSpec> options(CommandLine command) {
        return Stream.concat(
                        command.getCommandSpec().options().stream(),
                        command.getSubcommands().values().stream().flatMap(sub -> options(sub).stream()))
                .toList();
    }

    private static Set<String> environment() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path root : List.of(Path.of("Makefile"), Path.of(".ci"), Path.of("src"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(f -> !f.startsWith("src/test/java/dev/pilotlight/documentation"))
                        .filter(f ->
                                f.toString().endsWith(".java") || !f.toString().contains("."))
                        .toList()) {
                    ENVIRONMENT
                            .matcher(Files.readString(file))
                            .results()
                            .map(MatchResult::group)
                            .forEach(names::add);
                }
            }
        }
        return names;
    }

    private static List<JsonNode> schemas() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            List<Path> definitions =
                    files.filter(file -> file.toString().endsWith(".yml")).toList();
            List<JsonNode> schemas = new ArrayList<>();
            for (Path definition : definitions) {
                schemas.add(yaml.readTree(Files.readString(definition)).at("/spec/versions/0/schema/openAPIV3Schema"));
            }
            return schemas;
        }
    }

    private static boolean has(JsonNode schema, String field) {
        JsonNode at = schema;
        for (String name : field.split("\\.", -1)) {
            at = (at.has("items") ? at.path("items") : at).path("properties").path(name);
        }
        return !at.isMissingNode();
    }

    /** As Prometheus sees them. */
    private static Set<String> metrics() {
        Location here = new Location("111122223333", "us-east-1");
        ManualScheduler time = new ManualScheduler(Instant.parse("2026-01-01T00:00:00Z"));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        OperatorMetrics metrics = new OperatorMetrics(registry);
        metrics.watch(new Passes(time.clock()));
        metrics.watch(
                new Inventory(new FakeAwsSessions(time.clock()), time, InventorySettings.defaults(), Runnable::run));
        metrics.watch(here, () -> Usage.NONE, () -> Usage.NONE, () -> 0, Optional::empty);
        metrics.watchPolicy("ml-prod", "office-hours", () -> 0, () -> 0);
        metrics.watchColdStarts("ml-prod", "office-hours", Optional::empty, Optional::empty);
        metrics.called(new AwsCall(here, "sagemaker:CreateModel", true, Optional.empty(), "", "r-1", Duration.ZERO));
        metrics.held(here, "sagemaker:CreateModel", Instant.EPOCH);
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(DocumentationTest::name)
                .collect(toSet());
    }

    private static String name(Meter.Id id) {
        return id.getName().replace('.', '_')
                + Map.of(Meter.Type.COUNTER, "_total", Meter.Type.TIMER, "_seconds")
                        .getOrDefault(id.getType(), "");
    }
}
