package dev.pilotlight.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.Condition;
import dev.pilotlight.api.v1alpha1.ExternalID;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import dev.pilotlight.testing.Tenant;
import dev.pilotlight.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an AWSIdentity lets a team do, in whatever order things are applied, and what happens when it is missing. */
@RealApiServer
class IdentityApiServerTest {
    private static final String NAME = "sentiment";
    private static final Duration JUST_BEFORE_STALLING = Duration.ofSeconds(119);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "endpoint identity label",
                "endpoint label identity",
                "identity endpoint label",
                "identity label endpoint",
                "label endpoint identity",
                "label identity endpoint"
            })
    void theOrderOfApplyDoesNotMatter(String order, KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "order");
            for (String step : List.of(order.split(" ", -1))) {
                switch (step) {
                    case "endpoint" -> team.applyEndpoint(NAME);
                    case "identity" ->
                        team.applyIdentity("allowedNamespaces: {names: null, selector: {matchLabels: {team: ml}}}");
                    default -> label(api, team.namespace());
                }
                world.settle();
            }
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(team.endpointsInAws()).hasSize(1);
        }
    }

    @Test
    void aMissingIdentityIsWaitedForAndAPersonIsAskedOnlyAfterTwoMinutes(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "missing");
            team.applyEndpoint(NAME);

            world.advanceBy(JUST_BEFORE_STALLING);
            assertThat(team.reason(NAME, "Reconciling")).isEqualTo("IdentityNotFound");
            assertThat(team.condition(NAME, "Stalled")).isEmpty();

            world.advanceBy(Duration.ofSeconds(2));
            assertThat(team.reason(NAME, "Stalled")).isEqualTo("IdentityNotFound");
            assertThat(team.condition(NAME, "Stalled").orElseThrow().message())
                    .contains(team.identity(), "spec.identityRef.name");
            assertThat(world.calls()).isEmpty();

            team.applyIdentity();
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(team.condition(NAME, "Stalled")).isEmpty();
        }
    }

    @Test
    void aNamespaceThatIsNotAllowedWaitsForItsAdministrator(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "stranger");
            team.applyIdentity("allowedNamespaces: {names: [somebody-else]}");
            team.applyEndpoint(NAME);

            world.advanceBy(JUST_BEFORE_STALLING);
            assertThat(team.reason(NAME, "Reconciling")).isEqualTo("NamespaceNotAllowed");
            world.advanceBy(Duration.ofSeconds(2));
            assertThat(team.reason(NAME, "Stalled")).isEqualTo("NamespaceNotAllowed");
            assertThat(world.mutations()).isEmpty();

            team.editIdentity("{\"spec\":{\"allowedNamespaces\":{\"names\":[\"%s\"]}}}".formatted(team.namespace()));
            world.advanceUntil("ready", () -> team.isReady(NAME));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    region: eu-west-1                                                     | RegionNotAllowed         | spec.region                 | allowedRegions
                    model: {executionRoleARN: 'arn:aws:iam::111122223333:role/admin'}     | ExecutionRoleNotAllowed  | spec.model.executionRoleARN | allowedExecutionRoles
                    model: {image: '999988887777.dkr.ecr.us-east-1.amazonaws.com/x:1'}    | ImageRegistryNotAllowed  | spec.model.image            | allowedImageRegistries
                    model: {modelDataURL: 's3://ml-prod-models-of-another/model.tar.gz'}  | ModelDataNotAllowed      | spec.model.modelDataURL     | allowedModelDataPrefixes
                    endpointName: somebody-elses-name                                     | EndpointNameNotAllowed   | spec.endpointName           | endpointNames""")
    void whatAnAllowListRefusesIsStalledAtOnceAndNothingIsAskedOfAws(
            String overlay, String reason, String field, String list, KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "refused");
            team.applyIdentity();
            world.settle();
            world.forgetCalls();

            team.applyEndpoint(NAME, overlay);
            world.settle();

            assertThat(team.reason(NAME, "Stalled")).isEqualTo(reason);
            assertThat(team.condition(NAME, "Reconciling")).isEmpty();
            assertThat(team.condition(NAME, "Stalled").orElseThrow().message()).contains(field, list);
            assertThat(world.calls()).isEmpty();
        }
    }

    @Test
    void aListThatIsExtendedLetsTheEndpointThrough(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "extended");
            team.applyIdentity("allowedModelDataPrefixes: []");
            team.applyEndpoint(NAME);
            world.settle();
            assertThat(team.reason(NAME, "Stalled")).isEqualTo("ModelDataNotAllowed");

            team.editIdentity("{\"spec\":{\"allowedModelDataPrefixes\":[\"s3://ml-prod-models/\"]}}");
            world.advanceUntil("ready", () -> team.isReady(NAME));
        }
    }

    @Test
    void aRoleThatCannotBeAssumedHoldsEverythingUpAndATrustThatIsMendedReleasesAll(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "trust");
            team.trustNobody();
            team.applyIdentity();
            team.applyEndpoint(NAME);
            team.applyEndpoint("other");

            world.advanceBy(JUST_BEFORE_STALLING);
            assertThat(team.identityReason("Reconciling")).isEqualTo("RoleNotAssumable");
            assertThat(team.reason(NAME, "Reconciling")).isEqualTo("IdentityNotReady");
            assertThat(team.condition(NAME, "Ready").orElseThrow().message()).contains("RoleNotAssumable");
            world.advanceBy(Duration.ofSeconds(2));
            assertThat(team.identityReason("Stalled")).isEqualTo("RoleNotAssumable");
            assertThat(team.reason("other", "Stalled")).isEqualTo("IdentityNotReady");

            team.trustEverybody();
            world.advanceUntil("all ready", () -> team.isReady(NAME) && team.isReady("other"));
            assertThat(team.identityReason("Ready")).isEqualTo("RoleAssumed");
            assertThat(team.identityCondition("Stalled")).isEmpty();
        }
    }

    @Test
    void anIdentityStaysWhileItIsUsedAndGoesWithItsLastUser(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "inuse").serving(NAME);
            team.applyEndpoint("other");
            world.advanceUntil("ready", () -> team.isReady("other"));

            team.deleteIdentity();
            world.settle();
            Condition terminating = team.identityCondition("Terminating").orElseThrow();
            assertThat(terminating.reason()).isEqualTo("InUse");
            assertThat(terminating.message()).contains(team.namespace() + "/" + NAME, team.namespace() + "/other");
            assertThat(team.isReady(NAME)).isTrue();

            team.deleteEndpoint("other");
            world.advanceUntil("other is gone", () -> !team.exists("other"));
            world.advanceBy(Duration.ofSeconds(10));
            assertThat(team.identityCondition("Terminating").orElseThrow().message())
                    .contains(NAME)
                    .doesNotContain("other");

            team.deleteEndpoint(NAME);
            world.advanceUntil("the identity is gone", () -> world.identity(team.identity()) == null);
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void anIdentityWhoseFinalizerSomebodyTakesOffReadsAwsNoMore(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "stripped").serving(NAME);
            team.deleteIdentity();
            team.editIdentity("{\"metadata\":{\"finalizers\":null}}");
            world.settle();
            assertThat(world.identity(team.identity())).isNull();
            world.forgetCalls();

            world.advanceBy(Duration.ofMinutes(5));

            assertThat(world.calls()).isEmpty();
        }
    }

    @Test
    void aRevokedIdentityStopsChangesButNeitherServingNorCleaningUp(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "revoked").serving(NAME);
            team.editIdentity("{\"spec\":{\"allowedNamespaces\":{\"names\":[\"somebody-else\"]}}}");
            world.settle();
            world.forgetCalls();

            team.editEndpoint(NAME, "{\"spec\":{\"serverless\":{\"memorySizeInMB\":3072}}}");
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(world.mutations()).isEmpty();
            assertThat(team.reason(NAME, "Stalled")).isEqualTo("NamespaceNotAllowed");
            assertThat(team.isTrue(NAME, "Available")).isTrue();

            team.deleteEndpoint(NAME);
            world.advanceUntil("gone", () -> !team.exists(NAME));
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void aDeletionThatAwsRefusesSaysWhichIdentityIsInTheWayAndGoesOnByItself(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "refusal").serving(NAME);
            team.forbid("sagemaker:Delete*");

            team.deleteEndpoint(NAME);
            world.advanceUntil("AWS refused", () -> team.isTrue(NAME, "Terminating", "IdentityUnavailable"));
            assertThat(team.condition(NAME, "Terminating").orElseThrow().message())
                    .contains("sagemaker:DeleteEndpoint");
            assertThat(team.endpointsInAws()).hasSize(1);

            team.trustEverybody();
            world.advanceUntil("gone", () -> !team.exists(NAME));
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void anIdentityThatWasTornOutHoldsTheDeletionUpUntilItIsBack(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "torn").serving(NAME);
            tearOutIdentity(world, team);

            team.deleteEndpoint(NAME);
            world.advanceBy(Duration.ofMinutes(10));
            assertThat(team.reason(NAME, "Terminating")).isEqualTo("IdentityUnavailable");
            assertThat(team.condition(NAME, "Terminating").orElseThrow().message())
                    .contains(team.identity(), "pilotlight.dev/abandon");

            team.applyIdentity();
            world.advanceUntil("gone", () -> !team.exists(NAME));
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void aDeletionThatCannotBeEndedCanBeAbandonedByUid(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "abandoned").serving(NAME);
            String uid = world.endpoint(team.namespace(), NAME).getMetadata().getUid();
            tearOutIdentity(world, team);
            team.deleteEndpoint(NAME);
            world.settle();

            team.editEndpoint(NAME, "{\"metadata\":{\"annotations\":{\"pilotlight.dev/abandon\":\"another-uid\"}}}");
            world.advanceBy(Duration.ofMinutes(1));
            assertThat(team.exists(NAME)).isTrue();

            team.editEndpoint(NAME, "{\"metadata\":{\"annotations\":{\"pilotlight.dev/abandon\":\"" + uid + "\"}}}");
            world.advanceUntil("gone", () -> !team.exists(NAME));
            assertThat(team.endpointsInAws()).hasSize(1);
        }
    }

    @Test
    void anIdentityOfAnotherAccountIsRefusedAndTheEndpointServesOn(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "account").serving(NAME);
            Tenant elsewhere = Tenant.in(world, "elsewhere");
            elsewhere.inAccount("444455556666");
            elsewhere.applyIdentity("allowedNamespaces: {names: ['%s']}".formatted(team.namespace()));
            world.settle();
            world.forgetCalls();

            pointTo(team, elsewhere.identity());
            world.settle();
            assertThat(team.reason(NAME, "Stalled")).isEqualTo("AccountChanged");
            assertThat(team.condition(NAME, "Stalled").orElseThrow().message())
                    .contains("444455556666", Tenant.ACCOUNT, "spec.identityRef");
            assertThat(team.isTrue(NAME, "Available")).isTrue();
            world.advanceBy(Duration.ofMinutes(10));
            assertThat(world.mutations()).isEmpty();

            pointTo(team, team.identity());
            world.advanceUntil("ready", () -> team.isReady(NAME));
            assertThat(world.mutations()).isEmpty();
        }
    }

    @Test
    void aDeletionUnderAnIdentityOfAnotherAccountLeavesNothingBehindUnseen(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "astray").serving(NAME);
            Tenant elsewhere = Tenant.in(world, "elsewhere");
            elsewhere.inAccount("444455556666");
            elsewhere.applyIdentity("allowedNamespaces: {names: ['%s']}".formatted(team.namespace()));
            pointTo(team, elsewhere.identity());
            world.settle();

            team.deleteEndpoint(NAME);
            world.advanceBy(Duration.ofMinutes(5));
            assertThat(team.reason(NAME, "Terminating")).isEqualTo("IdentityUnavailable");
            assertThat(team.condition(NAME, "Terminating").orElseThrow().message())
                    .contains("444455556666", Tenant.ACCOUNT);
            assertThat(team.endpointsInAws()).hasSize(1);

            pointTo(team, team.identity());
            world.advanceUntil("gone", () -> !team.exists(NAME));
            assertThat(team.inAws()).isEmpty();
        }
    }

    @Test
    void aTrustPolicyWrittenFromTheShownExternalIdsIsExactlyWhatIsNeeded(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "external");
            team.trustNobody();
            team.applyIdentity();
            team.applyEndpoint(NAME);
            world.settle();
            List<ExternalID> shown = world.identity(team.identity()).getStatus().externalIDs();
            assertThat(shown)
                    .extracting(ExternalID::externalID)
                    .containsExactlyInAnyOrder(
                            externalID(world, team, "@inventory"), externalID(world, team, team.namespace()));

            team.trustOnly(externalID(world, team, "@inventory"));
            world.advanceUntil("looking is allowed", () -> team.identityIs("Ready", "RoleAssumed"));
            world.advanceUntil("changing is not", () -> team.isTrue(NAME, "Reconciling", "RoleNotAssumable"));
            assertThat(team.inAws()).isEmpty();

            team.trustOnly(shown.stream().map(ExternalID::externalID).toArray(String[]::new));
            world.advanceUntil("ready", () -> team.isReady(NAME));
        }
    }

    @Test
    void twoNamespacesUnderOneIdentityNeverShareASession(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant first = Tenant.in(world, "first");
            Tenant second = Tenant.in(world, "second");
            first.permitOnlyOwn();
            first.applyIdentity(
                    "allowedNamespaces: {names: ['%s', '%s']}".formatted(first.namespace(), second.namespace()));
            first.applyEndpoint(NAME);
            second.applyEndpoint(NAME, "identityRef: {name: '%s'}".formatted(first.identity()));

            world.advanceUntil("the one whose tag the policy names is ready", () -> first.isReady(NAME));
            world.advanceUntil(
                    "the other is denied",
                    () -> second.isTrue(NAME, "Reconciling", "AccessDenied")
                            || second.isTrue(NAME, "Stalled", "AccessDenied"));
            assertThat(second.condition(NAME, "Ready").orElseThrow().message())
                    .contains(world.clusterID() + "." + second.namespace());
            assertThat(second.inAws()).isEmpty();
        }
    }

    @Test
    void thePodsOwnCredentialsWorkAndAreShownAsSharedByAll(KubeApi api) {
        try (World world = Stories.quick(api)) {
            Tenant team = Tenant.in(world, "pod");
            team.applyIdentity("credentials: {source: Pod, roleARN: null}");
            team.applyEndpoint(NAME);
            world.advanceUntil("ready", () -> team.isReady(NAME));

            Condition isolation = team.identityCondition("NamespaceIsolation").orElseThrow();
            assertThat(isolation.status()).isEqualTo("False");
            assertThat(isolation.reason()).isEqualTo("SharedCredentials");
            assertThat(world.identity(team.identity()).getStatus().externalIDs())
                    .isEmpty();
        }
    }

    @Test
    void whereIsolationIsRequiredThePodsCredentialsAreRefusedUnused(KubeApi api) {
        try (World world = World.start(api, setup -> setup.operator(Stories.isolated()))) {
            Tenant team = Tenant.in(world, "isolated");
            team.applyIdentity("credentials: {source: Pod, roleARN: null}");
            team.applyEndpoint(NAME);
            world.settle();

            assertThat(team.identityReason("Stalled")).isEqualTo("NamespaceIsolationRequired");
            assertThat(team.reason(NAME, "Reconciling")).isEqualTo("IdentityNotReady");
            assertThat(world.calls()).isEmpty();

            team.applyIdentity();
            world.advanceUntil("ready", () -> team.isReady(NAME));
        }
    }

    private static void label(KubeApi api, String namespace) {
        api.admin().namespaces().withName(namespace).edit(object -> {
            object.getMetadata().getLabels().put("team", "ml");
            return object;
        });
    }

    private static void pointTo(Tenant team, String identity) {
        team.editEndpoint(NAME, "{\"spec\":{\"identityRef\":{\"name\":\"" + identity + "\"}}}");
    }

    /** What an administrator does who does not want to wait: the finalizer is edited away. */
    private static void tearOutIdentity(World world, Tenant team) {
        team.deleteIdentity();
        world.settle();
        team.editIdentity("{\"metadata\":{\"finalizers\":[]}}");
        world.settle();
    }

    private static String externalID(World world, Tenant team, String namespace) {
        return "pilotlight:" + world.clusterID() + ":" + team.identity() + ":" + namespace;
    }
}
