package dev.pilotlight.api;

import static dev.pilotlight.api.SpecCases.accepted;
import static dev.pilotlight.api.SpecCases.numbered;
import static dev.pilotlight.api.SpecCases.refused;

import dev.pilotlight.api.SpecCases.Accepted;
import dev.pilotlight.api.SpecCases.Edit;
import dev.pilotlight.api.SpecCases.Refused;
import java.util.List;
import java.util.stream.Stream;

/** What the API server refuses and accepts of a ServerlessEndpoint: each row changes a right one by a merge patch. */
final class EndpointCases {
    private EndpointCases() {}

    static Stream<Refused> refusedEndpoints() {
        return Stream.of(names(), required(), model(), serverless(), rollout(), tags(), enums(), undeclared(), bounds())
                .flatMap(List::stream);
    }

    private static List<Refused> names() {
        return List.of(
                refused("an object name with a dot", "metadata: {name: sentiment.v2}", "no dots; rename"),
                refused("an object name of 64", "metadata: {name: %s}".formatted("a".repeat(64)), "at most 63"),
                refused("an empty identity", "spec: {identityRef: {name: ''}}", "name of an AWSIdentity, such as"),
                refused("an identity with a slash", "spec: {identityRef: {name: a/b}}", "name of an AWSIdentity"),
                refused("a Region that is none", "spec: {region: virginia}", "such as us-east-1"),
                refused("a Region with a zone", "spec: {region: us-east-1a}", "such as us-east-1"),
                refused("an endpoint name with a dot", "spec: {endpointName: a.b}", "replace dots and underscores"),
                refused("an endpoint name with an underscore", "spec: {endpointName: a_b}", "by hyphens"),
                refused("an endpoint name ending in a hyphen", "spec: {endpointName: a-}", "inner hyphens"));
    }

    private static List<Refused> required() {
        return List.of(
                refused("no spec", "spec: null", "spec: Required value"),
                refused("no identity", "spec: {identityRef: null}", "spec.identityRef: Required value"),
                refused("no Region", "spec: {region: null}", "spec.region: Required value"),
                refused("no model", "spec: {model: null}", "spec.model: Required value"),
                refused("no image", "spec: {model: {image: null}}", "spec.model.image: Required value"),
                refused("no role", "spec: {model: {executionRoleARN: null}}", "executionRoleARN: Required value"),
                refused("no size", "spec: {serverless: null}", "spec.serverless: Required value"),
                refused("no memory", "spec: {serverless: {memorySizeInMB: null}}", "memorySizeInMB: Required value"),
                refused("no concurrency", "spec: {serverless: {maxConcurrency: null}}", "maxConcurrency: Required"));
    }

