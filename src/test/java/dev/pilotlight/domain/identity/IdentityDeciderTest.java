package dev.pilotlight.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.AWSIdentitySpec;
import dev.pilotlight.api.v1alpha1.AWSIdentityStatus;
import dev.pilotlight.api.v1alpha1.ConditionTypes;
import dev.pilotlight.api.v1alpha1.CredentialsSource;
import dev.pilotlight.api.v1alpha1.CredentialsSpec;
import dev.pilotlight.api.v1alpha1.ExternalID;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.identity.IdentityDecider.Conclusion;
import dev.pilotlight.domain.identity.IdentityDecider.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether AWS takes an identity, and what its administrator hears. */
class IdentityDeciderTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final AWSIdentitySpec ROLE =
            spec(CredentialsSource.ASSUME_ROLE, "arn:aws:iam::111122223333:role/pilotlight/ml");
    private static final AWSIdentitySpec POD = spec(CredentialsSource.POD, null);

    private String remembered;

    private static AWSIdentitySpec spec(CredentialsSource source, String role) {
        return new AWSIdentitySpec(
                new CredentialsSpec(source, role),
                null,
                List.of("us-east-1"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of());
    }

    private Conclusion decide(AWSIdentitySpec spec, Trial trial, Instant now, boolean isolationRequired) {
        return new IdentityDecider("cluster-1", isolationRequired, Duration.ofMinutes(2))
                .decide(
                        spec,
                        3,
                        "ml",
                        trial,
                        List.of("b", "a", "b"),
                        new AWSIdentityStatus(null, null, remembered, null, null, null),
                        START,
                        now);
    }

    private static String said(Conclusion conclusion, String type) {
        return conclusion.verdicts().stream()
                .filter(verdict -> verdict.type().equals(type))
                .map(verdict -> verdict.status().word() + "/" + verdict.reason())
                .findFirst()
                .orElse("");
    }

    private static Trial refused(FailureKind kind) {
        return new Trial.Refused(new AwsFailure(kind, "sts:AssumeRole", "AccessDenied", "no", "r-1"));
    }

    @Test
    void aRoleThatCanBeAssumedIsReadyAndShowsItsExternalIds() {
        Conclusion conclusion = decide(ROLE, new Trial.Accepted("111122223333"), START, true);

        assertThat(said(conclusion, ConditionTypes.READY)).isEqualTo("True/RoleAssumed");
        assertThat(said(conclusion, ConditionTypes.NAMESPACE_ISOLATION)).isEqualTo("True/SessionPerNamespace");
        assertThat(conclusion.facts().accountID()).isEqualTo("111122223333");
        assertThat(conclusion.facts().externalIDs())
                .extracting(ExternalID::namespace)
                .as("the inventory's first, then each namespace once")
                .endsWith("a", "b")
                .hasSize(3);
    }

    @Test
    void podCredentialsWorkButKeepNobodyApart() {
        Conclusion conclusion = decide(POD, new Trial.Accepted("111122223333"), START, false);

        assertThat(said(conclusion, ConditionTypes.READY)).isEqualTo("True/Succeeded");
        assertThat(said(conclusion, ConditionTypes.NAMESPACE_ISOLATION)).isEqualTo("False/SharedCredentials");
        assertThat(conclusion.facts().externalIDs()).isEmpty();
    }

    @Test
    void whereIsolationIsRequiredPodCredentialsAreRefusedWhateverAwsSays() {
        Conclusion conclusion = decide(POD, new Trial.Accepted("111122223333"), START, true);

        assertThat(said(conclusion, ConditionTypes.STALLED)).isEqualTo("True/NamespaceIsolationRequired");
        assertThat(said(conclusion, ConditionTypes.READY)).isEqualTo("False/NamespaceIsolationRequired");
    }

    @Test
    void aRoleThatIsNotTrustedYetMayBeTrustedSoon() {
        Conclusion early = decide(ROLE, refused(FailureKind.DENIED), START, false);
        assertThat(said(early, ConditionTypes.RECONCILING)).isEqualTo("True/RoleNotAssumable");
        assertThat(early.nextLook()).contains(START.plus(Duration.ofMinutes(2)));

        Conclusion late = decide(ROLE, refused(FailureKind.DENIED), START.plusSeconds(120), false);
        assertThat(said(late, ConditionTypes.STALLED)).isEqualTo("True/RoleNotAssumable");
        assertThat(said(late, ConditionTypes.RECONCILING)).isEmpty();
        assertThat(late.nextLook()).isEmpty();
    }

    @Test
    void awsBeingAwayIsNobodysFaultHoweverLongItLasts() {
        Conclusion conclusion = decide(ROLE, refused(FailureKind.RETRIABLE), START.plusSeconds(9000), false);

        assertThat(said(conclusion, ConditionTypes.RECONCILING)).isEqualTo("True/AWSUnavailable");
    }

    @Test
    void theAccountOfAnIdentityNeverChanges() {
        remembered = "999999999999";

        Conclusion conclusion = decide(ROLE, new Trial.Accepted("111122223333"), START, false);

        assertThat(said(conclusion, ConditionTypes.STALLED)).isEqualTo("True/AccountChanged");
        assertThat(conclusion.facts().accountID()).isEqualTo("999999999999");
    }
}
