package dev.pilotlight.cli;

import dev.pilotlight.operator.orphans.OrphanSearch.Finding;
import dev.pilotlight.operator.orphans.OrphanSearch.Outcome;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pilotlight orphans delete}: deletes exactly the list that was confirmed, or nothing. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Searches again, from the start and with the same wait, and deletes what it finds if that is the list that was confirmed.",
            "Endpoints go first, then endpoint configs, then models."
        },
        footer = {
            "",
            "Exit codes: 0 all deleted, 1 failed or something was kept, 2 wrong arguments, 3 no cluster, 5 another list than confirmed.",
        })
final class OrphansDeleteCommand implements Callable<Integer> {
    private static final int ANOTHER_LIST = 5;

    @Option(
            names = "--confirm",
            paramLabel = "HASH",
            required = true,
            description = "Hash of the list, as the command orphans printed it.")
    private String confirmed;

    @Mixin
    private ClusterAccess cluster;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        cluster.check(spec.commandLine());
        PrintWriter err = spec.commandLine().getErr();
        return cluster.search(err::println, (search, places) -> {
            Finding finding = search.find(places, cluster.grace());
            finding.unread().forEach(place -> err.println("not read: " + place));
            if (!finding.list().hash().equals(confirmed)) {
                OrphansCommand.print(spec.commandLine().getOut(), finding, OrphansCommand.Output.TEXT);
                err.println("this is another list than the one confirmed; nothing was deleted");
                return ANOTHER_LIST;
            }
            return exit(search.delete(finding.list(), places));
        });
    }

    static int exit(List<Outcome> outcomes) {
        return outcomes.stream().allMatch(outcome -> outcome.kept().isEmpty()) ? 0 : 1;
    }
}
