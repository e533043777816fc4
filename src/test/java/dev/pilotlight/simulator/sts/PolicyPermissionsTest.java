package dev.pilotlight.simulator.sts;

import static dev.pilotlight.simulator.sts.NeighbourServices.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.pilotlight.simulator.sts.NeighbourServices.Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sts.model.Tag;

class PolicyPermissionsTest {
    private static final String SESSION = "arn:aws:sts::" + ACCOUNT + ":assumed-role/reader/s1";

    private NeighbourServices aws = NeighbourServices.strict();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aRoleWithoutAPolicyMayDoNothing() {
        EcrClient ecr = reader("").ecr();
        denied(
                () -> ecr.createRepository(r -> r.repositoryName("sentiment")),
                400,
                "AccessDeniedException",
                "User: " + SESSION
                        + " is not authorized to perform: ecr:CreateRepository on resource: arn:aws:ecr:us-east-1:"
                        + ACCOUNT + ":repository/sentiment");
    }

    @Test
    void withoutEnforcementItMayDoEverything() {
        aws.close();
        aws = NeighbourServices.lenient();
        assertThatNoException().isThrownBy(() -> reader("").ecr().createRepository(r -> r.repositoryName("sentiment")));
    }

    @Test
    void aRoleMayDoWhatItsPolicyAllowsOnTheResourcesItNames() {
        EcrClient ecr = reader(allow("ecr:Create*", "arn:aws:ecr:*:" + ACCOUNT + ":repository/ml/*"))
                .ecr();
        assertThatNoException().isThrownBy(() -> ecr.createRepository(r -> r.repositoryName("ml/sentiment")));
        denied(
                () -> ecr.createRepository(r -> r.repositoryName("web/a")),
                400,
                "AccessDeniedException",
                "ecr:CreateRepository");
        denied(ecr::describeRepositories, 400, "AccessDeniedException", "ecr:DescribeRepositories");
    }

    @Test
    void aSessionPolicyOnlyTakesAway() {
        policy("reader", allow("ecr:*", "*"));
        EcrClient ecr = aws.session(aws.user(ACCOUNT)
                        .sts()
                        .assumeRole(r -> r.roleArn("arn:aws:iam::" + ACCOUNT + ":role/reader")
                                .roleSessionName("s1")
                                .policy(document(allow("ecr:Describe*", "*") + "," + allow("s3:*", "*"))))
                        .credentials())
                .ecr();
        assertThatNoException().isThrownBy(ecr::describeRepositories);
        denied(
                () -> ecr.createRepository(r -> r.repositoryName("a1")),
                400,
                "AccessDeniedException",
                "ecr:CreateRepository");
    }

    @Test
    void anExplicitDenyIsNamedAsSuch() {
        EcrClient ecr = reader(allow("*", "*") + ",{'Effect':'Deny','Action':'ecr:*','Resource':'*'}")
                .ecr();
        denied(ecr::describeRepositories, 400, "AccessDeniedException", "with an explicit deny");
    }

    @Test
    void aPolicyMayDependOnTheSessionsTags() {
        policy("reader", allow("ecr:*", "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/namespace}/*"));
        EcrClient ecr = aws.session(aws.user(ACCOUNT)
                        .sts()
                        .assumeRole(r -> r.roleArn("arn:aws:iam::" + ACCOUNT + ":role/reader")
                                .roleSessionName("s1")
                                .tags(Tag.builder().key("namespace").value("ml").build()))
                        .credentials())
                .ecr();
        assertThatNoException().isThrownBy(() -> ecr.createRepository(r -> r.repositoryName("ml/a")));
        denied(() -> ecr.createRepository(r -> r.repositoryName("web/a")), 400, "AccessDeniedException", "web/a");
    }

    @Test
    void theRightsOfASessionEndWithItsRole() {
        EcrClient ecr = reader(allow("*", "*")).ecr();
        assertThatNoException().isThrownBy(ecr::describeRepositories);
        aws.user(ACCOUNT).iam().deleteRolePolicy(p -> p.roleName("reader").policyName("p"));
        denied(ecr::describeRepositories, 400, "AccessDeniedException", "ecr:DescribeRepositories");
        aws.user(ACCOUNT).iam().deleteRole(r -> r.roleName("reader"));
        policy("reader", allow("*", "*"));
        denied(ecr::describeRepositories, 400, "AccessDeniedException", "ecr:DescribeRepositories");
    }

    @Test
    void whoMayNotListABucketIsDeniedAMissingKeyInsteadOfMissingIt() {
        S3Client owner = aws.user(ACCOUNT).s3();
        owner.createBucket(b -> b.bucket("ml-models"));
        owner.putObject(b -> b.bucket("ml-models").key("there"), RequestBody.fromString("x"));
        String objects = allow("s3:GetObject", "arn:aws:s3:::ml-models/*");

        S3Client blind = reader(objects).s3();
        assertThatNoException()
                .isThrownBy(() -> blind.headObject(h -> h.bucket("ml-models").key("there")));
        denied(
                () -> blind.getObjectAsBytes(g -> g.bucket("ml-models").key("gone")),
                403,
                "AccessDenied",
                "Access Denied");
        denied(
                () -> blind.putObject(p -> p.bucket("ml-models").key("new"), RequestBody.fromString("x")),
                403,
                "AccessDenied",
                "s3:PutObject");

        aws.user(ACCOUNT)
                .iam()
                .putRolePolicy(p -> p.roleName("reader")
                        .policyName("list")
                        .policyDocument(document(allow("s3:ListBucket", "arn:aws:s3:::ml-models"))));
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(
                        () -> blind.getObjectAsBytes(g -> g.bucket("ml-models").key("gone")));
    }

    /** A session of a role with the given policy statements, none when empty. */
    private Principal reader(String statements) {
        policy("reader", statements);
        return aws.session(aws.user(ACCOUNT)
                .sts()
                .assumeRole(r ->
                        r.roleArn("arn:aws:iam::" + ACCOUNT + ":role/reader").roleSessionName("s1"))
                .credentials());
    }

    private void policy(String role, String statements) {
        aws.user(ACCOUNT)
                .iam()
                .createRole(
                        r -> r.roleName(role)
                                .assumeRolePolicyDocument(
                                        document(
                                                "{'Effect':'Allow','Principal':{'AWS':'*'},'Action':['sts:AssumeRole','sts:TagSession']}")));
        if (!statements.isEmpty()) {
            aws.user(ACCOUNT)
                    .iam()
                    .putRolePolicy(p -> p.roleName(role).policyName("p").policyDocument(document(statements)));
        }
    }

    private static String allow(String action, String resource) {
        return "{'Effect':'Allow','Action':'" + action + "','Resource':'" + resource + "'}";
    }

    private static String document(String statements) {
        return ("{'Version':'2012-10-17','Statement':[" + statements + "]}").replace('\'', '"');
    }

    private static void denied(Runnable call, int status, String code, String message) {
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(call::run)
                .satisfies(error -> {
                    assertThat(error.statusCode()).isEqualTo(status);
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
                    assertThat(error.awsErrorDetails().errorMessage()).contains(message);
                });
    }
}
