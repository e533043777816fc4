package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pilotlight.domain.identity.ExternalIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies of {@code deploy/iam}. */
class IamPoliciesTest {
    private static final Path FOLDER = Path.of("deploy/iam");

    /** AWS has no resources for these, so they stand on all. */
    private static final Set<String> WITHOUT_RESOURCES = Set.of(
            "sagemaker:ListEndpoints",
            "sagemaker:ListEndpointConfigs",
            "sagemaker:ListModels",
            "application-autoscaling:DescribeScalableTargets",
            "application-autoscaling:DescribeScalingPolicies",
            "application-autoscaling:DescribeScheduledActions",
            "ecr:GetAuthorizationToken",
            "cloudwatch:PutMetricData",
            "cloudwatch:GetMetricData",
            "pricing:GetProducts");

    static List<Path> policies() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void namesEveryActionInFull(Path policy) {
        assertThat(statements(policy)).isNotEmpty().allSatisfy(statement -> {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            assertThat(statement.has("NotAction") || statement.has("NotResource") || statement.has("NotPrincipal"))
                    .isFalse();
            assertThat(Yaml.texts(statement.path("Action")))
                    .isNotEmpty()
                    .allMatch(a -> a.matches("[a-z0-9-]+:[A-Za-z]+"));
        });
    }

    @ParameterizedTest
    @MethodSource("policies")
    void narrowsResourcesWhereAwsHasThem(Path policy) {
        if (policy.endsWith("inventory-session.json")) {
            return; // A session policy narrows a role further; it allows nothing the role does not.
        }
        for (JsonNode statement : statements(policy).toList()) {
            if (Yaml.texts(statement.path("Resource")).contains("*")) {
                assertThat(Yaml.texts(statement.path("Action"))).allMatch(WITHOUT_RESOURCES::contains);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void givesAReasonForEachStatement(Path policy) throws IOException {
        String readme = Files.readString(FOLDER.resolve("README.md"));
        assertThat(readme).contains(policy.getFileName().toString());
        if (!policy.endsWith("inventory-session.json")) {
            assertThat(statements(policy).map(statement -> statement.path("Sid").asText()))
                    .allMatch(readme::contains);
        }
    }

    @Test
    void theOperatorItselfCanOnlyAssumeRolesOfIdentities() {
        assertThat(statements(FOLDER.resolve("operator-permissions.json")))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(Yaml.texts(statement.path("Action")))
                            .containsExactly("sts:AssumeRole", "sts:TagSession");
                    assertThat(statement.path("Resource").asText()).endsWith(":role/pilotlight/*");
                });
    }

    @Test
    void executionRolesArePassedToSageMakerOnly() {
        assertThat(statements(FOLDER.resolve("identity-permissions.json"))
                        .filter(statement ->
                                Yaml.texts(statement.path("Action")).contains("iam:PassRole")))
                .singleElement()
                .satisfies(statement -> assertThat(statement
                                .at("/Condition/StringEquals/iam:PassedToService")
                                .asText())
                        .isEqualTo("sagemaker.amazonaws.com"));
    }

    @Test
    void theTrustAsksForTheExternalIdAndTheTagsTheOperatorSends() {
        assertThat(statements(FOLDER.resolve("identity-trust.json"))
                        .map(statement -> statement
                                .at("/Condition/StringEquals/sts:ExternalId")
                                .asText()))
                .containsExactly(
                        ExternalIds.tenant("CLUSTER_ID", "ml-prod", "ml-prod"),
                        ExternalIds.tenant("CLUSTER_ID", "ml-prod", ExternalIds.INVENTORY));
        assertThat(statements(FOLDER.resolve("identity-trust.json"))).allSatisfy(statement -> {
            assertThat(Yaml.texts(statement.path("Action"))).containsExactly("sts:AssumeRole", "sts:TagSession");
            JsonNode required = statement.at("/Condition/StringEquals");
            assertThat(required.path("sts:ExternalId").asText())
                    .isEqualTo("pilotlight:%s:%s:%s"
                            .formatted(
                                    tag(required, "cluster"), tag(required, "identity"), tag(required, "namespace")));
        });
    }

    private static String tag(JsonNode required, String name) {
        return required.path("aws:RequestTag/pilotlight.dev/" + name).asText();
    }

    private static Stream<JsonNode> statements(Path policy) {
        JsonNode document = Yaml.read(policy);
        assertThat(document.path("Version").asText()).isEqualTo("2012-10-17");
        return Yaml.items(document.path("Statement"));
    }
}
