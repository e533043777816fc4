package dev.pilotlight.simulator.sts;

import static dev.pilotlight.simulator.sts.NeighbourServices.ACCOUNT;
import static dev.pilotlight.simulator.sts.NeighbourServices.OTHER_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pilotlight.simulator.sts.NeighbourServices.Principal;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

class AssumeRoleTest {
    private static final String USER = "arn:aws:iam::" + ACCOUNT + ":user/default";
    private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/pilotlight/ml-prod";
    private static final String EXTERNAL_ID = "pilotlight:c1:ml-prod:team-a";

    private final NeighbourServices aws = NeighbourServices.lenient();
    private final Principal user = aws.user(ACCOUNT);

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aStrangersKeyBelongsToTheDefaultAccountAndA12DigitKeyToItsOwn() {
        assertThat(aws.stranger().sts().getCallerIdentity().arn()).isEqualTo(USER);
        assertThat(aws.user(OTHER_ACCOUNT).sts().getCallerIdentity().account()).isEqualTo(OTHER_ACCOUNT);
    }

    @Test
    void anAssumedRoleIsWhoItsCredentialsSay() {
        role("ml-prod", trust("{'AWS':'" + ACCOUNT + "'}", ""));
        AssumeRoleResponse answer = user.sts().assumeRole(call(c -> c.durationSeconds(900)));

        String session = "arn:aws:sts::" + ACCOUNT + ":assumed-role/ml-prod/c1.team-a";
        assertThat(answer.assumedRoleUser().arn()).isEqualTo(session);
        assertThat(answer.assumedRoleUser().assumedRoleId()).matches("AROA[A-Z2-7]{17}:c1.team-a");
        assertThat(answer.credentials().accessKeyId()).startsWith("ASIA").hasSize(20);
        assertThat(answer.credentials().expiration()).isEqualTo(NeighbourServices.START.plusSeconds(900));
        assertThat(answer.packedPolicySize()).isNull();

        GetCallerIdentityResponse identity =
                aws.session(answer.credentials()).sts().getCallerIdentity();
        assertThat(identity.arn()).isEqualTo(session);
        assertThat(identity.account()).isEqualTo(ACCOUNT);
        assertThat(identity.userId()).isEqualTo(answer.assumedRoleUser().assumedRoleId());
    }

    @Test
    void credentialsExpireOnTheWallClock() {
        role("ml-prod", trust("{'AWS':'" + ACCOUNT + "'}", ""));
        Principal session = aws.session(
                user.sts().assumeRole(call(c -> c.durationSeconds(900))).credentials());
        aws.wallClockPasses(Duration.ofSeconds(899));
        assertThatNoException().isThrownBy(() -> session.sts().getCallerIdentity());
        aws.wallClockPasses(Duration.ofSeconds(1));
        refused(
                () -> session.sts().getCallerIdentity(),
                403,
                "ExpiredToken",
                "security token included in the request is expired");
    }

    @Test
    void aKeyThatASimulatorIssuedEarlierIsNobodys() {
        Principal forgotten = aws.session(Credentials.builder()
                .accessKeyId("ASIAPILOTAAAAAAAAAAA")
                .secretAccessKey("s")
                .sessionToken("t")
                .build());
        refused(() -> forgotten.sts().getCallerIdentity(), 403, "InvalidClientTokenId", "security token");
    }

    @Test
    void aRoleThatDoesNotExistIsDeniedLikeOneThatDoesNotTrust() {
        String denied = "User: " + USER + " is not authorized to perform: sts:AssumeRole on resource: " + ROLE;
        refused(() -> user.sts().assumeRole(call(c -> {})), 403, "AccessDenied", denied);
        role("ml-prod", trust("{'AWS':'arn:aws:iam::" + ACCOUNT + ":role/somebody-else'}", ""));
        refused(() -> user.sts().assumeRole(call(c -> {})), 403, "AccessDenied", denied);
    }

    @Test
    void theExternalIdMustBeTheOneTheTrustPolicyNames() {
        role("ml-prod", trust("{'AWS':'" + ACCOUNT + "'}", "'StringEquals':{'sts:ExternalId':'" + EXTERNAL_ID + "'}"));
        refused(() -> user.sts().assumeRole(call(c -> {})), 403, "AccessDenied", "sts:AssumeRole");
        refused(
                () -> user.sts().assumeRole(call(c -> c.externalId("pilotlight:c1:ml-prod:team-b"))),
                403,
                "AccessDenied",
                "sts:AssumeRole");
        assertThatNoException().isThrownBy(() -> user.sts().assumeRole(call(c -> c.externalId(EXTERNAL_ID))));
    }

