package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.aws.CallBoundary;
import dev.pilotlight.aws.RateLimiter;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.domain.orphans.Census;
import dev.pilotlight.domain.orphans.Orphan;
import dev.pilotlight.operator.orphans.OrphanSearch;
import dev.pilotlight.operator.orphans.Owners;
import dev.pilotlight.operator.orphans.Place;
import dev.pilotlight.testing.HandMade;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Team;
import dev.pilotlight.testing.TeamEndpoint;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

/** What a finalizer that was taken off left behind is found, shown, and deleted only when a person says so. */
@RealApiServer
class OrphansApiServerTest {

    private static OrphanSearch search(World world, List<Instant> pauses) {
        AwsSettings aws = AwsSettings.defaults()
                .withEndpointOverride(world.simulator().endpoint())
                .withAccessKey("111122223333", "not-checked");
        return new OrphanSearch(
                world.clusterID(),
                Set.of(),
                new SdkAwsSessions(aws, new RateLimiter(aws.rates(), world.clock()), CallBoundary.OPEN, List.of()),
                new Owners(world.api().asInstalledOperator()),
                due -> {
                    pauses.add(due);
                    world.advanceBy(Duration.between(world.now(), due));
                },
                world.clock(),
                line -> {});
    }

    private static List<Place> places(World world) {
        return Place.of(world.api().admin().resources(AWSIdentity.class).list().getItems());
    }

    private static TeamEndpoint abandoned(World world, Team team) {
        TeamEndpoint endpoint = team.serving(team.manifest("sentiment"));
        world.stopOperator();
        endpoint.delete();
        endpoint.removeFinalizers();
        return endpoint;
    }

    @Test
    void whereEverythingHasAnOwnerNothingIsWaitedFor(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            team.serving(team.manifest("sentiment"));
            world.console().make(team.namespace() + "-hand", HandMade.asInTheManifest());
            List<Instant> pauses = new ArrayList<>();

            OrphanSearch.Finding finding = search(world, pauses).find(places(world), Census.APART);

            assertThat(finding.list().orphans()).isEmpty();
            assertThat(finding.unread()).isEmpty();
            assertThat(pauses).isEmpty();
        }
    }

    @Test
    void whatAFinalizerTakenOffLeftBehindIsDeletedOnceItWasConfirmed(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            String name = team.namespace() + "-hand";
            world.console().make(name, HandMade.asInTheManifest().tags(Map.of("pilotlight.dev/cluster", "another")));
            abandoned(world, team);
            List<Instant> pauses = new ArrayList<>();
            Instant before = world.now();
            OrphanSearch search = search(world, pauses);

            OrphanSearch.Finding finding = search.find(places(world), Census.APART);

            assertThat(finding.list().orphans())
                    .extracting(orphan -> orphan.resource().kind().name())
                    .containsExactly("ENDPOINT", "ENDPOINT_CONFIG", "MODEL");
            assertThat(world.now()).isAfterOrEqualTo(before.plus(Census.APART));
            assertThat(search.find(places(world), Census.APART).list().hash())
                    .as("the same list has the same hash")
                    .isEqualTo(finding.list().hash());

            List<OrphanSearch.Outcome> outcomes = search.delete(finding.list(), places(world));

            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.kept()).isEmpty());
            assertThat(world.console().endpoints()).containsExactly(name);
            assertThat(world.console().resources()).isEqualTo(3);
        }
    }

    @Test
    void theMetricCountsWhatLostItsOwnerAndNobodyIsDeleted(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            team.serving(team.manifest("another"));
            abandoned(world, team);
            world.startOperator();
            world.forgetCalls();

            world.advanceBy(Duration.ofMinutes(70)); // the slow tier has looked at it by then
            world.advanceBy(Census.APART.multipliedBy(3));

            assertThat(world.gauge("pilotlight.orphans")).isEqualTo(1);
            assertThat(world.gauge("pilotlight.account.foreign.concurrency")).isEqualTo(20);
            assertThat(world.mutations()).isEmpty();

            team.serving(team.manifest("sentiment"));
            world.advanceBy(Census.APART.multipliedBy(2));
            assertThat(world.gauge("pilotlight.orphans")).isZero();
        }
    }

    @Test
    void anOwnerThatComesBackInBetweenKeepsWhatIsItsOwn(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            abandoned(world, team);
            OrphanSearch search = search(world, new ArrayList<>());
            OrphanSearch.Finding finding = search.find(places(world), Census.APART);
            assertThat(finding.list().orphans()).hasSize(3);

            team.apply(team.manifest("sentiment"));

            assertThat(search.delete(finding.list(), places(world)))
                    .hasSize(3)
                    .allSatisfy(outcome -> assertThat(outcome.kept()).isPresent());
            assertThat(world.console().resources()).isEqualTo(3);
            assertThat(search.find(places(world), Census.APART).list().orphans())
                    .extracting(Orphan::owner)
                    .isEmpty();
        }
    }

    @Test
    void whatASuccessorDoesNotUseIsNamedAndDeletedWhileItServes(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            TeamEndpoint first = team.serving(team.manifest("sentiment"));
            String firstUid = first.uid();
            String name = first.endpointName();
            world.stopOperator();
            first.delete();
            first.removeFinalizers();
            // Only its config and model are left, so that nothing leads its successor to them.
            world.console().deleteEndpoint(name);
            world.advanceUntil("the endpoint is gone", () -> isGone(world, name));
            world.startOperator();
            TeamEndpoint second = team.apply(team.manifest("sentiment").memory(4096));
            OrphanSearch search = search(world, new ArrayList<>());
            assertThat(search.find(places(world), Census.APART).list().orphans())
                    .as("it may still take them over")
                    .isEmpty();
            second.awaitReady();

            OrphanSearch.Finding finding = search.find(places(world), Census.APART);

            assertThat(finding.list().orphans())
                    .extracting(orphan -> orphan.resource().kind().name())
                    .containsExactly("ENDPOINT_CONFIG", "MODEL");
            assertThat(finding.list().orphans())
                    .allSatisfy(orphan ->
                            assertThat(orphan.resource().owner().uid()).isEqualTo(firstUid));
            assertThat(search.delete(finding.list(), places(world)))
                    .allSatisfy(outcome -> assertThat(outcome.kept()).isEmpty());
            assertThat(world.console().resources()).isEqualTo(3);
            assertThat(second.is("Ready", "True")).isTrue();
        }
    }

    /** A look at it, which is what brings it to its end. */
    private static boolean isGone(World world, String endpointName) {
        try {
            world.console().sageMaker().describeEndpoint(request -> request.endpointName(endpointName));
            return false;
        } catch (SageMakerException e) {
            return true;
        }
    }

    @Test
    void aPlaceThatCannotBeListedHasNoOrphans(KubeApi api) {
        try (World world = World.start(api, World.Setup::brisk)) {
            Team team = Team.in(world);
            abandoned(world, team);
            List<Place> denied = places(world).stream()
                    .map(place -> new Place(
                            place.location(),
                            List.of(new Place.Identity(
                                    "x", java.util.Optional.of("arn:aws:iam::111122223333:role/pilotlight/nobody")))))
                    .toList();

            OrphanSearch.Finding finding = search(world, new ArrayList<>()).find(denied, Census.APART);

            assertThat(finding.list().orphans()).isEmpty();
            assertThat(finding.unread()).hasSize(denied.size());
        }
    }
}