    private static List<Refused> model() {
        return List.of(
                refused(
                        "an https model URL",
                        model("modelDataURL", "https://bucket.s3.amazonaws.com/m.tar.gz"),
                        "give its S3 URL"),
                refused("a model that is no tar.gz", model("modelDataURL", "s3://ml-prod-models/model.zip"), ".tar.gz"),
                refused(
                        "a model URL without a key",
                        model("modelDataURL", "s3://ml-prod-models"),
                        "s3://<bucket>/<key>"),
                refused(
                        "an image without a tag",
                        model("image", "1.dkr.ecr.us-east-1.amazonaws.com/a"),
                        "one tag or digest"),
                refused("an image without a host", model("image", "sentiment:1.4.0"), "write the host"),
                refused(
                        "an image with a scheme",
                        model("image", "https://1.dkr.amazonaws.com/a:1"),
                        "image must be <registry host>"),
                refused(
                        "an image with a blank",
                        model("image", "1.dkr.amazonaws.com/a :1"),
                        "image must be <registry host>"),
                refused(
                        "an image with an empty folder",
                        model("image", "1.dkr.amazonaws.com/a//b:1"),
                        "<registry host>/<repository>"),
                refused(
                        "an image with both tag and digest",
                        model("image", "1.dkr.amazonaws.com/a:1@sha256:" + "0".repeat(64)),
                        "one tag or digest"),
                refused("a short digest", model("image", "1.dkr.amazonaws.com/a@sha256:abc"), "@sha256:<digest>"),
                refused(
                        "a role name instead of an ARN",
                        model("executionRoleARN", "sagemaker/sentiment"),
                        "ARN of an IAM role, such as"),
                refused(
                        "the ARN of a user",
                        model("executionRoleARN", "arn:aws:iam::111122223333:user/ann"),
                        "ARN of an IAM role"),
                refused(
                        "an account of 11 digits",
                        model("executionRoleARN", "arn:aws:iam::11112222333:role/a"),
                        "ARN of an IAM role"),
                refused(
                        "an environment name with a hyphen",
                        environment("{name: LOG-LEVEL, value: info}"),
                        "rename the variable"),
                refused(
                        "an environment name that starts with a digit",
                        environment("{name: 1A, value: info}"),
                        "rename the variable"),
                refused(
                        "a duplicate environment name",
                        environment("{name: A, value: x}, {name: A, value: y}"),
                        "Duplicate value: {\"name\":\"A\"}"),
                refused(
                        "an environment value that is a number",
                        environment("{name: A, value: 1}"),
                        "must be of type string"),
                refused(
                        "an environment over 32 KB",
                        environment(variables(40, 1000)),
                        "move large values into the model archive"),
                refused("101 environment variables", environment(variables(101, 1)), "must have at most 100 items"));
    }

    private static List<Refused> serverless() {
        return List.of(
                refused(
                        "memory of 1500",
                        serverless("memorySizeInMB: 1500"),
                        "must be 1024, 2048, 3072, 4096, 5120 or 6144"),
                refused("memory of 512", serverless("memorySizeInMB: 512"), "greater than or equal to 1024"),
                refused("memory of 7168", serverless("memorySizeInMB: 7168"), "less than or equal to 6144"),
                refused("memory with a unit", serverless("memorySizeInMB: 2Gi"), "must be of type integer"),
                refused("no concurrency at all", serverless("maxConcurrency: 0"), "greater than or equal to 1"),
                refused("concurrency of 201", serverless("maxConcurrency: 201"), "less than or equal to 200"),
                refused(
                        "provisioned over the maximum",
                        serverless("provisionedConcurrency: 21"),
                        "lower it or raise maxConcurrency"),
                refused("provisioned of 0", serverless("provisionedConcurrency: 0"), "greater than or equal to 1"));
    }

    private static List<Refused> rollout() {
        return List.of(
                refused(
                        "a deadline of a second",
                        "spec: {rollout: {progressDeadlineSeconds: 1}}",
                        "greater than or equal to 60"),
                refused(
                        "a negative history",
                        "spec: {rollout: {revisionHistoryLimit: -1}}",
                        "greater than or equal to 0"),
                refused("a request name with a blank", request("name: two words"), "name must be a DNS label"),
                refused("a content type that is none", request("contentType: json"), "such as application/json"),
                refused(
                        "a content type with a line break",
                        request("contentType: \"a/b\\r\\nX: y\""),
                        "such as application/json"),
                refused("a request without an expectation", request("expect: null"), "expect: Required value"));
    }

    private static List<Refused> tags() {
        return List.of(
                refused(
                        "a duplicate tag key",
                        tags("{key: a, value: x}, {key: a, value: y}"),
                        "Duplicate value: {\"key\":\"a\"}"),
                refused("an empty tag key", tags("{key: '', value: x}"), "key may have letters"),
                refused("a tag key of AWS", tags("{key: 'AWS:owner', value: x}"), "choose another key"),
                refused("a tag key of Pilotlight", tags("{key: pilotlight.dev/owner, value: x}"), "choose another key"),
                refused("a tag key with a star", tags("{key: 'a*', value: x}"), "remove the other characters"),
                refused("a tag value with a star", tags("{key: a, value: '*'}"), "remove the other characters"),
                refused("a tag without a value", tags("{key: a}"), "value: Required value"),
                refused("a tag value that is a number", tags("{key: a, value: 42}"), "must be of type string"));
    }

