package dev.pilotlight.api;

import static dev.pilotlight.api.SpecCases.accepted;
import static dev.pilotlight.api.SpecCases.refused;

import dev.pilotlight.api.SpecCases.Accepted;
import dev.pilotlight.api.SpecCases.Refused;
import java.util.stream.Stream;

/** What the API server refuses and accepts of an AWSIdentity: each row changes a right one by a merge patch. */
final class IdentityCases {
    private static final String ROLE = "arn:aws:iam::111122223333:role/";

    private IdentityCases() {}

    static Stream<Refused> refusedIdentities() {
        return Stream.of(
                refused("an identity name with a dot", "metadata: {name: a.b}", "no dots; rename"),
                refused("no spec", "spec: null", "spec: Required value"),
                refused("no credentials", "spec: {credentials: null}", "spec.credentials: Required value"),
                refused("AssumeRole without a role", "spec: {credentials: {roleARN: null}}", "name the role to assume"),
                refused("Pod with a role", "spec: {credentials: {source: Pod}}", "remove it, or use source AssumeRole"),
                refused(
                        "a secret as source",
                        "spec: {credentials: {source: Secret}}",
                        "supported values: \"AssumeRole\", \"Pod\""),
                refused(
                        "a role that is no ARN",
                        "spec: {credentials: {roleARN: pilotlight/ml-prod-role}}",
                        "ARN of an IAM role, such as"),
                refused("all Regions", "spec: {allowedRegions: ['*']}", "list each Region"),
                refused("a Region twice", "spec: {allowedRegions: [us-east-1, us-east-1]}", "Duplicate value"),
                refused("a star after a name", roles(ROLE + "sagemaker*"), "directly after a /"),
                refused("a star in the middle", roles(ROLE + "*/sentiment"), "directly after a /"),
                refused("a star as account", roles("arn:aws:iam::*:role/a"), "directly after a /"),
                refused(
                        "a registry with a wildcard",
                        "spec: {allowedImageRegistries: ['*.amazonaws.com']}",
                        "exact host names"),
                refused(
                        "a registry with a scheme",
                        "spec: {allowedImageRegistries: ['https://a.amazonaws.com']}",
                        "no https://"),
                refused(
                        "a registry with a path",
                        "spec: {allowedImageRegistries: [a.amazonaws.com/x]}",
                        "no https://, path or wildcard"),
                refused(
                        "a prefix without a slash",
                        "spec: {allowedModelDataPrefixes: ['s3://ml-prod-models']}",
                        "add the /"),
                refused("a prefix with a star", "spec: {allowedModelDataPrefixes: ['s3://ml-*/']}", "no wildcard"),
                refused(
                        "a name pattern with a question mark",
                        "spec: {endpointNames: ['a?']}",
                        "such as {namespace}-*"),
                refused(
                        "a name pattern with another variable",
                        "spec: {endpointNames: ['{name}-*']}",
                        "such as {namespace}-*"),
                refused("no name patterns", "spec: {endpointNames: []}", "at least 1 items"),
                refused(
                        "an adoption pattern with a dot",
                        "spec: {adoptableEndpointNames: ['a.*']}",
                        "such as {namespace}-*"),
                refused("a namespace with a star", "spec: {allowedNamespaces: {names: ['ml-*']}}", "use selector"),
                refused("an empty selector", "spec: {allowedNamespaces: {selector: {}}}", "remove it or add a label"),
                refused("In without values", selector("{key: team, operator: In}"), "add or remove them"),
                refused(
                        "Exists with values",
                        selector("{key: team, operator: Exists, values: [a]}"),
                        "add or remove them"),
                refused("a negative limit", "spec: {limits: {endpoints: -1}}", "greater than or equal to 0"),
                refused(
                        "a duplicate default tag",
                        "spec: {defaultTags: [{key: a, value: x}, {key: a, value: y}]}",
                        "Duplicate value"),
                refused(
                        "an access key",
                        "spec: {credentials: {accessKeyID: AKIA}}",
                        "unknown field \"spec.credentials.accessKeyID\""));
    }

    static Stream<Accepted> acceptedIdentities() {
        return Stream.of(
                accepted("as it is", "{}"),
                accepted(
                        "nothing allowed",
                        "spec: {allowedNamespaces: null, allowedRegions: [], allowedExecutionRoles: null, allowedImageRegistries: null, allowedModelDataPrefixes: null}"),
                accepted("the operator's own credentials", "spec: {credentials: {source: Pod, roleARN: null}}"),
                accepted("an exact role", roles(ROLE + "sentiment")),
                accepted("every role of the account", roles(ROLE + "*")),
                accepted("a prefix with folders", "spec: {allowedModelDataPrefixes: ['s3://ml-prod-models/a/b-1/']}"),
                accepted(
                        "name patterns",
                        "spec: {endpointNames: ['{namespace}-*', 'shared-*'], adoptableEndpointNames: ['*']}"),
                accepted(
                        "a selector by label",
                        "spec: {allowedNamespaces: {names: null, selector: {matchLabels: {team: ml}}}}"),
                accepted("a selector by requirement", selector("{key: team, operator: NotIn, values: [a]}")),
                accepted(
                        "limits of zero",
                        "spec: {limits: {endpoints: 0, totalConcurrency: 0, totalProvisionedConcurrency: 0}}"));
    }

    private static String roles(String role) {
        return "spec: {allowedExecutionRoles: ['%s']}".formatted(role);
    }

    private static String selector(String requirement) {
        return "spec: {allowedNamespaces: {selector: {matchExpressions: [%s]}}}".formatted(requirement);
    }
}
