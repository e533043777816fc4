package dev.pilotlight.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong spec is refused by the API server itself, with a message that names the fix. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SpecRefusalsApiServerTest {
    private static final String STRICT = "?fieldValidation=Strict";
    private static final String STRICT_DRY_RUN = STRICT + "&dryRun=All";

    private KubeApi api;
    private KubernetesClient client;
    private String namespace;

    @BeforeAll
    void makeNamespace(KubeApi shared) {
        api = shared;
        client = shared.admin();
        namespace = shared.newNamespace("specs");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.EndpointCases#refusedEndpoints")
    void aWrongEndpointIsRefused(SpecCases.Refused refused) {
        assertRefused(refused, () -> post(Manifests.patched(Manifests.endpoint(namespace, "wrong"), refused.patch())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.IdentityCases#refusedIdentities")
    void aWrongIdentityIsRefused(SpecCases.Refused refused) {
        assertRefused(refused, () -> post(Manifests.patched(Manifests.identity("wrong"), refused.patch())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.WarmCases#refusedPolicies")
    void aWrongPolicyIsRefused(SpecCases.Refused refused) {
        assertRefused(
                refused, () -> post(Manifests.patched(Manifests.warmPolicy(namespace, "wrong"), refused.patch())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.WarmCases#acceptedPolicies")
    void aRightPolicyIsAccepted(SpecCases.Accepted accepted) {
        assertThatCode(() -> post(Manifests.patched(Manifests.warmPolicy(namespace, "right"), accepted.patch())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.EndpointCases#refusedEdits")
    void aForbiddenEditOfALiveEndpointIsRefused(SpecCases.Edit edit) {
        ObjectNode live = Manifests.patched(Manifests.endpoint(namespace, edit.objectName()), edit.before());
        client.raw(collection(live) + STRICT, "POST", live.toString());
        assertRefused(edit.refused(), () -> put(edit.refused().patch(), live));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.EndpointCases#acceptedEndpoints")
    void aRightEndpointIsAccepted(SpecCases.Accepted accepted) {
        assertThatCode(() -> post(Manifests.patched(Manifests.endpoint(namespace, "right"), accepted.patch())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.IdentityCases#acceptedIdentities")
    void aRightIdentityIsAccepted(SpecCases.Accepted accepted) {
        assertThatCode(() -> post(Manifests.patched(Manifests.identity("right"), accepted.patch())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pilotlight.api.EndpointCases#acceptedEdits")
    void anAllowedEditOfALiveEndpointIsAccepted(SpecCases.Accepted accepted) {
        String name = "edit-" + Integer.toHexString(accepted.what().hashCode());
        ObjectNode live = Manifests.endpoint(namespace, name);
        client.raw(collection(live) + STRICT, "POST", live.toString());
        assertThatCode(() -> put(accepted.patch(), live)).doesNotThrowAnyException();
    }

    @Test
    void theAccountOfALiveIdentityCannotBeChanged() {
        ObjectNode live = Manifests.identity("account-stays");
        client.raw(collection(live) + STRICT, "POST", live.toString());
        assertRefused(
                new SpecCases.Refused(
                        "another account",
                        "spec: {credentials: {roleARN: 'arn:aws:iam::444455556666:role/pilotlight/ml-prod'}}",
                        "the AWS account in roleARN cannot be changed: set it back, or create another AWSIdentity"),
                () -> put("spec: {credentials: {roleARN: 'arn:aws:iam::444455556666:role/pilotlight/ml-prod'}}", live));
        assertThatCode(() ->
                        put("spec: {credentials: {roleARN: 'arn:aws:iam::111122223333:role/pilotlight/other'}}", live))
                .doesNotThrowAnyException();
    }

    /** A finalizer written by a bare apply that races a delete must not bring an empty object back. */
    @Test
    void aBareFinalizerApplyDoesNotMakeAnObject() {
        var result = api.kubectlWithInput("""
                apiVersion: pilotlight.dev/v1alpha1
                kind: ServerlessEndpoint
                metadata: {name: gone, namespace: %s, finalizers: [pilotlight.dev/cleanup]}
                """.formatted(namespace), "apply", "--server-side", "-f", "-");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.err()).contains("spec: Required value");
    }

    @Test
    void kubectlShowsTheMessageToTheUser() {
        ObjectNode wrong = Manifests.patched(
                Manifests.endpoint(namespace, "shown"), "spec: {serverless: {provisionedConcurrency: 21}}");
        var result = api.kubectlWithInput(wrong.toString(), "apply", "-f", "-");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.err())
                .contains("spec.serverless.provisionedConcurrency")
                .contains("must not exceed serverless.maxConcurrency: lower it or raise maxConcurrency");
    }

    @Test
    void kubectlRefusesUndeclaredFields() {
        ObjectNode wrong = Manifests.patched(
                Manifests.endpoint(namespace, "undeclared"), "spec: {model: {acceleratorType: ml.eia2.medium}}");
        for (String[] mode : new String[][] {{"apply", "-f", "-"}, {"apply", "--server-side", "-f", "-"}}) {
            var result = api.kubectlWithInput(wrong.toString(), mode);
            assertThat(result.exitCode()).isNotZero();
            assertThat(result.err()).contains("acceleratorType");
        }
    }

    private void assertRefused(SpecCases.Refused refused, Runnable submission) {
        assertThatExceptionOfType(KubernetesClientException.class)
                .as("%s must be refused", refused.what())
                .isThrownBy(submission::run)
                .satisfies(e -> assertThat(e.getMessage()).contains(refused.fix()));
    }

    private void post(ObjectNode manifest) {
        client.raw(collection(manifest) + STRICT_DRY_RUN, "POST", manifest.toString());
    }

    private void put(String patch, ObjectNode live) {
        String uri = collection(live) + "/" + live.at("/metadata/name").asText();
        ObjectNode edited = Manifests.patched(Manifests.yaml(client.raw(uri)), patch);
        client.raw(uri + STRICT_DRY_RUN, "PUT", edited.toString());
    }

    private String collection(ObjectNode manifest) {
        String group = "/apis/pilotlight.dev/v1alpha1/";
        String kind = manifest.path("kind").asText();
        return switch (kind) {
            case "AWSIdentity" -> group + "awsidentities";
            case "ServerlessEndpoint" -> group + "namespaces/" + namespace + "/serverlessendpoints";
            case "WarmPolicy" -> group + "namespaces/" + namespace + "/warmpolicies";
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
