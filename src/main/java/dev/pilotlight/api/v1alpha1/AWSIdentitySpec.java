package dev.pilotlight.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What an administrator grants. Every absent or empty list allows nothing, except endpointNames, which has a default. */
@ValidationRule(
        value =
                "!has(self.allowedRegions) || self.allowedRegions.all(r, r.matches('^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$'))",
        message = "allowedRegions must be codes of AWS Regions, such as us-east-1, without wildcards: list each Region",
        fieldPath = ".allowedRegions")
@ValidationRule(
        value =
                "!has(self.allowedExecutionRoles) || self.allowedExecutionRoles.all(r, r.matches('^arn:aws[a-z-]*:iam::[0-9]{12}:role/([A-Za-z0-9_+=,.@-]+/)*([A-Za-z0-9_+=,.@-]+|[*])$'))",
        message =
                "allowedExecutionRoles must be ARNs of IAM roles, exact or with one trailing * directly after a /, such as arn:aws:iam::111122223333:role/sagemaker/*",
        fieldPath = ".allowedExecutionRoles")
@ValidationRule(
        value =
                "!has(self.allowedImageRegistries) || self.allowedImageRegistries.all(r, r.matches('^[a-z0-9]([a-z0-9-]*[.])+[a-z0-9-]*[a-z0-9](:[0-9]{1,5})?$'))",
        message =
                "allowedImageRegistries must be exact host names, such as 111122223333.dkr.ecr.us-east-1.amazonaws.com: no https://, path or wildcard",
        fieldPath = ".allowedImageRegistries")
@ValidationRule(
        value =
                "!has(self.allowedModelDataPrefixes) || self.allowedModelDataPrefixes.all(p, p.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/([^*?\\\\s]*/)?$'))",
        message =
                "allowedModelDataPrefixes must be S3 prefixes that end in /, such as s3://ml-prod-models/: add the / and no wildcard",
        fieldPath = ".allowedModelDataPrefixes")
@ValidationRule(
        value =
                "!has(self.endpointNames) || self.endpointNames.all(p, p.matches('^([A-Za-z0-9*-]|[{]namespace[}])+$'))",
        message =
                "endpointNames must be patterns of letters, digits, hyphens, * and {namespace}, such as {namespace}-*",
        fieldPath = ".endpointNames")
@ValidationRule(
        value =
                "!has(self.adoptableEndpointNames) || self.adoptableEndpointNames.all(p, p.matches('^([A-Za-z0-9*-]|[{]namespace[}])+$'))",
        message =
                "adoptableEndpointNames must be patterns of letters, digits, hyphens, * and {namespace}, such as {namespace}-*",
        fieldPath = ".adoptableEndpointNames")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AWSIdentitySpec(
        @Required @JsonPropertyDescription("How the operator authenticates to AWS.")
        CredentialsSpec credentials,

        @JsonPropertyDescription("Namespaces whose endpoints may use this identity, by name or label. Default: none.")
        AllowedNamespaces allowedNamespaces,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64) @JsonPropertyDescription(
                "AWS Regions endpoints may be in, exact; at most 64. Default: none. Example: [us-east-1].")
        List<@Size(min = 1, max = 32) String> allowedRegions,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 128) @JsonPropertyDescription(
                "Execution roles that models may run under: an exact ARN, or one trailing * directly after a /. At most 128. Default: none. Example: [\"arn:aws:iam::111122223333:role/sagemaker/*\"].")
        List<@Size(min = 1, max = 2048) String> allowedExecutionRoles,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 128) @JsonPropertyDescription(
                "Registry hosts that images may come from, exact; at most 128. Default: none. Example: [111122223333.dkr.ecr.us-east-1.amazonaws.com].")
        List<@Size(min = 1, max = 255) String> allowedImageRegistries,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 128) @JsonPropertyDescription(
                "S3 prefixes that model archives may come from; each ends in /. At most 128. Default: none. Example: [\"s3://ml-prod-models/\"].")
        List<@Size(min = 1, max = 1024) String> allowedModelDataPrefixes,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 64) @JsonPropertyDescription(
                "Patterns an endpoint's name in AWS must match, without regard to case; * stands for any characters and {namespace} for the namespace. At most 64. Default: [\"{namespace}-*\"].")
        List<@Size(min = 1, max = 128) String> endpointNames,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64) @JsonPropertyDescription(
                "Patterns of existing endpoints that may be adopted, written like endpointNames. At most 64. Default: none. Example: [\"{namespace}-*\"].")
        List<@Size(min = 1, max = 128) String> adoptableEndpointNames,

        @JsonPropertyDescription("What one namespace may use through this identity. Default: no limits.")
        EndpointLimits limits,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 15) @JsonPropertyDescription(
                "AWS tags for everything made through this identity, by key; spec.tags of an endpoint wins. At most 15. Default: none.")
        List<Tag> defaultTags) {
    public AWSIdentitySpec {
        allowedRegions = allowedRegions == null ? List.of() : List.copyOf(allowedRegions);
        allowedExecutionRoles = allowedExecutionRoles == null ? List.of() : List.copyOf(allowedExecutionRoles);
        allowedImageRegistries = allowedImageRegistries == null ? List.of() : List.copyOf(allowedImageRegistries);
        allowedModelDataPrefixes = allowedModelDataPrefixes == null ? List.of() : List.copyOf(allowedModelDataPrefixes);
        endpointNames = endpointNames == null ? List.of() : List.copyOf(endpointNames);
        adoptableEndpointNames = adoptableEndpointNames == null ? List.of() : List.copyOf(adoptableEndpointNames);
        defaultTags = defaultTags == null ? List.of() : List.copyOf(defaultTags);
    }

    /** The patterns an endpoint name must match: those given, or the default. */
    public List<String> endpointNamesOrDefault() {
        return endpointNames.isEmpty() ? List.of("{namespace}-*") : endpointNames;
    }
}
