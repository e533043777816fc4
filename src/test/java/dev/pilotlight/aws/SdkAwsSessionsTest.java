package dev.pilotlight.aws;

import static dev.pilotlight.aws.AdapterFixture.HERE;
import static dev.pilotlight.aws.AdapterFixture.inventory;
import static dev.pilotlight.aws.AdapterFixture.pod;
import static dev.pilotlight.aws.AdapterFixture.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SdkAwsSessionsTest {

    private static final String IN_AN_HOUR = "2026-01-05T09:00:00Z";

    private final AdapterFixture aws = new AdapterFixture();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void thePollersSessionPolicyIsTheOneThatIsShipped() throws IOException {
        ObjectMapper json = new ObjectMapper();

        assertThat(json.readTree(SecurityTokens.READ_ONLY))
                .isEqualTo(json.readTree(
                        Path.of("deploy", "iam", "inventory-session.json").toFile()));
    }

    @Test
    void aTenantsSessionIsNamedTaggedAndGuardedByItsExternalId() {
        aws.stub.role("ASIA1", IN_AN_HOUR);

        AwsSession session = aws.sessions().open(tenant("team-a"));

        assertThat(session.location()).isEqualTo(HERE);
        assertThat(aws.stub.last().about()).isEqualTo("AssumeRole");
        assertThat(aws.stub.last().authorization()).contains("AKIAPOD/");
        assertThat(aws.stub.last().body())
                .contains(
                        "RoleArn=" + AdapterFixture.ROLE,
                        "RoleSessionName=c1.team-a",
                        "ExternalId=pilotlight:c1:ml:team-a",
                        "DurationSeconds=3600",
                        "Key=pilotlight.dev/cluster",
                        "Value=c1",
                        "Key=pilotlight.dev/namespace",
                        "Value=team-a",
                        "Key=pilotlight.dev/identity",
                        "Value=ml")
                .doesNotContain("Policy=", "TransitiveTagKeys");
    }

    @Test
    void theInventorysSessionMayOnlyRead() {
        aws.stub.role("ASIA1", IN_AN_HOUR);

        aws.sessions().open(inventory());

        assertThat(aws.stub.last().body())
                .contains(
                        "RoleSessionName=c1.inventory",
                        "ExternalId=pilotlight:c1:ml:@inventory",
                        SecurityTokens.READ_ONLY);
    }

    @Test
    void callsAreSignedWithTheAssumedRole() {
        aws.stub.role("ASIA1", IN_AN_HOUR).json("{\"Endpoints\":[]}");

        aws.sessions().open(tenant("ns")).hosting(Priority.CHANGE).listEndpoints(Optional.empty());

        assertThat(aws.stub.last().authorization()).contains("ASIA1/", "/us-east-1/sagemaker/");
    }

    @Test
    void aSessionIsKeptUntilFiveMinutesBeforeItExpires() {
        aws.stub.role("ASIA1", IN_AN_HOUR).role("ASIA2", "2026-01-05T10:00:00Z");
        SdkAwsSessions sessions = aws.sessions();
        AwsSession first = sessions.open(tenant("ns"));

        aws.passOnTheWall(Duration.ofMinutes(54));
        assertThat(sessions.open(tenant("ns"))).isSameAs(first);
        aws.passOnTheWall(Duration.ofMinutes(1));
        assertThat(sessions.open(tenant("ns"))).isNotSameAs(first);

        assertThat(aws.calls).extracting(AwsCall::operation).containsExactly("sts:AssumeRole", "sts:AssumeRole");
    }

    @Test
    void nothingIsSharedBetweenNamespaces() {
        aws.stub.role("ASIA1", IN_AN_HOUR).role("ASIA2", IN_AN_HOUR);
        SdkAwsSessions sessions = aws.sessions();

        assertThat(sessions.open(tenant("a"))).isNotSameAs(sessions.open(tenant("b")));
        assertThat(aws.stub.asked()).hasSize(2);
    }

    @Test
    void aForgottenIdentityIsAssumedAgain() {
        aws.stub.role("ASIA1", IN_AN_HOUR).role("ASIA2", IN_AN_HOUR);
        SdkAwsSessions sessions = aws.sessions();
        sessions.open(tenant("ns"));

        sessions.forget("other");
        sessions.open(tenant("ns"));
        assertThat(aws.stub.asked()).hasSize(1);
        sessions.forget("ml");
        sessions.open(tenant("ns"));
        assertThat(aws.stub.asked()).hasSize(2);
    }

    @Test
    void expiredCredentialsAreForgotten() {
        aws.stub
                .role("ASIA1", IN_AN_HOUR)
                .error(400, "ExpiredTokenException", "The security token included in the request is expired")
                .role("ASIA2", IN_AN_HOUR);
        SdkAwsSessions sessions = aws.sessions();
        Hosting hosting = sessions.open(tenant("ns")).hosting(Priority.CHANGE);

        AwsException failed = catchThrowableOfType(AwsException.class, () -> hosting.describeModel("m"));
        sessions.open(tenant("ns"));

        assertThat(failed.kind()).isEqualTo(FailureKind.DENIED);
        assertThat(aws.stub.asked()).hasSize(3);
    }

    @Test
    void aRoleThatDoesNotTrustUsIsDeniedAndAskedAgainNextTime() {
        String denial = """
                <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
                <Code>AccessDenied</Code><Message>User: x is not authorized to perform: sts:AssumeRole</Message></Error>
                <RequestId>r-9</RequestId></ErrorResponse>""";
        aws.stub.answer(403, Map.of(), denial).role("ASIA1", IN_AN_HOUR);
        SdkAwsSessions sessions = aws.sessions();

        AwsException denied = catchThrowableOfType(AwsException.class, () -> sessions.open(tenant("ns")));

        assertThat(denied.failure())
                .extracting("kind", "operation", "code", "requestId")
                .containsExactly(FailureKind.DENIED, "sts:AssumeRole", "AccessDenied", "r-9");
        assertThat(sessions.open(tenant("ns")).location()).isEqualTo(HERE);
    }

    @Test
    void whatIsNoRoleNeverReachesSts() {
        SessionRequest request =
                new SessionRequest(Optional.of("ml"), "us-east-1", "c1", "ml", new SessionRequest.Purpose.Tenant("ns"));

        AwsException refused =
                catchThrowableOfType(AwsException.class, () -> aws.sessions().open(request));

        assertThat(refused.kind()).isEqualTo(FailureKind.INVALID);
        assertThat(aws.stub.asked()).isEmpty();
    }

    @Test
    void thePodsOwnCredentialsAreAskedForTheirAccountOnce() {
        aws.stub.xml("""
                <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
                <Arn>arn:aws:iam::444455556666:user/x</Arn><UserId>x</UserId><Account>444455556666</Account>
                </GetCallerIdentityResult></GetCallerIdentityResponse>""");
        SdkAwsSessions sessions = aws.sessions();

        assertThat(sessions.open(pod()).location()).isEqualTo(new Location("444455556666", "us-east-1"));
        assertThat(sessions.open(pod()).location().accountID()).isEqualTo("444455556666");

        assertThat(aws.stub.asked()).extracting(StubAws.Asked::about).containsExactly("GetCallerIdentity");
    }
}
