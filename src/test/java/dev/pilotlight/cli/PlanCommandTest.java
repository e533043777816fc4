package dev.pilotlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pilotlight plan} on files alone. Golden outputs are written anew with {@code -Dplan.update=true}. */
class PlanCommandTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/plan");
    private static final String IDENTITY = "samples/quickstart/10-awsidentity.yaml";
    private static final String BEFORE = "samples/plan/before";
    private static final String AFTER = "samples/plan/after";

    @TempDir
    Path folder;

    record Ended(int exitCode, String out, String err) {}

    static Ended plan(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> command = new ArrayList<>(List.of("plan"));
        command.addAll(List.of(arguments));
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(command.toArray(String[]::new));
        return new Ended(exit, out.toString(), err.toString());
    }

    // ---- what it prints

    @ParameterizedTest
    @CsvSource({"text,txt", "json,json", "markdown,md"})
    void aChangeOfSeveralEndpointsIsShownWithItsStepsAndItsPrice(String output, String suffix) throws IOException {
        Ended plan = plan("-f", AFTER, "-f", IDENTITY, "--from", BEFORE, "--prune", "-o", output);

        assertThat(plan.err()).isEmpty();
        assertThat(plan.exitCode()).isEqualTo(2);
        assertGolden("change." + suffix, plan.out());
    }

    @ParameterizedTest
    @CsvSource({"text,txt", "json,json", "markdown,md"})
    void whatIsWrongIsShownNextToWhatIsRight(String output, String suffix) throws IOException {
        Path files = Files.createDirectories(folder.resolve("files"));
        write(
                files.resolve("a.yaml"),
                endpoint("good", "") + "---\n"
                        + endpoint("refused", "    modelDataURL: s3://somebody-elses/model.tar.gz\n") + "---\n"
                        + endpoint("misspelt", "    modelDataUrl: s3://ml-prod-models/model.tar.gz\n"));
        write(files.resolve("b.yaml"), "apiVersion: pilotlight.dev/v1alpha1\nkind: {{ .Values.kind }}\n");

        Ended plan = plan("-f", files.toString(), "-f", IDENTITY, "-o", output);

        assertThat(plan.err()).isEmpty();
        assertThat(plan.exitCode()).isEqualTo(1);
        assertGolden("errors." + suffix, plan.out().replace(folder.toString(), "FOLDER"));
    }

    private static void assertGolden(String name, String actual) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("plan.update")) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }

    @Test
    void jsonSaysWhichVersionOfItsShapeItHas() throws IOException {
        JsonNode plan = new ObjectMapper()
                .readTree(plan("-f", AFTER, "-f", IDENTITY, "-o", "json").out());

        assertThat(plan.path("version").asInt()).isEqualTo(1);
        assertThat(plan.path("counts").path("create").asInt()).isEqualTo(4);
        assertThat(plan.path("endpoints").findValuesAsText("name")).isSorted();
    }

    // ---- how it ends

    @Test
    void theSameFilesOnBothSidesAreNothingToDo() {
        Ended plan = plan("-f", AFTER, "--from", AFTER, "-f", IDENTITY);

        assertThat(plan.exitCode()).as(plan.out()).isZero();
        assertThat(plan.out()).contains("4 unchanged");
    }

    @Test
    void filesWithoutAnyEndpointAreNothingToDo() {
        Ended plan = plan("-f", "samples/quickstart/00-namespace.yaml");

        assertThat(plan.exitCode()).as(plan.out()).isZero();
        assertThat(plan.out()).contains("Plan: no ServerlessEndpoints.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"samples/minimal.yaml", "samples/full.yaml", "samples/quickstart", "samples"})
    void theSamplesAreChangesAndNoErrors(String sample) {
        Ended plan = sample.equals("samples")
                ? plan("-f", "samples/provisioned-concurrency.yaml", "-f", IDENTITY)
                : plan("-f", sample);

        assertThat(plan.exitCode()).as(plan.out()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "-f samples --from samples --live,exclude each other",
        "-f samples --prune,--prune needs",
        "--output text,--filename",
        "-f samples --output xml,--output",
        "-f samples --live --cluster-id a/b,--cluster-id must be",
    })
    void wrongArgumentsEndInOneAsTwoMeansChanges(String arguments, String said) {
        Ended plan = plan(arguments.split(" "));

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.err()).contains(said);
        assertThat(plan.out()).isEmpty();
    }

    // ---- what it finds out

    @Test
    void whatIsNoLongerInTheFilesIsOnlyDeletedWhenAsked() {
        Ended kept = plan("-f", AFTER, "-f", IDENTITY, "--from", BEFORE);
        Ended pruned = plan("-f", AFTER, "-f", IDENTITY, "--from", BEFORE, "--prune");

        assertThat(kept.out())
                .contains("ml-prod/tickets is no longer in the files")
                .doesNotContain("DeleteModel");
        assertThat(pruned.out()).contains("- ml-prod/tickets: delete", "DeleteEndpoint ", "DeleteModel ");
    }

    @Test
    void anIdentityThatIsNotInTheFilesIsSaidToBeUnchecked() {
        assertThat(plan("-f", AFTER).out())
                .contains("AWSIdentity ml-prod is not in the files: its allow-lists were not checked");
    }

    @ParameterizedTest
    @CsvSource({
        "'  tags: [{key: team, value: ml}]',tag,AddTags",
        "'  deletionPolicy: Retain',change settings,'spec.deletionPolicy: (not set) -> Retain'",
        "'  suspend: true',change settings,spec.suspend is true",
    })
    void whatIsNoRevisionAndNoCapacityIsAChangeAllTheSame(String field, String action, String said) throws IOException {
        Path old = write(folder.resolve("old.yaml"), endpoint("a", ""));
        Path changed = write(folder.resolve("new.yaml"), endpoint("a", "") + field + "\n");

        Ended plan = plan("-f", changed.toString(), "--from", old.toString());

        assertThat(plan.exitCode()).as(plan.out()).isEqualTo(2);
        assertThat(plan.out()).contains("~ ml-prod/a: " + action, said).doesNotContain("CreateModel", "UpdateEndpoint");
    }

    @Test
    void whatIsRetainedStaysInAwsAndIsStillPaidFor() throws IOException {
        Path old = write(
                folder.resolve("old.yaml"),
                endpoint("a", "").replace("maxConcurrency: 5", "maxConcurrency: 5\n    provisionedConcurrency: 1")
                        + "  deletionPolicy: Retain\n");
        Path empty = write(folder.resolve("new.yaml"), "");

        Ended plan = plan("-f", empty.toString(), "--from", old.toString(), "--prune");

        assertThat(plan.out())
                .contains(
                        "- ml-prod/a: let go",
                        "DeleteTags ",
                        "cost      26.28 USD a month",
                        "note: it serves on in AWS")
                .doesNotContain("DeleteEndpoint", "DeleteModel");
    }

    @Test
    void inPlaceMakesNoPreview() throws IOException {
        String rollout = "  rollout: {strategy: InPlace}\n";
        Path old = write(folder.resolve("old.yaml"), endpoint("a", "") + rollout);
        Path changed = write(folder.resolve("new.yaml"), endpoint("a", "").replace("1.4.0", "1.5.0") + rollout);

        assertThat(plan("-f", changed.toString(), "--from", old.toString()).out())
                .contains("~ ml-prod/a: roll out", "UpdateEndpoint ")
                .doesNotContain("preview", "-pv-");
    }

    @Test
    void helpNamesTheExitCodes() {
        Ended help = plan("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains(
                        "Files alone do not tell",
                        "0 nothing to do, 2 changes, 1 errors",
                        "--from",
                        "--live",
                        "--prune");
    }

    @Test
    void twoObjectsThatWantOneEndpointAreFoundOut() throws IOException {
        write(folder.resolve("a.yaml"), named("first", "ml-prod-same") + "---\n" + named("second", "ml-prod-same"));

        Ended plan = plan("-f", folder.toString(), "-f", IDENTITY);

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out())
                .contains("! ml-prod/second: blocked", "NameTaken", "belongs to ServerlessEndpoint ml-prod/first");
    }

    @Test
    void aFieldThatCannotChangeIsHeldAgainstTheOlderFiles() throws IOException {
        Path old = write(folder.resolve("old.yaml"), endpoint("a", ""));
        Path changed = write(folder.resolve("new.yaml"), endpoint("a", "").replace("us-east-1\n", "us-west-2\n"));

        Ended plan = plan("-f", changed.toString(), "--from", old.toString(), "--prune");

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out())
                .contains(
                        "document 1, ServerlessEndpoint ml-prod/a: spec.region: region cannot be changed: set it back to us-east-1")
                .doesNotContain("DeleteEndpoint");
    }

    @Test
    void withChecksOffAnImageTagIsDeployedAsWritten() throws IOException {
        Path file = write(folder.resolve("a.yaml"), endpoint("a", "") + "  preflight: \"Off\"\n");

        Ended plan = plan("-f", file.toString());

        assertThat(plan.exitCode()).as(plan.out()).isEqualTo(2);
        assertThat(plan.out()).contains("+ ml-prod/a: create", "CreateModel ", "sentiment:1.4.0");
    }

    @ParameterizedTest
    @CsvSource({
        "endpoints: 1,endpoints of the namespace: 1 in use and 1 more",
        "totalConcurrency: 9,maxConcurrency of the namespace: 5 in use and 5 more",
    })
    void whatExceedsALimitOfTheIdentityIsFoundOutOverAllFiles(String limit, String said) throws IOException {
        Path file = write(folder.resolve("a.yaml"), endpoint("a", "") + "---\n" + endpoint("b", ""));
        Path identity = write(
                folder.resolve("i.yaml"), Files.readString(Path.of(IDENTITY)) + "  limits: {%s}\n".formatted(limit));

        Ended plan = plan("-f", file.toString(), "-f", identity.toString());

        assertThat(plan.exitCode()).as(plan.out()).isEqualTo(1);
        assertThat(plan.out())
                .contains("+ ml-prod/a: create", "! ml-prod/b: blocked", "stops: PreflightFailed: ", said);
    }

    @Test
    void whatIsGivenBackInTheSameChangeMakesRoom() throws IOException {
        Path old = write(folder.resolve("old/a.yaml"), endpoint("a", "") + "---\n" + endpoint("b", ""));
        Path identity = write(
                folder.resolve("i.yaml"), Files.readString(Path.of(IDENTITY)) + "  limits: {totalConcurrency: 12}\n");
        String more = endpoint("a", "").replace("maxConcurrency: 5", "maxConcurrency: 9");
        Path full = write(folder.resolve("full/a.yaml"), more + "---\n" + endpoint("b", ""));
        Path fits = write(
                folder.resolve("fits/a.yaml"),
                more + "---\n" + endpoint("b", "").replace("maxConcurrency: 5", "maxConcurrency: 3"));

        assertThat(plan("-f", full.toString(), "-f", identity.toString(), "--from", old.toString())
                        .out())
                .contains("! ml-prod/a: blocked", "LimitExceeded");
        assertThat(plan("-f", fits.toString(), "-f", identity.toString(), "--from", old.toString())
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void whatIsSuspendedInTheOlderFilesServesAllTheSame() throws IOException {
        Path old = write(folder.resolve("old.yaml"), endpoint("a", "") + "  suspend: true\n");
        Path resumed = write(folder.resolve("new.yaml"), endpoint("a", ""));

        Ended plan = plan("-f", resumed.toString(), "--from", old.toString());

        assertThat(plan.out()).contains("~ ml-prod/a: change settings").doesNotContain("CreateModel", "CreateEndpoint");
        assertThat(plan("-f", old.toString(), "--from", old.toString()).exitCode())
                .isZero();
    }

    @Test
    void anEndpointThatMayBeAdoptedIsNotSaidToBeCreatedForCertain() throws IOException {
        Path file = write(folder.resolve("a.yaml"), endpoint("a", "") + "  adoptionPolicy: Adopt\n");

        assertThat(plan("-f", file.toString()).out())
                .contains("note: spec.adoptionPolicy is Adopt: an endpoint of this name that exists already");
    }

    @Test
    void aPolicyThatIsNoLongerInTheFilesIsSaidAndWithPruneDeleted() throws IOException {
        Path old = write(folder.resolve("old.yaml"), endpoint("a", "") + "---\n" + policy("hours", "a"));
        Path left = write(folder.resolve("new.yaml"), endpoint("a", ""));

        Ended kept = plan("-f", left.toString(), "--from", old.toString());
        Ended pruned = plan("-f", left.toString(), "--from", old.toString(), "--prune");

        assertThat(kept.exitCode()).as(kept.out()).isZero();
        assertThat(kept.out()).contains("note: WarmPolicy ml-prod/hours is no longer in the files");
        assertThat(pruned.exitCode()).as(pruned.out()).isEqualTo(2);
        assertThat(pruned.out())
                .contains("- ml-prod/hours: delete, no longer keeps a warm", "WarmPolicies: 1 to delete.");
    }

    @Test
    void ofTwoPoliciesTheOlderHolds() throws IOException {
        String both = policy("z-old", "a") + "---\n" + policy("b-new", "a");
        Path old = write(folder.resolve("old.yaml"), endpoint("a", "") + "---\n" + policy("z-old", "a"));
        Path now = write(folder.resolve("new.yaml"), endpoint("a", "") + "---\n" + both);

        Ended plan = plan("-f", now.toString(), "--from", old.toString());

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out())
                .contains("= ml-prod/z-old: unchanged, keeps a warm\n", "! ml-prod/b-new: create, keeps a warm, and")
                .contains("refused: WarmPolicy z-old is older");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "namespace: 7|metadata.namespace: must be text",
                "labels: [team]|metadata.labels: must be an object, was a list",
                "labels: {tier: 1}|metadata.labels.tier: must be text",
                "annotations: {'a/b': true}|metadata.annotations.a/b: must be text",
                "finalizers: none|metadata.finalizers: cannot be read",
                "namespace: null|metadata.namespace: is missing",
            })
    void aMistakeInMetadataIsAnErrorOfThatObjectAlone(String metadata, String said) throws IOException {
        write(
                folder.resolve("a.yaml"),
                endpoint("a", "") + "---\n"
                        + endpoint("b", "")
                                .replace(
                                        "  namespace: ml-prod\n",
                                        metadata.startsWith("namespace") ? "" : "  namespace: ml-prod\n")
                                .replace("  name: b\n", "  name: b\n  " + metadata + "\n"));

        Ended plan = plan("-f", folder.toString());

        assertThat(plan.err()).isEmpty();
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out())
                .contains("+ ml-prod/a: create", "a.yaml, document 2, ServerlessEndpoint ", said)
                .doesNotContain("+ ml-prod/b");
    }

    @Test
    void anExpectationThatDoesNotCompileStopsThePlan() throws IOException {
        Path file = write(folder.resolve("a.yaml"), endpoint("a", "") + """
                  rollout:
                    validation:
                      requests:
                        - {name: happy, contentType: application/json, body: '{}', expect: response.code == 200}
                """);

        Ended plan = plan("-f", file.toString());

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out()).contains("InvalidExpectation", "requests[name=happy]");
    }

    @Test
    void aRegionWithoutPricesCostsUnknownAndNotNothing() throws IOException {
        Path file = write(
                folder.resolve("a.yaml"),
                endpoint("a", "")
                        .replace("us-east-1\n", "eu-west-1\n")
                        .replace("maxConcurrency: 5", "maxConcurrency: 5\n    provisionedConcurrency: 1"));

        assertThat(plan("-f", file.toString()).out()).contains("0.00 USD -> unknown a month");
    }

    @Test
    void objectsWithoutANamespaceGetTheOneThatIsGiven() throws IOException {
        Path file = write(folder.resolve("a.yaml"), endpoint("a", "").replace("  namespace: ml-prod\n", ""));

        assertThat(plan("-f", file.toString()).out()).contains("metadata.namespace: is missing");
        assertThat(plan("-f", file.toString(), "-n", "team").out()).contains("+ team/a: create");
    }

    @Test
    void theSameObjectTwiceIsAnError() throws IOException {
        write(folder.resolve("a.yaml"), endpoint("a", "") + "---\n" + endpoint("a", ""));

        assertThat(plan("-f", folder.toString()).out()).contains("document 2", "is there twice, also in");
    }

    @Test
    void aFolderIsReadToTheBottomButForHiddenAndKustomizeFiles() throws IOException {
        write(folder.resolve("x/y/a.yml"), endpoint("a", ""));
        write(folder.resolve("x/.git/b.yaml"), endpoint("b", ""));
        write(folder.resolve("kustomization.yaml"), "resources: [x]\n");
        write(folder.resolve("notes.txt"), "not yaml: [");

        assertThat(plan("-f", folder.toString()).out()).contains("ml-prod/a").doesNotContain("ml-prod/b");
    }

    @Test
    void aDuplicateKeyIsNamedWithItsLine() throws IOException {
        write(
                folder.resolve("a.yaml"),
                endpoint("a", "").replace("  region: us-east-1\n", "  region: us-east-1\n  region: us-east-1\n"));

        assertThat(plan("-f", folder.toString()).out())
                .contains("a.yaml, document 1: is not YAML at line 9")
                .contains("region");
    }

    @Test
    void aFileThatDoesNotExistIsAnError() {
        Ended plan = plan("-f", folder.resolve("nowhere").toString());

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out()).contains("nowhere: does not exist");
    }

    // ---- files

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String endpoint(String name, String more) {
        return """
                apiVersion: pilotlight.dev/v1alpha1
                kind: ServerlessEndpoint
                metadata:
                  name: %s
                  namespace: ml-prod
                spec:
                  identityRef: {name: ml-prod}
                  region: us-east-1
                  serverless:
                    memorySizeInMB: 2048
                    maxConcurrency: 5
                  model:
                    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0
                    executionRoleARN: arn:aws:iam::111122223333:role/sagemaker/sentiment
                %s""".formatted(name, more);
    }

    private static String policy(String name, String target) {
        return """
                apiVersion: pilotlight.dev/v1alpha1
                kind: WarmPolicy
                metadata: {name: %s, namespace: ml-prod}
                spec: {targetRef: {name: %s}, provisionedConcurrency: {baseline: 1}}
                """.formatted(name, target);
    }

    private static String named(String name, String endpointName) {
        return endpoint(name, "") + "  endpointName: " + endpointName + "\n";
    }
}