    @Test
    void tagsNeedTheirOwnPermissionAndCanBeDemanded() {
        role("ml-prod", trust("{'AWS':'" + ACCOUNT + "'}", ""));
        refused(
                () -> user.sts().assumeRole(call(c -> c.tags(tag("namespace", "team-a")))),
                403,
                "AccessDenied",
                "sts:TagSession");

        role(
                "ml-prod",
                "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':['sts:AssumeRole','sts:TagSession'],"
                        + "'Principal':{'AWS':'" + ACCOUNT + "'},"
                        + "'Condition':{'StringLike':{'aws:RequestTag/namespace':'team-*'}}}}");
        refused(
                () -> user.sts().assumeRole(call(c -> c.tags(tag("namespace", "web")))),
                403,
                "AccessDenied",
                "sts:AssumeRole");
        assertThat(user.sts()
                        .assumeRole(call(c -> c.tags(tag("namespace", "team-a"))))
                        .packedPolicySize())
                .isPositive();
    }

    @Test
    void aTrustPolicyMayNameTheRoleOrTheSessionOfTheCaller() {
        role("pod", trust("{'AWS':'" + ACCOUNT + "'}", ""));
        Principal pod = aws.session(user.sts()
                .assumeRole(r -> r.roleArn("arn:aws:iam::" + ACCOUNT + ":role/pilotlight/pod")
                        .roleSessionName("operator"))
                .credentials());
        for (String principal : new String[] {
            "arn:aws:iam::" + ACCOUNT + ":role/pilotlight/pod", "arn:aws:sts::" + ACCOUNT + ":assumed-role/pod/operator"
        }) {
            role("ml-prod", trust("{'AWS':'" + principal + "'}", ""));
            assertThatNoException().isThrownBy(() -> pod.sts().assumeRole(call(c -> {})));
        }
        role("ml-prod", trust("{'AWS':'arn:aws:sts::" + ACCOUNT + ":assumed-role/pod/other'}", ""));
        refused(() -> pod.sts().assumeRole(call(c -> {})), 403, "AccessDenied", "sts:AssumeRole");
        role(
                "ml-prod",
                trust(
                        "{'AWS':'*'}",
                        "'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::" + ACCOUNT + ":role/pilotlight/*'}"));
        assertThatNoException().isThrownBy(() -> pod.sts().assumeRole(call(c -> {})));
    }

    @Test
    void aChainedSessionLastsAnHourAtMostAndInheritsTransitiveTags() {
        role(
                "ml-prod",
                "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':['sts:AssumeRole','sts:TagSession'],"
                        + "'Principal':{'AWS':'" + ACCOUNT + "'}}}");
        Principal first = aws.session(user.sts()
                .assumeRole(call(c -> c.tags(tag("team", "ml")).transitiveTagKeys("team")))
                .credentials());
        refused(
                () -> first.sts().assumeRole(call(c -> c.durationSeconds(3601))),
                400,
                "ValidationError",
                "exceeds the 1 hour session limit for roles assumed by role chaining");
        refused(
                () -> first.sts().assumeRole(call(c -> c.tags(tag("Team", "web")))),
                400,
                "InvalidParameterValue",
                "transitive");
        assertThatNoException().isThrownBy(() -> first.sts().assumeRole(call(c -> c.durationSeconds(3600))));
    }

    @Test
    void acrossAccountsTheTrustPolicyIsNotEnough() {
        NeighbourServices strict = NeighbourServices.strict();
        try (strict) {
            Principal here = strict.user(ACCOUNT);
            Principal there = strict.user(OTHER_ACCOUNT);
            create(here, "pod", trust("{'AWS':'" + ACCOUNT + "'}", ""));
            create(there, "target", trust("{'AWS':'arn:aws:iam::" + ACCOUNT + ":role/pilotlight/pod'}", ""));
            Principal pod = strict.session(here.sts()
                    .assumeRole(r -> r.roleArn("arn:aws:iam::" + ACCOUNT + ":role/pilotlight/pod")
                            .roleSessionName("operator"))
                    .credentials());
            String target = "arn:aws:iam::" + OTHER_ACCOUNT + ":role/pilotlight/target";
            refused(
                    () -> pod.sts().assumeRole(r -> r.roleArn(target).roleSessionName("s1")),
                    403,
                    "AccessDenied",
                    target);
            here.iam()
                    .putRolePolicy(p -> p.roleName("pod")
                            .policyName("assume")
                            .policyDocument(
                                    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Resource\":\""
                                            + target + "\"}}"));
            assertThat(strict.session(pod.sts()
                                    .assumeRole(r -> r.roleArn(target).roleSessionName("s1"))
                                    .credentials())
                            .sts()
                            .getCallerIdentity()
                            .account())
                    .isEqualTo(OTHER_ACCOUNT);
        }
    }