    private static List<Refused> enums() {
        return List.of(
                refused(
                        "an unknown strategy",
                        "spec: {rollout: {strategy: Canary}}",
                        "supported values: \"InPlace\", \"Preview\""),
                refused(
                        "an unknown preflight",
                        "spec: {preflight: Maybe}",
                        "supported values: \"Enforce\", \"Off\", \"Warn\""),
                refused(
                        "an unknown deletion policy",
                        "spec: {deletionPolicy: Orphan}",
                        "supported values: \"Delete\", \"Retain\""),
                refused(
                        "an unknown adoption policy",
                        "spec: {adoptionPolicy: Always}",
                        "supported values: \"Adopt\", \"Never\""),
                refused(
                        "the name of the unknown value",
                        "spec: {adoptionPolicy: UNKNOWN}",
                        "supported values: \"Adopt\", \"Never\""));
    }

    private static List<Refused> undeclared() {
        return List.of(
                refused(
                        "an instance type",
                        serverless("instanceType: ml.g5.xlarge"),
                        "unknown field \"spec.serverless.instanceType\""),
                refused(
                        "a second container",
                        "spec: {model: {containers: [{image: a}]}}",
                        "unknown field \"spec.model.containers\""),
                refused(
                        "a VPC",
                        "spec: {model: {vpcConfig: {subnets: [a]}}}",
                        "unknown field \"spec.model.vpcConfig\""),
                refused("a GPU image field", "spec: {model: {gpuImage: a}}", "unknown field \"spec.model.gpuImage\""),
                refused(
                        "an identity in a namespace",
                        "spec: {identityRef: {namespace: other}}",
                        "unknown field \"spec.identityRef.namespace\""));
    }

    private static List<Refused> bounds() {
        return List.of(
                refused(
                        "a model URL of 2,000 characters",
                        model("modelDataURL", "s3://ml-prod-models/" + "a".repeat(2000)),
                        "may not be more than 1024"),
                refused("a text as suspend", "spec: {suspend: 'yes'}", "must be of type boolean"),
                refused("26 tags", tags(numbered("{key: k%d, value: x}", 26)), "must have at most 25 items"),
                refused(
                        "17 requests",
                        "spec: {rollout: {validation: {requests: [%s]}}}"
                                .formatted(numbered("{name: r%d, contentType: a/b, body: x, expect: y}", 17)),
                        "must have at most 16 items"));
    }

    static Stream<Edit> refusedEdits() {
        return Stream.of(
                edit(
                        "region",
                        "{}",
                        "a changed Region",
                        "spec: {region: eu-central-1}",
                        "set it back to us-east-1, or create another ServerlessEndpoint in eu-central-1"),
                edit(
                        "name-added",
                        "{}",
                        "an endpoint name added",
                        "spec: {endpointName: other}",
                        "endpointName cannot be set on a live object: remove it"),
                edit(
                        "name-changed",
                        "spec: {endpointName: first}",
                        "an endpoint name changed",
                        "spec: {endpointName: other}",
                        "set it back to first"),
                edit(
                        "name-removed",
                        "spec: {endpointName: first}",
                        "an endpoint name removed",
                        "spec: {endpointName: null}",
                        "set it back to first"),
                edit(
                        "max-lowered",
                        "spec: {serverless: {provisionedConcurrency: 10}}",
                        "a maximum below what is provisioned",
                        "spec: {serverless: {maxConcurrency: 5}}",
                        "lower it or raise maxConcurrency"),
                edit("spec-removed", "{}", "a spec removed", "spec: null", "spec: Required value"));
    }

