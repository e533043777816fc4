package dev.pilotlight.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The optional admission policy refuses what an AWSIdentity does not allow, and nothing else. */
@RealApiServer
class AdmissionPolicyApiServerTest {
    private static final String FOLDER = "deploy/admission-policy";
    private static final String REGISTRY = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static KubeApi api;
    private static String namespace;

    @BeforeAll
    static void apply(KubeApi server) {
        api = server;
        namespace = api.newNamespace("admission");
        apply("""
                {"apiVersion": "pilotlight.dev/v1alpha1", "kind": "AWSIdentity", "metadata": {"name": "%1$s"}, "spec": {
                  "credentials": {"source": "AssumeRole", "roleARN": "arn:aws:iam::111122223333:role/pilotlight/ml-prod"},
                  "allowedNamespaces": {"names": ["%1$s"]},
                  "allowedRegions": ["us-east-1"],
                  "allowedExecutionRoles": ["arn:aws:iam::111122223333:role/sagemaker/*"],
                  "allowedImageRegistries": ["%2$s"],
                  "allowedModelDataPrefixes": ["s3://ml-prod-models/"]}}""".formatted(namespace, REGISTRY));
        assertThat(api.kubectl("apply", "--server-side", "-k", FOLDER).exitCode())
                .isZero();
        // The API server takes up a policy some time after it was stored.
        await().until(() -> !refusal("region", "eu-west-1").isEmpty());
    }

    @AfterAll
    static void remove() {
        assertThat(api.kubectl("delete", "-k", FOLDER).exitCode()).isZero();
        assertThat(api.kubectl("delete", "awsid", namespace).exitCode()).isZero();
    }

    @Test
    void whatTheIdentityAllowsIsLetThrough() {
        assertThat(refusal("region", "us-east-1")).isEmpty();
        assertThat(refusal("endpointName", namespace + "-Mine")).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "region, eu-west-1, allowedRegions",
        "endpointName, somebody-elses, endpointNames",
        "model.image, 999988887777.dkr.ecr.us-east-1.amazonaws.com/x:1, allowedImageRegistries",
        "model.image, 111122223333.dkr.ecr.us-east-1.amazonaws.com.evil.io/x:1, allowedImageRegistries",
        "model.modelDataURL, s3://other-models/m.tar.gz, allowedModelDataPrefixes",
        "model.modelDataURL, s3://ml-prod-models-evil/m.tar.gz, allowedModelDataPrefixes",
        "model.modelDataURL, s3://ml-prod-models/../other/m.tar.gz, allowedModelDataPrefixes",
        "model.executionRoleARN, arn:aws:iam::111122223333:role/admin, allowedExecutionRoles",
        "model.executionRoleARN, arn:aws:iam::111122223333:role/sagemaker/../admin, allowedExecutionRoles"
    })
    void whatTheIdentityDoesNotAllowIsRefusedWithTheList(String field, String value, String list) {
        assertThat(refusal(field, value)).contains(list, namespace);
    }

    @Test
    void anIdentityThatDoesNotExistYetIsWaitedFor() {
        assertThat(refusal("identityRef.name", "not-there-yet")).isEmpty();
    }

    @Test
    void aNamespaceThatIsNotAllowedIsRefused() {
        String other = api.newNamespace("admission");
        assertThat(create(other, namespace, "region", "us-east-1")).contains("allowedNamespaces", other);
    }

    /** What the API server has against it; empty when it takes it. */
    private static String refusal(String field, String value) {
        return create(namespace, namespace, field, value);
    }

    private static String create(String where, String identity, String field, String value) {
        ObjectNode object = JSON.createObjectNode();
        object.put("apiVersion", "pilotlight.dev/v1alpha1").put("kind", "ServerlessEndpoint");
        object.putObject("metadata").put("name", "sentiment").put("namespace", where);
        ObjectNode spec = object.putObject("spec").put("region", "us-east-1");
        spec.putObject("identityRef").put("name", identity);
        spec.putObject("model")
                .put("image", REGISTRY + "/sentiment:1")
                .put("executionRoleARN", "arn:aws:iam::111122223333:role/sagemaker/s");
        spec.putObject("serverless").put("memorySizeInMB", 1024).put("maxConcurrency", 1);
        String[] path = field.split("\\.", -1);
        (path.length == 1 ? spec : (ObjectNode) spec.path(path[0])).put(path[path.length - 1], value);
        var answer = api.kubectlWithInput(object.toString(), "create", "--dry-run=server", "-f", "-");
        return answer.exitCode() == 0 ? "" : answer.err();
    }

    private static void apply(String document) {
        assertThat(api.kubectlWithInput(document, "apply", "--server-side", "-f", "-")
                        .exitCode())
                .isZero();
    }
}
