package dev.pilotlight.cli;

import dev.pilotlight.domain.orphans.Orphan;
import dev.pilotlight.operator.orphans.OrphanSearch.Finding;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pilotlight orphans}: what is in AWS with tags of this cluster and belongs to no ServerlessEndpoint. */
@Command(
        name = "orphans",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = OrphansDeleteCommand.class,
        description = {
            "Lists endpoints, endpoint configs and models that carry this cluster's tags and whose ServerlessEndpoint is gone.",
            "Each owner is looked for twice, at least ten minutes apart, so a run that finds something takes that long.",
            "Run it where the operator runs, since only the operator may assume the roles of AWSIdentities."
        },
        footer = {
            "",
            "Exit codes: 0 none, 1 failed or not everything could be read, 2 wrong arguments, 3 no cluster, 4 orphans found.",
        })
final class OrphansCommand implements Callable<Integer> {
    private static final int FOUND = 4;

    /** How the list is written. */
    enum Output {
        TEXT,
        JSON
    }

    @Option(names = "--output", defaultValue = "text", description = "text or json. Default: ${DEFAULT-VALUE}.")
    private Output output;

    @Mixin
    private ClusterAccess cluster;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        cluster.check(spec.commandLine());
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = spec.commandLine().getOut();
        return cluster.search(err::println, (search, places) -> {
            Finding finding = search.find(places, cluster.grace());
            print(out, finding, output);
            finding.unread().forEach(place -> err.println("not read: " + place));
            return exit(finding);
        });
    }

    static int exit(Finding finding) {
        if (!finding.unread().isEmpty()) {
            return 1;
        }
        return finding.list().orphans().isEmpty() ? 0 : FOUND;
    }

    static void print(PrintWriter out, Finding finding, Output output) {
        if (output == Output.JSON) {
            out.println(OrphansJson.of(finding));
        } else {
            text(out, finding);
        }
        out.flush();
    }

    private static void text(PrintWriter out, Finding finding) {
        if (finding.list().orphans().isEmpty()) {
            out.println("no orphans");
            return;
        }
        for (Orphan orphan : finding.list().orphans()) {
            out.println(kind(orphan) + "  " + orphan.resource().arn() + "  of " + orphan.owner());
        }
        out.println();
        out.println("To delete all of them: pilotlight orphans delete --confirm "
                + finding.list().hash());
    }

    static String kind(Orphan orphan) {
        return orphan.resource().kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