    static Stream<Accepted> acceptedEndpoints() {
        return Stream.of(
                accepted("as it is", "{}"),
                accepted("no model archive", "spec: {model: {modelDataURL: null}}"),
                accepted("no environment", "spec: {model: {environment: null}}"),
                accepted("an empty environment", "spec: {model: {environment: []}}"),
                accepted("an empty environment value", environment("{name: A, value: ''}")),
                accepted("100 environment variables", environment(variables(100, 100))),
                accepted(
                        "an image by digest",
                        model("image", "111122223333.dkr.ecr.us-east-1.amazonaws.com/a@sha256:" + "0".repeat(64))),
                accepted(
                        "an image in folders",
                        model("image", "763104351884.dkr.ecr.eu-west-1.amazonaws.com/team/a_b/c-d:2.1-cpu")),
                accepted("an image in China", model("image", "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/a:1")),
                accepted(
                        "a role in another partition",
                        model("executionRoleARN", "arn:aws-us-gov:iam::111122223333:role/a")),
                accepted("a Region of GovCloud", "spec: {region: us-gov-west-1}"),
                accepted("a Region of the European cloud", "spec: {region: eusc-de-east-1}"),
                accepted("the smallest", serverless("memorySizeInMB: 1024, maxConcurrency: 1")),
                accepted("the largest", serverless("memorySizeInMB: 6144, maxConcurrency: 200")),
                accepted("provisioned as much as the maximum", serverless("provisionedConcurrency: 20")),
                accepted("an endpoint name with capitals", "spec: {endpointName: My--Endpoint-1}"),
                accepted("an object name of 63", "metadata: {name: %s}".formatted("a".repeat(63))),
                accepted("no rollout", "spec: {rollout: null}"),
                accepted("an empty rollout", "spec: {rollout: {validation: null}}"),
                accepted(
                        "every policy",
                        "spec: {preflight: Warn, deletionPolicy: Retain, adoptionPolicy: Adopt, suspend: true, rollout: {strategy: InPlace}}"),
                accepted("a tag with letters of any language", tags("{key: 'Kostenträger 1', value: 'Größe=+-@ 日本'}")),
                accepted("a tag with an empty value", tags("{key: a, value: ''}")),
                accepted("keys that differ in case", tags("{key: a, value: x}, {key: A, value: x}")),
                accepted("25 tags", tags(numbered("{key: k%d, value: x}", 25))));
    }

    static Stream<Accepted> acceptedEdits() {
        return Stream.of(
                accepted("another identity", "spec: {identityRef: {name: other}}"),
                accepted(
                        "another image",
                        model("image", "111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.5.0")),
                accepted("more memory", serverless("memorySizeInMB: 4096")),
                accepted("provisioned concurrency added", serverless("provisionedConcurrency: 2")),
                accepted("suspended", "spec: {suspend: true}"),
                accepted("tags removed", "spec: {tags: null}"),
                accepted("a finalizer", "metadata: {finalizers: [pilotlight.dev/cleanup]}"));
    }

    private static Edit edit(String objectName, String before, String what, String patch, String fix) {
        return new Edit(objectName, before, refused(what, patch, fix));
    }

    private static String model(String field, String value) {
        return "spec: {model: {%s: '%s'}}".formatted(field, value);
    }

    private static String environment(String variables) {
        return "spec: {model: {environment: [%s]}}".formatted(variables);
    }

    private static String variables(int count, int length) {
        return numbered("{name: V%d, value: " + "a".repeat(length) + "}", count);
    }

    private static String serverless(String fields) {
        return "spec: {serverless: {%s}}".formatted(fields);
    }

    private static String tags(String tags) {
        return "spec: {tags: [%s]}".formatted(tags);
    }

    /** One validation request, right but for one field. */
    private static String request(String field) {
        var wrong = Manifests.patched(
                Manifests.yaml("{name: happy, contentType: application/json, body: x, expect: y}"), field);
        return "spec: {rollout: {validation: {requests: [%s]}}}".formatted(wrong);
    }
}
