package dev.pilotlight.simulator.iam;

import static dev.pilotlight.simulator.sts.NeighbourServices.ACCOUNT;
import static dev.pilotlight.simulator.sts.NeighbourServices.OTHER_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pilotlight.simulator.sts.NeighbourServices;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

class IamServiceTest {
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}]}""";
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}""";

    private final NeighbourServices aws = NeighbourServices.lenient();
    private final IamClient iam = aws.user(ACCOUNT).iam();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aRoleComesBackAsItWasMade() {
        Role created = iam.createRole(r -> r.roleName("sentiment")
                        .path("/sagemaker/")
                        .description("runs <models> & more")
                        .maxSessionDuration(7200)
                        .assumeRolePolicyDocument(TRUST))
                .role();
        Role read = iam.getRole(r -> r.roleName("sentiment")).role();

        assertThat(read).isEqualTo(created);
        assertThat(read.arn()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":role/sagemaker/sentiment");
        assertThat(read.roleId()).matches("AROA[A-Z2-7]{17}");
        assertThat(read.createDate()).isEqualTo(NeighbourServices.START);
        assertThat(read.description()).isEqualTo("runs <models> & more");
        assertThat(read.maxSessionDuration()).isEqualTo(7200);
        assertThat(URLDecoder.decode(read.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                .isEqualTo(TRUST);
        assertThat(aws.roles.trusts(read.arn(), "sagemaker.amazonaws.com")).isTrue();
        assertThat(aws.roles.trusts(read.arn(), "lambda.amazonaws.com")).isFalse();
        assertThat(aws.roles.trusts("arn:aws:iam::" + ACCOUNT + ":role/sentiment", "sagemaker.amazonaws.com"))
                .as("the path is part of the ARN")
                .isFalse();
    }

    @Test
    void rolesBelongToTheirAccount() {
        role("sentiment");
        IamClient other = aws.user(OTHER_ACCOUNT).iam();
        assertThat(other.listRoles().roles()).isEmpty();
        assertThatExceptionOfType(NoSuchEntityException.class)
                .isThrownBy(() -> other.getRole(r -> r.roleName("sentiment")));
    }

    @Test
    void namesAreTakenWhateverTheirCase() {
        role("sentiment");
        assertThatExceptionOfType(EntityAlreadyExistsException.class)
                .isThrownBy(() -> role("Sentiment"))
                .satisfies(error -> {
                    assertThat(error.statusCode()).isEqualTo(409);
                    assertThat(error.awsErrorDetails().errorMessage())
                            .isEqualTo("Role with name Sentiment already exists.");
                });
    }

    @Test
    void aMissingRoleHasAwsText() {
        assertThatExceptionOfType(NoSuchEntityException.class)
                .isThrownBy(() -> iam.getRole(r -> r.roleName("nobody")))
                .satisfies(error -> {
                    assertThat(error.statusCode()).isEqualTo(404);
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("NoSuchEntity");
                    assertThat(error.awsErrorDetails().errorMessage())
                            .isEqualTo("The role with name nobody cannot be found.");
                });
    }

    @Test
    void inlinePoliciesArePutReadListedAndDeleted() {
        role("sentiment");
        iam.putRolePolicy(p -> p.roleName("sentiment").policyName("read-models").policyDocument(POLICY));
        iam.putRolePolicy(p -> p.roleName("sentiment").policyName("a-first").policyDocument(POLICY));

        GetRolePolicyResponse read =
                iam.getRolePolicy(p -> p.roleName("sentiment").policyName("read-models"));
        assertThat(URLDecoder.decode(read.policyDocument(), StandardCharsets.UTF_8))
                .isEqualTo(POLICY);
        assertThat(iam.listRolePolicies(p -> p.roleName("sentiment")).policyNames())
                .containsExactly("a-first", "read-models");
        assertThat(iam.listRolePoliciesPaginator(p -> p.roleName("sentiment").maxItems(1))
                        .policyNames())
                .containsExactly("a-first", "read-models");

        assertThatExceptionOfType(IamException.class)
                .isThrownBy(() -> iam.deleteRole(r -> r.roleName("sentiment")))
                .satisfies(
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("DeleteConflict"));
        iam.deleteRolePolicy(p -> p.roleName("sentiment").policyName("a-first"));
        iam.deleteRolePolicy(p -> p.roleName("sentiment").policyName("read-models"));
        assertThatExceptionOfType(NoSuchEntityException.class)
                .isThrownBy(() -> iam.getRolePolicy(p -> p.roleName("sentiment").policyName("read-models")));
        iam.deleteRole(r -> r.roleName("sentiment"));
        assertThat(iam.listRoles().roles()).isEmpty();
    }

    @Test
    void theTrustPolicyCanBeChanged() {
        String arn = role("sentiment").arn();
        iam.updateAssumeRolePolicy(r -> r.roleName("sentiment").policyDocument(TRUST.replace("sagemaker", "lambda")));
        assertThat(aws.roles.trusts(arn, "lambda.amazonaws.com")).isTrue();
        assertThat(aws.roles.trusts(arn, "sagemaker.amazonaws.com")).isFalse();
        assertThatExceptionOfType(MalformedPolicyDocumentException.class)
                .isThrownBy(() ->
                        iam.updateAssumeRolePolicy(r -> r.roleName("sentiment").policyDocument("{")))
                .withMessageContaining("This policy contains invalid Json");
    }

    @Test
    void rolesAreListedByPathInPages() {
        for (String name : new String[] {"c", "a", "b"}) {
            iam.createRole(r -> r.roleName(name).path("/sagemaker/").assumeRolePolicyDocument(TRUST));
        }
        role("elsewhere");
        assertThat(iam.listRolesPaginator(r -> r.pathPrefix("/sagemaker/").maxItems(2))
                        .roles())
                .extracting(Role::roleName)
                .containsExactly("a", "b", "c");
    }

    private Role role(String name) {
        return iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST))
                .role();
    }
}
