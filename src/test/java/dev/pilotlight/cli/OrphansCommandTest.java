package dev.pilotlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.hosting.OwnedResource;
import dev.pilotlight.domain.hosting.Ownership;
import dev.pilotlight.domain.orphans.Orphan;
import dev.pilotlight.domain.orphans.OrphanList;
import dev.pilotlight.operator.orphans.OrphanSearch.Finding;
import dev.pilotlight.operator.orphans.OrphanSearch.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How {@code pilotlight orphans} ends, for scripts. */
class OrphansCommandTest {
    private static final Orphan ORPHAN = new Orphan(
            new Location("111122223333", "us-east-1"),
            new OwnedResource(
                    OwnedResource.Kind.ENDPOINT_CONFIG,
                    "team-a-1a2b3c4d-m1-p0",
                    "arn:aws:sagemaker:us-east-1:111122223333:endpoint-config/team-a-1a2b3c4d-m1-p0",
                    new Ownership("cluster", "team", "a", "uid-1", Ownership.Role.PRIMARY, "", "")));
    private static final List<String> UNREAD = List.of("111122223333/us-east-1: denied");

    @Test
    void nothingFoundIsZeroAndOrphansAreFour() {
        assertThat(OrphansCommand.exit(finding(List.of(), List.of()))).isZero();
        assertThat(OrphansCommand.exit(finding(List.of(ORPHAN), List.of()))).isEqualTo(4);
    }

    @Test
    void whatCouldNotBeReadIsAFailureWhateverWasFound() {
        assertThat(OrphansCommand.exit(finding(List.of(), UNREAD))).isEqualTo(1);
        assertThat(OrphansCommand.exit(finding(List.of(ORPHAN), UNREAD))).isEqualTo(1);
    }

    @Test
    void deletingEndsInOneWhereSomethingWasKept() {
        Outcome gone = new Outcome(ORPHAN, Optional.empty());
        Outcome kept = new Outcome(ORPHAN, Optional.of("its owner is there again"));

        assertThat(OrphansDeleteCommand.exit(List.of(gone))).isZero();
        assertThat(OrphansDeleteCommand.exit(List.of(gone, kept))).isEqualTo(1);
    }

    @Test
    void theListSaysHowToDeleteExactlyIt() {
        StringWriter out = new StringWriter();
        Finding finding = finding(List.of(ORPHAN), List.of());

        OrphansCommand.print(new PrintWriter(out), finding, OrphansCommand.Output.TEXT);

        assertThat(out.toString())
                .contains("endpoint-config  arn:aws:sagemaker:")
                .contains(
                        "pilotlight orphans delete --confirm " + finding.list().hash());
    }

    @ParameterizedTest
    @CsvSource({
        "orphans --grace 9,--grace must be at least 10",
        "orphans --cluster-id a/b,--cluster-id must be",
        "orphans delete --confirm 1a2b --cluster-id a/b,--cluster-id must be",
        "orphans delete,--confirm",
    })
    void wrongArgumentsEndInTwo(String arguments, String said) {
        StringWriter err = new StringWriter();

        int exit = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments.split(" ", -1));

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains(said);
    }

    @Test
    void aKubeConfigThatIsNotThereIsNoReasonToTakeAnotherCluster(@TempDir Path folder) {
        assertThat(KubeConfig.problem(null)).isEmpty();
        assertThat(KubeConfig.problem(folder.toString())).isEmpty();
        assertThat(KubeConfig.problem(folder.resolve("nowhere").toString()))
                .hasValueSatisfying(problem -> assertThat(problem).contains("nowhere", "cannot be read"));
    }

    private static Finding finding(List<Orphan> orphans, List<String> unread) {
        return new Finding(new OrphanList(orphans), unread);
    }
}