    static Stream<Arguments> invalidCalls() {
        return Stream.of(
                invalid(c -> c.roleSessionName("a"), "Member must have length greater than or equal to 2"),
                invalid(c -> c.roleSessionName("a".repeat(65)), "Member must have length less than or equal to 64"),
                invalid(c -> c.roleSessionName("a b"), "Member must satisfy regular expression pattern: [\\w+=,.@-]*"),
                invalid(c -> c.roleSessionName(""), "'roleSessionName'"),
                invalid(
                        c -> c.durationSeconds(899),
                        "'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"),
                invalid(c -> c.durationSeconds(43201), "Member must have value less than or equal to 43200"),
                invalid(
                        c -> c.durationSeconds(3601),
                        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
                invalid(c -> c.externalId("x"), "'externalId'"),
                invalid(c -> c.externalId("a*b"), "Member must satisfy regular expression pattern"),
                invalid(c -> c.roleArn("arn:short"), "'roleArn'"),
                invalid(c -> c.roleArn("arn:aws:iam::1:role/pilotlight/x"), "Request ARN is invalid"),
                invalid(c -> c.tags(tag("team", "*")), "'tags.member.value'"),
                invalid(c -> c.policy("x".repeat(2049)), "'policy'"));
    }

    @ParameterizedTest
    @MethodSource("invalidCalls")
    void whatBreaksAConstraintIsAValidationError(Consumer<AssumeRoleRequest.Builder> change, String message) {
        role("ml-prod", trust("{'AWS':'" + ACCOUNT + "'}", ""));
        refused(() -> user.sts().assumeRole(call(change)), 400, "ValidationError", message);
    }

    @Test
    void otherMistakesHaveTheirOwnCodes() {
        role("ml-prod", trust("{'AWS':'" + ACCOUNT + "'}", ""));
        refused(
                () -> user.sts().assumeRole(call(c -> c.tags(tag("team", "a"), tag("Team", "b")))),
                400,
                "InvalidParameterValue",
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        refused(
                () -> user.sts().assumeRole(call(c -> c.policy("{}"))),
                400,
                "MalformedPolicyDocument",
                "Syntax errors in policy.");
    }

    private static Arguments invalid(Consumer<AssumeRoleRequest.Builder> change, String message) {
        return arguments(change, message);
    }

    private static AssumeRoleRequest call(Consumer<AssumeRoleRequest.Builder> change) {
        return AssumeRoleRequest.builder()
                .roleArn(ROLE)
                .roleSessionName("c1.team-a")
                .applyMutation(change)
                .build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    /** A trust policy with single quotes for double ones. */
    private static String trust(String principal, String condition) {
        return "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'sts:AssumeRole','Principal':"
                + principal + (condition.isEmpty() ? "" : ",'Condition':{" + condition + "}") + "}]}";
    }

    private void role(String name, String trust) {
        if (aws.roles.list(ACCOUNT).stream().anyMatch(role -> role.name().equals(name))) {
            user.iam().deleteRole(r -> r.roleName(name));
        }
        create(user, name, trust);
    }

    private static void create(Principal owner, String name, String trust) {
        owner.iam()
                .createRole(
                        r -> r.roleName(name).path("/pilotlight/").assumeRolePolicyDocument(trust.replace('\'', '"')));
    }

    private static void refused(Runnable call, int status, String code, String message) {
        assertThatExceptionOfType(StsException.class).isThrownBy(call::run).satisfies(error -> {
            assertThat(error.statusCode()).isEqualTo(status);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(error.awsErrorDetails().errorMessage()).contains(message);
            assertThat(error.requestId()).isNotBlank();
        });
    }
}
