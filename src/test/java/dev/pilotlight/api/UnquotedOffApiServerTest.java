package dev.pilotlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.testing.KubeApi;
import dev.pilotlight.testing.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kubectl reads YAML in which {@code Off} without quotes is a boolean. Whoever forgets them is told the field, and the field says so. */
@RealApiServer
class UnquotedOffApiServerTest {
    @TempDir
    Path folder;

    @Test
    void anUnquotedOffIsRefusedWithTheNameOfTheField(KubeApi api) throws IOException {
        KubeApi.Kubectl refused = apply(api, "preflight: Off");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("spec.preflight").contains("boolean");
        assertThat(Files.readString(Path.of("crds/serverlessendpoints.pilotlight.dev-v1.yml")))
                .contains("Quote Off, which is a boolean in YAML");
        assertThat(Files.readString(Path.of("crds/warmpolicies.pilotlight.dev-v1.yml")))
                .contains("Quote Off, which is a boolean in YAML");
    }

    @Test
    void aQuotedOneIsTaken(KubeApi api) throws IOException {
        KubeApi.Kubectl taken = apply(api, "preflight: \"Off\"");

        assertThat(taken.exitCode()).as(taken.err()).isZero();
    }

    private KubeApi.Kubectl apply(KubeApi api, String field) throws IOException {
        Path file = folder.resolve("endpoint.yaml");
        Files.writeString(file, """
                apiVersion: pilotlight.dev/v1alpha1
                kind: ServerlessEndpoint
                metadata: {name: quoted, namespace: default}
                spec:
                  %s
                  identityRef: {name: ml-prod}
                  region: us-east-1
                  serverless: {memorySizeInMB: 2048, maxConcurrency: 5}
                  model:
                    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/sentiment:1.4.0
                    executionRoleARN: arn:aws:iam::111122223333:role/sagemaker/sentiment
                """.formatted(field));
        return api.kubectl("apply", "--dry-run=server", "-f", file.toString());
    }
}
