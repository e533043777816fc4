package dev.pilotlight.domain.identity;

import static dev.pilotlight.domain.identity.Grants.CLAIM;
import static dev.pilotlight.domain.identity.Grants.NAMESPACE;
import static dev.pilotlight.domain.identity.Grants.grants;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.AWSIdentitySpec;
import dev.pilotlight.api.v1alpha1.NamespaceSelector;
import dev.pilotlight.api.v1alpha1.NamespaceSelectorRequirement;
import dev.pilotlight.api.v1alpha1.Reasons;
import dev.pilotlight.api.v1alpha1.SelectorOperator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityGrantTest {

    @Test
    void anEndpointInsideEveryListIsAllowed() {
        assertThat(grants().build().refusals(NAMESPACE, CLAIM)).isEmpty();
    }

    @Test
    void anIdentityThatSaysNothingAllowsNothing() {
        IdentityGrant nothing = IdentityGrant.of(
                "bare", new AWSIdentitySpec(null, null, null, null, null, null, null, null, null, null));
        assertThat(nothing.refusals(NAMESPACE, CLAIM))
                .extracting(Refusal::reason)
                .containsExactly(Reasons.NAMESPACE_NOT_ALLOWED);
        assertThat(nothing.refuseAdoption(NAMESPACE, "ml-prod-sentiment")).isPresent();
    }

    @Test
    void everyEmptyListRefusesAndAllFindingsComeAtOnce() {
        IdentityGrant grant = grants().regions().roles().registries().prefixes().build();
        assertThat(grant.refusals(NAMESPACE, CLAIM))
                .extracting(Refusal::reason)
                .containsExactly(
                        Reasons.REGION_NOT_ALLOWED,
                        Reasons.IMAGE_REGISTRY_NOT_ALLOWED,
                        Reasons.MODEL_DATA_NOT_ALLOWED,
                        Reasons.EXECUTION_ROLE_NOT_ALLOWED);
    }

    @Test
    void endpointNamesDefaultToTheNamespaceAndAHyphen() {
        IdentityGrant grant = grants().build();
        GrantClaim foreign = new GrantClaim(
                CLAIM.region(), "billing-x", CLAIM.image(), CLAIM.modelDataURL(), CLAIM.executionRoleARN());
        assertThat(grant.refusals(NAMESPACE, foreign))
                .extracting(Refusal::field)
                .containsExactly("spec.endpointName");
    }

    @Test
    void aForeignNamespaceLearnsNothingAboutTheLists() {
        List<Refusal> refusals = grants().regions().build().refusals(new TenantNamespace("other", Map.of()), CLAIM);
        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.field()).isEqualTo("spec.identityRef.name");
            assertThat(refusal.message()).contains("\"other\"", "allowedNamespaces", "ask an administrator");
        });
    }

    @Test
    void anIdentityWithoutNamespacesIsForNobody() {
        assertThat(grants().noNamespaces().build().refuseNamespace(NAMESPACE)).isPresent();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "team,IN,ml,true",
        "team,IN,other,false",
        "gone,IN,ml,false",
        "team,NOT_IN,ml,false",
        "team,NOT_IN,other,true",
        "gone,NOT_IN,ml,true",
        "team,NOT_IN,'',false",
        "team,EXISTS,'',true",
        "team,EXISTS,ml,false",
        "gone,EXISTS,'',false",
        "gone,DOES_NOT_EXIST,'',true",
        "team,DOES_NOT_EXIST,'',false",
        "team,UNKNOWN,ml,false",
        "team,,ml,false",
        "'',DOES_NOT_EXIST,'',false",
    })
    void aSelectorReadsLabelsLikeKubernetesAndFailsClosed(
            String key, SelectorOperator operator, String value, boolean allowed) {
        List<String> values = value.isEmpty() ? List.of() : List.of(value);
        NamespaceSelector selector =
                new NamespaceSelector(Map.of(), List.of(new NamespaceSelectorRequirement(key, operator, values)));
        assertThat(selects(selector, Map.of("team", "ml"))).isEqualTo(allowed);
    }

    @Test
    void allRequirementsOfASelectorMustHold() {
        NamespaceSelector selector = new NamespaceSelector(
                Map.of("team", "ml", "stage", "prod"),
                List.of(new NamespaceSelectorRequirement("frozen", SelectorOperator.DOES_NOT_EXIST, List.of())));
        assertThat(selects(selector, Map.of("team", "ml", "stage", "prod"))).isTrue();
        assertThat(selects(selector, Map.of("team", "ml"))).isFalse();
        assertThat(selects(selector, Map.of("team", "ML", "stage", "prod"))).isFalse();
        assertThat(selects(selector, Map.of("team", "ml", "stage", "prod", "frozen", "")))
                .isFalse();
    }

    @Test
    void anEmptySelectorSelectsNothing() {
        assertThat(selects(new NamespaceSelector(null, null), Map.of("team", "ml")))
                .isFalse();
    }

    @Test
    void adoptionIsRefusedUnlessThePatternsSaySo() {
        assertThat(grants().build().refuseAdoption(NAMESPACE, "ml-prod-old"))
                .hasValueSatisfying(refusal -> assertThat(refusal.message()).contains("adoptableEndpointNames"));
        assertThat(grants().adoptable("{namespace}-old").build().refuseAdoption(NAMESPACE, "ml-prod-old"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1,aws", "cn-north-1,aws-cn", "us-gov-west-1,aws-us-gov", "us-iso-east-1,aws-iso",
        "us-isob-east-1,aws-iso-b", "eu-isoe-west-1,aws-iso-e", "us-isof-south-1,aws-iso-f", "eusc-de-east-1,aws-eusc"
    })
    void aRoleMustBeOfTheRegionsPartition(String region, String partition) {
        String role = "arn:" + partition + ":iam::111122223333:role/sagemaker";
        IdentityGrant grant = grants().regions(region).roles(role).build();
        GrantClaim claim = new GrantClaim(region, CLAIM.endpointName(), CLAIM.image(), CLAIM.modelDataURL(), role);
        assertThat(grant.refusals(NAMESPACE, claim)).isEmpty();
    }

    private static boolean selects(NamespaceSelector selector, Map<String, String> labels) {
        return grants().namespaces(List.of(), selector)
                .build()
                .refuseNamespace(new TenantNamespace("ml-prod", labels))
                .isEmpty();
    }
}
