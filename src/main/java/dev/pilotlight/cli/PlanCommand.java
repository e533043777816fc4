package dev.pilotlight.cli;

import dev.pilotlight.domain.cost.MonthlyCost;
import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.operator.cost.BundledPrices;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pilotlight plan}: what a set of files would do, from the operator's own decisions, without doing it. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        // 2 says that there are changes.
        exitCodeOnInvalidInput = Plan.ERRORS,
        exitCodeOnExecutionException = Plan.ERRORS,
        description = {
            "Shows what applying files would do in AWS: the calls in their order, what is refused, and what provisioned concurrency costs a month. The steps are the operator's own decisions, carried out on a picture of AWS in which every call succeeds and every validation passes. Nothing is ever changed.",
            "",
            "Without --from and --live the files are compared with nothing: everything is new. Files alone do not tell whether images, model archives and roles exist, nor what an account's quotas leave; --live looks."
        },
        footer = {
            "",
            "Exit codes: 0 nothing to do, 2 changes, 1 errors: a file cannot be read or taken, an AWSIdentity refuses something, a change would not succeed, or the arguments are wrong.",
            "",
            "In a pull request:",
            "  git worktree add ../base origin/main",
            "  pilotlight plan -f deploy --from ../base/deploy --prune -o markdown",
            "With kustomize or Helm:",
            "  kustomize build overlays/prod | pilotlight plan -f - --live",
        })
final class PlanCommand implements Callable<Integer> {

    /** How a plan is printed. */
    enum Output {
        TEXT,
        JSON,
        MARKDOWN
    }

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE|DIR",
            required = true,
            description =
                    "YAML or JSON with ServerlessEndpoints, and AWSIdentities and Namespaces where they are there; of a folder everything below it; - for standard input. May be given several times.")
    private List<String> files;

    @Option(
            names = "--from",
            paramLabel = "FILE|DIR",
            description = "The state before the change, as files: what they hold is taken to serve.")
    private List<String> from = List.of();

    @Option(
            names = "--live",
            description =
                    "Compare with the cluster of $KUBECONFIG and with AWS, both only read. AWS is reached as the AWSIdentities say.")
    private boolean live;

    @Option(
            names = "--prune",
            description =
                    "Show what deleting the objects would do that the files no longer hold: those of --from, or, with --live, those of the files' namespaces.")
    private boolean prune;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or markdown. Default: ${DEFAULT-VALUE}.")
    private Output output;

    @Option(
            names = {"-n", "--namespace"},
            description = "Namespace of objects that name none. Default: none; they are an error.")
    private String namespace;

    @Mixin
    private PlanLiveOptions liveOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (live && !from.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--from and --live exclude each other: compare with the one or the other");
        }
        if (prune && !live && from.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--prune needs --from or --live: without, nothing is known that could be deleted");
        }
        if (live) {
            liveOptions.check(spec.commandLine());
        }
        Plan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (output) {
                    case TEXT -> new PlanText().of(plan);
                    case JSON -> new PlanJson().of(plan);
                    case MARKDOWN -> new PlanMarkdown().of(plan);
                });
        out.flush();
        return plan.exitCode();
    }

    private Plan plan() {
        PlanManifests now = read(files);
        Clock clock = OperatorOptions.wallClock();
        if (live) {
            return liveOptions.plan(now, prune, clock);
        }
        Optional<PlanManifests> before = from.isEmpty() ? Optional.empty() : Optional.of(read(from));
        String comparedWith = from.isEmpty() ? "nothing: everything is new" : "files in " + String.join(", ", from);
        return new PlanOffline(BundledPrices.read(), clock.instant(), now, before).plan(prune, comparedWith);
    }

    private PlanManifests read(List<String> paths) {
        InputStream standardInput = System.in;
        PlanManifests manifests = new PlanManifests(namespace, standardInput);
        paths.forEach(manifests::read);
        return manifests;
    }

    /** Said wherever a sum is shown. */
    static String footnote() {
        return "Cost: provisioned concurrency for a month of " + MonthlyCost.HOURS
                + " hours, by a bundled snapshot of AWS's prices, and with --live by AWS's price list of other Regions; requests are"
                + " charged besides. An estimate rests on a price"
                + " that was not read from AWS's price list; unknown means that there is none for that Region or size.";
    }
}
