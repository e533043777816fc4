package dev.pilotlight.domain.identity;

import static dev.pilotlight.domain.identity.Grants.CLAIM;
import static dev.pilotlight.domain.identity.Grants.HOST;
import static dev.pilotlight.domain.identity.Grants.NAMESPACE;
import static dev.pilotlight.domain.identity.Grants.ROLE;
import static dev.pilotlight.domain.identity.Grants.grants;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.api.v1alpha1.Reasons;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The attack table: what a tenant, or a careless administrator, may write, and what must come of it. */
class IdentityGrantAttackTest {
    private static final String KEY = "s3://ml-prod-models/team/model.tar.gz";

    static Stream<Arguments> images() {
        String image = HOST + "/sentiment:1.4.0";
        return Stream.of(
                row("the host itself", HOST, image, true),
                row("by digest", HOST, HOST + "/sentiment@sha256:" + "0a".repeat(32), true),
                row("by tag and digest", HOST, image + "@sha256:" + "0a".repeat(32), true),
                row("nested repository", HOST, HOST + "/team/sentiment:1", true),
                row("port named on both sides", "registry.example.com:5000", "registry.example.com:5000/a:1", true),
                row("suffix host", HOST, HOST + ".evil.example/sentiment:1.4.0", false),
                row("prefix host", HOST, "evil." + image, false),
                row("host inside the path", HOST, "evil.example/" + image, false),
                row("host as user info", HOST, HOST + "@evil.example/sentiment:1", false),
                row("allowed host as user of another", HOST, "evil.example@" + image, false),
                row("upper case host", HOST, image.toUpperCase(java.util.Locale.ROOT), false),
                row("host with port", HOST, HOST + ":443/sentiment:1.4.0", false),
                row("port in the list only", HOST + ":443", image, false),
                row("trailing dot of the host", HOST, HOST + "./sentiment:1.4.0", false),
                row("no host", HOST, "sentiment:1.4.0", false),
                row("host without repository", HOST, HOST + "/", false),
                row("host alone", HOST, HOST, false),
                row("scheme in front", HOST, "https://" + image, false),
                row("dotted segment", HOST, HOST + "/../other/sentiment:1", false),
                row("empty segment", HOST, HOST + "//sentiment:1", false),
                row("encoded slash", HOST, HOST + "%2fsentiment:1", false),
                row("backslash", HOST, HOST + "\\@evil.example/sentiment:1", false),
                row("line feed after the host", HOST, HOST + "\n/sentiment:1", false),
                row("line feed at the end", HOST, image + "\n", false),
                row("tab in front", HOST, "\t" + image, false),
                row("look-alike letter", HOST, image.replace("amazon", "\u0430mazon"), false),
                row("full-width dot", HOST, image.replace(".dkr", "\uff0edkr"), false),
                row("other account", HOST, image.replace("1111", "4444"), false),
                row("other Region", HOST, image.replace("us-east-1", "us-east-2"), false),
                row("wildcard in the list", "*.dkr.ecr.us-east-1.amazonaws.com", image, false),
                row("path in the list", HOST + "/sentiment", image, false),
                row("empty entry, image without host", "", "/sentiment:1", false),
                row("empty image", HOST, "", false),
                row("no image", HOST, null, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void anImageIsHeldAgainstItsRegistryHost(String attack, String entry, String image, boolean allowed) {
        check(
                grants().registries(entry).build(),
                c -> new GrantClaim(c.region(), c.endpointName(), image, c.modelDataURL(), c.executionRoleARN()),
                allowed,
                Reasons.IMAGE_REGISTRY_NOT_ALLOWED,
                "spec.model.image",
                "allowedImageRegistries");
    }

    static Stream<Arguments> modelData() {
        return Stream.of(
                row("under the bucket", "s3://ml-prod-models/", KEY, true),
                row("under a key prefix", "s3://ml-prod-models/team/", KEY, true),
                row("no model data at all", "s3://ml-prod-models/", null, true),
                row("suffix bucket", "s3://ml-prod-models/", "s3://ml-prod-models-evil/model.tar.gz", false),
                row("bucket with a dot suffix", "s3://ml-prod-models/", "s3://ml-prod-models.evil/model.tar.gz", false),
                row("entry without its slash", "s3://ml-prod-models", KEY, false),
                row("key entry without its slash", "s3://ml-prod-models/team", KEY, false),
                row(
                        "neighbour of the prefix",
                        "s3://ml-prod-models/team/",
                        "s3://ml-prod-models/team2/model.tar.gz",
                        false),
                row("the prefix itself", "s3://ml-prod-models/team/", "s3://ml-prod-models/team/", false),
                row("the prefix without its slash", "s3://ml-prod-models/team/", "s3://ml-prod-models/team", false),
                row("climbing out", "s3://ml-prod-models/team/", "s3://ml-prod-models/team/../secret/m.tar.gz", false),
                row("climbing to the bucket", "s3://ml-prod-models/", "s3://ml-prod-models/../evil/m.tar.gz", false),
                row("one dot", "s3://ml-prod-models/", "s3://ml-prod-models/./m.tar.gz", false),
                row("encoded dots", "s3://ml-prod-models/", "s3://ml-prod-models/%2e%2e/evil/m.tar.gz", false),
                row("encoded slash", "s3://ml-prod-models/", "s3://ml-prod-models/team%2fm.tar.gz", false),
                row("empty segment", "s3://ml-prod-models/", "s3://ml-prod-models//m.tar.gz", false),
                row("query", "s3://ml-prod-models/", KEY + "?versionId=1", false),
                row("fragment", "s3://ml-prod-models/", KEY + "#x", false),
                row("user info", "s3://ml-prod-models/", "s3://ml-prod-models@evil/m.tar.gz", false),
                row("backslash", "s3://ml-prod-models/", "s3://ml-prod-models\\evil/m.tar.gz", false),
                row("upper case scheme", "s3://ml-prod-models/", KEY.replace("s3:", "S3:"), false),
                row("upper case bucket", "s3://ml-prod-models/", KEY.replace("ml-prod", "ML-PROD"), false),
                row("upper case key", "s3://ml-prod-models/team/", KEY.replace("team", "Team"), false),
                row("https", "s3://ml-prod-models/", KEY.replace("s3:", "https:"), false),
                row("no bucket", "s3://ml-prod-models/", "s3:///m.tar.gz", false),
                row("line feed", "s3://ml-prod-models/", KEY + "\n", false),
                row("tab", "s3://ml-prod-models/", KEY.replace("team/", "team/\t"), false),
                row("NUL", "s3://ml-prod-models/", KEY + "\0", false),
                row("look-alike bucket", "s3://ml-prod-models/", KEY.replace("prod", "pr\u043ed"), false),
                row("full-width slash", "s3://ml-prod-models/team/", "s3://ml-prod-models\uff0fteam/m.tar.gz", false),
                row("empty URL", "s3://ml-prod-models/", "", false),
                row("bare scheme in the list", "s3://", KEY, false),
                row("only slashes in the list", "s3:///", KEY, false),
                row("slash in the list", "/", KEY, false),
                row("empty entry", "", KEY, false),
                row("wildcard in the list", "s3://*/", KEY, false),
                row("star key is literal", "s3://ml-prod-models/*/", KEY, false),
                row("climbing entry", "s3://ml-prod-models/x/../", KEY, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modelData")
    void modelDataIsHeldAgainstBucketAndWholeKeySegments(String attack, String entry, String url, boolean allowed) {
        check(
                grants().prefixes(entry).build(),
                c -> new GrantClaim(c.region(), c.endpointName(), c.image(), url, c.executionRoleARN()),
                allowed,
                Reasons.MODEL_DATA_NOT_ALLOWED,
                "spec.model.modelDataURL",
                "allowedModelDataPrefixes");
    }

    static Stream<Arguments> roles() {
        String star = "arn:aws:iam::111122223333:role/sagemaker/*";
        return Stream.of(
                row("exact", ROLE, ROLE, true),
                row("trailing star", star, ROLE, true),
                row("star over several segments", "arn:aws:iam::111122223333:role/*", ROLE, true),
                row("neighbour of the path", star, ROLE.replace("sagemaker/", "sagemaker2/"), false),
                row("the path without a role", star, "arn:aws:iam::111122223333:role/sagemaker/", false),
                row("star not after a slash", "arn:aws:iam::111122223333:role/sagemaker*", ROLE, false),
                row("star in the middle", "arn:aws:iam::111122223333:role/*/sentiment", ROLE, false),
                row("star in the account", "arn:aws:iam::*:role/sagemaker/*", ROLE, false),
                row("two stars", "arn:aws:iam::111122223333:role/*/*", ROLE, false),
                row("star alone", "*", ROLE, false),
                row("star after a bare slash", "/*", ROLE, false),
                row("star of any resource", "arn:aws:iam::111122223333:*", ROLE, false),
                row("star over users", "arn:aws:iam::111122223333:/*", ROLE, false),
                row("empty entry", "", ROLE, false),
                row("empty both", "", "", false),
                row("no role", star, null, false),
                row("tenant writes the star", star, star, false),
                row("entry covers itself only", "arn:aws:iam::111122223333:role/sagemaker", ROLE, false),
                row("other account", star, ROLE.replace("1111", "4444"), false),
                row(
                        "other account, allowed by mistake",
                        ROLE.replace("1111", "4444"),
                        ROLE.replace("1111", "4444"),
                        false),
                row("other partition", star, ROLE.replace("arn:aws:", "arn:aws-cn:"), false),
                row(
                        "other partition, allowed by mistake",
                        ROLE.replace("arn:aws:", "arn:aws-us-gov:"),
                        ROLE.replace("arn:aws:", "arn:aws-us-gov:"),
                        false),
                row("climbing out", star, "arn:aws:iam::111122223333:role/sagemaker/../admin", false),
                row("empty segment", star, "arn:aws:iam::111122223333:role/sagemaker//admin", false),
                row("encoded slash", star, "arn:aws:iam::111122223333:role/sagemaker%2fadmin", false),
                row("upper case path", star, ROLE.replace("sagemaker", "SageMaker"), false),
                row("upper case scheme", star, ROLE.replace("arn:", "ARN:"), false),
                row("a user", "arn:aws:iam::111122223333:user/*", "arn:aws:iam::111122223333:user/bob", false),
                row("assumed role", star, "arn:aws:sts::111122223333:assumed-role/sagemaker/x", false),
                row("Region in the ARN", star, ROLE.replace("iam::", "iam:us-east-1:"), false),
                row("short account", star, ROLE.replace("111122223333", "11112222333"), false),
                row("Arabic digits", star, ROLE.replace("1111", "\u0661\u0661\u0661\u0661"), false),
                row("look-alike letter", star, ROLE.replace("sentiment", "sentim\u0435nt"), false),
                row("line feed", star, ROLE + "\n", false),
                row("tab", star, ROLE.replace("sagemaker/", "sagemaker/\t"), false),
                row("blank in front", star, " " + ROLE, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("roles")
    void anExecutionRoleIsHeldAgainstExactArnsAndPaths(String attack, String entry, String role, boolean allowed) {
        check(
                grants().roles(entry).build(),
                c -> new GrantClaim(c.region(), c.endpointName(), c.image(), c.modelDataURL(), role),
                allowed,
                Reasons.EXECUTION_ROLE_NOT_ALLOWED,
                "spec.model.executionRoleARN",
                "ml-prod");
    }

    static Stream<Arguments> names() {
        return Stream.of(
                row("the default form", "{namespace}-*", "ml-prod-sentiment", true),
                row("case does not count", "{namespace}-*", "ML-Prod-Sentiment", true),
                row("case of the pattern does not count", "{NAMESPACE}-Sent*", "ml-prod-sentiment", true),
                row("exact", "ml-prod-sentiment", "ml-prod-sentiment", true),
                row("star in the middle", "ml-*-sentiment", "ml-prod-sentiment", true),
                row("star matches nothing", "ml-prod-sentiment*", "ml-prod-sentiment", true),
                row("several stars", "*prod*sent*", "ml-prod-sentiment", true),
                row("overlapping ends", "ml-prod*prod-x", "ml-prod-x", false),
                row("other namespace", "{namespace}-*", "ml-dev-sentiment", false),
                row("namespace in the middle", "{namespace}-*", "x-ml-prod-sentiment", false),
                row("no hyphen after the namespace", "{namespace}-*", "ml-production", false),
                row("tenant writes the star", "{namespace}-*", "ml-prod-*", false),
                row("tenant writes the placeholder", "{namespace}-*", "{namespace}-x", false),
                row("unknown placeholder", "{cluster}-*", "ml-prod-sentiment", false),
                row("question mark is literal", "ml-prod-sentimen?", "ml-prod-sentiment", false),
                row("dot is literal", "ml.prod.sentiment", "ml-prod-sentiment", false),
                row("empty pattern", "", "ml-prod-sentiment", false),
                row("empty both", "", "", false),
                row("empty name", "*", "", false),
                row("no name", "*", null, false),
                row("Kelvin sign lower-cases to k", "*", "ml-prod-\u212aey", false),
                row("dotted capital I", "*", "ml-prod-\u0130", false),
                row("trailing hyphen", "*", "ml-prod-", false),
                row("line feed", "*", "ml-prod-x\n", false),
                row("slash", "*", "ml-prod-x/y", false),
                row("64 characters", "*", "a".repeat(64), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void anEndpointNameIsHeldAgainstPatterns(String attack, String entry, String name, boolean allowed) {
        check(
                grants().names(entry).build(),
                c -> new GrantClaim(c.region(), name, c.image(), c.modelDataURL(), c.executionRoleARN()),
                allowed,
                Reasons.ENDPOINT_NAME_NOT_ALLOWED,
                "spec.endpointName",
                "endpointNames");
        boolean adoptable = grants().adoptable(entry)
                .build()
                .refuseAdoption(NAMESPACE, name)
                .isEmpty();
        assertThat(adoptable).as("adoption follows the same rules").isEqualTo(allowed);
    }

    static Stream<Arguments> regions() {
        return Stream.of(
                row("exact", "us-east-1", "us-east-1", true),
                row("longer", "us-east-1", "us-east-11", false),
                row("shorter", "us-east-1", "us-east-", false),
                row("upper case", "us-east-1", "US-EAST-1", false),
                row("wildcard", "us-*", "us-east-1", false),
                row("star on both sides", "*", "*", false),
                row("empty both", "", "", false),
                row("none", "us-east-1", null, false),
                row("line feed on both sides", "us-east-1\n", "us-east-1\n", false),
                row("host on both sides", "us-east-1.evil.example/", "us-east-1.evil.example/", false),
                row("look-alike hyphen", "us-east-1", "us\u2010east-1", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("regions")
    void aRegionIsExact(String attack, String entry, String region, boolean allowed) {
        check(
                grants().regions(entry).build(),
                c -> new GrantClaim(region, c.endpointName(), c.image(), c.modelDataURL(), c.executionRoleARN()),
                allowed,
                Reasons.REGION_NOT_ALLOWED,
                "spec.region",
                "allowedRegions");
    }

    @ParameterizedTest
    @MethodSource("hostileNamespaces")
    void aNamespaceThatIsNoDnsLabelIsRefusedWhateverTheListSays(String name) {
        IdentityGrant grant = grants().namespaces(java.util.List.of(name, "*"), null)
                .names("*")
                .build();
        assertThat(grant.refusals(new TenantNamespace(name, Map.of()), CLAIM))
                .extracting(Refusal::reason)
                .containsExactly(Reasons.NAMESPACE_NOT_ALLOWED);
    }

    static Stream<String> hostileNamespaces() {
        return Stream.of("", "*", "ML-PROD", "ml prod", "ml-prod\n", "../ml-prod", "ml\u2010prod", "a".repeat(64));
    }

    private static void check(
            IdentityGrant grant,
            UnaryOperator<GrantClaim> change,
            boolean allowed,
            String reason,
            String field,
            String list) {
        var refusals = grant.refusals(NAMESPACE, change.apply(CLAIM));
        if (allowed) {
            assertThat(refusals).isEmpty();
            return;
        }
        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.field()).isEqualTo(field);
            assertThat(refusal.message()).startsWith(field).contains("AWSIdentity \"ml-prod\"", list);
            assertThat(refusal.message()).matches("[ -~]+").hasSizeLessThan(600);
        });
    }

    private static Arguments row(String attack, String entry, String value, boolean allowed) {
        return Arguments.of(attack, entry, value, allowed);
    }
}
