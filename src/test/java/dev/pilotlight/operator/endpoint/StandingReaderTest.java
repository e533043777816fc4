package dev.pilotlight.operator.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.AWSIdentity;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.domain.endpoint.DesiredBuilder;
import dev.pilotlight.domain.endpoint.Standing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an AWSIdentity lets an object do, from what the caches hold. */
class StandingReaderTest {
    private static final String READY = """
            observedGeneration: 1
            accountID: "111122223333"
            conditions: [{type: Ready, status: "%s", reason: RoleAssumed, message: fine, lastTransitionTime: 2026-01-01T00:00:00Z}]
            """;
    private final DesiredBuilder builder = new DesiredBuilder();

    private Standing read(AWSIdentity identity) {
        return new StandingReader(namespace -> Map.of("tier", "gold"))
                .read(builder.object(), builder.build(), Optional.ofNullable(identity));
    }

    private static AWSIdentity identity(String namespaces, String regions, String status) {
        return Serialization.unmarshal("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: AWSIdentity
                metadata: {name: ml, generation: 1}
                spec:
                  credentials: {source: AssumeRole, roleARN: "arn:aws:iam::111122223333:role/pilotlight/ml"}
                  allowedNamespaces: %s
                  allowedRegions: %s
                  allowedExecutionRoles: ["arn:aws:iam::111122223333:role/sagemaker/*"]
                  allowedImageRegistries: [111122223333.dkr.ecr.us-east-1.amazonaws.com]
                status:
                """.formatted(namespaces, regions) + status.indent(2), AWSIdentity.class);
    }

    @Test
    void anIdentityThatIsReadyGrantsItsAccount() {
        assertThat(read(identity("{names: [ml]}", "[us-east-1]", READY.formatted("True"))))
                .isInstanceOfSatisfying(
                        Standing.Granted.class,
                        granted -> assertThat(granted.accountID()).isEqualTo("111122223333"));
    }

    @Test
    void aNamespaceCanBeChosenByItsLabels() {
        assertThat(read(identity("{selector: {matchLabels: {tier: gold}}}", "[us-east-1]", READY.formatted("True"))))
                .isInstanceOfSatisfying(
                        Standing.Granted.class,
                        granted -> assertThat(granted.accountID()).isEqualTo("111122223333"));
    }

    @Test
    void anIdentityThatDoesNotExistYetIsWaitedFor() {
        assertThat(read(null))
                .isInstanceOfSatisfying(
                        Standing.Waiting.class,
                        waiting -> assertThat(waiting.reason()).isEqualTo(Reasons.IDENTITY_NOT_FOUND));
    }

    @Test
    void anIdentityThatAwsRefusesIsWaitedForWithItsReason() {
        assertThat(read(identity("{names: [ml]}", "[us-east-1]", READY.formatted("False"))))
                .isInstanceOfSatisfying(
                        Standing.Waiting.class,
                        waiting -> assertThat(waiting.message()).contains("RoleAssumed: fine"));
    }

    @Test
    void aChangedIdentityCountsOnlyWhenAwsHasSeenTheChange() {
        AWSIdentity changed = identity("{names: [ml]}", "[us-east-1]", READY.formatted("True"));
        changed.getMetadata().setGeneration(2L);

        assertThat(read(changed)).isInstanceOf(Standing.Waiting.class);
    }

    @Test
    void anIdentityThatIsNotReadyBecauseAwsIsAwayIsNobodysFault() {
        String away = READY.formatted("False").replace("RoleAssumed", Reasons.AWS_UNAVAILABLE);

        assertThat(read(identity("{names: [ml]}", "[us-east-1]", away)))
                .isInstanceOfSatisfying(
                        Standing.Waiting.class,
                        waiting -> assertThat(waiting.awsIsAway()).isTrue());
        assertThat(read(identity("{names: [ml]}", "[us-east-1]", READY.formatted("False"))))
                .isInstanceOfSatisfying(
                        Standing.Waiting.class,
                        waiting -> assertThat(waiting.awsIsAway()).isFalse());
    }

    @Test
    void aNamespaceThatIsNotAllowedMayGetItsLabelLater() {
        assertThat(read(identity("{names: [other]}", "[us-east-1]", READY.formatted("True"))))
                .isInstanceOfSatisfying(
                        Standing.Waiting.class,
                        waiting -> assertThat(waiting.reason()).isEqualTo(Reasons.NAMESPACE_NOT_ALLOWED));
    }

    @Test
    void whatTheListsRefuseIsForAPersonAndNamesTheFieldOnce() {
        assertThat(read(identity("{names: [ml]}", "[eu-west-1]", READY.formatted("True"))))
                .isInstanceOfSatisfying(
                        Standing.Refused.class,
                        refused -> assertThat(refused.message()).containsOnlyOnce("spec.region:"));
    }
}
