package dev.pilotlight.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilotlight.simulator.sagemaker.HostingSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sts.StsClient;

class SimulatorServerTest {

    @Test
    void whatTheSamplesNameExistsFromTheStart() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            ImageIdentifier tag = ImageIdentifier.builder().imageTag("1.5.0").build();
            assertThat(aws.client(EcrClient.builder())
                            .describeImages(request ->
                                    request.repositoryName("sentiment").imageIds(tag))
                            .imageDetails())
                    .hasSize(1);
            assertThat(aws.client(S3Client.builder())
                            .headObject(
                                    request -> request.bucket("ml-prod-models").key("sentiment/1.5.0/model.tar.gz"))
                            .contentLength())
                    .isPositive();
            assertThat(aws.client(IamClient.builder())
                            .getRole(request -> request.roleName("sentiment"))
                            .role()
                            .arn())
                    .isEqualTo(SimulatedAws.ROLE);
            assertThat(aws.client(StsClient.builder()).getCallerIdentity().account())
                    .isEqualTo(SimulatedAws.ACCOUNT);
            assertThat(aws.client(ServiceQuotasClient.builder())
                            .getServiceQuota(
                                    request -> request.serviceCode("sagemaker").quotaCode("L-99AD19BF"))
                            .quota()
                            .value())
                    .isEqualTo(50);
        }
    }

    @Test
    void aSampleGoesFromModelToAnswerAndLeavesNothing() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.servingEndpoint("sample", SimulatedAws.IMAGE, 5, null);
            aws.sageMaker().deleteEndpoint(request -> request.endpointName("sample"));
            assertThat(aws.describe("sample").endpointStatus()).isEqualTo(EndpointStatus.DELETING);
            assertThatThrownBy(() -> aws.describe("sample")).hasMessageContaining("Could not find endpoint \"");
            aws.sageMaker().deleteEndpointConfig(request -> request.endpointConfigName("sample"));
            aws.sageMaker().deleteModel(request -> request.modelName("sample"));
            assertThat(aws.admin("GET", "state", "")).doesNotContain("\"EndpointName\"", "\"ModelName\"");
        }
    }

    @Test
    void accountsAndRegionsDoNotSeeEachOther() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.model("mine", SimulatedAws.IMAGE);
            SageMakerClient elsewhere = aws.client(SageMakerClient.builder(), "AKIAEXAMPLE", Region.EU_CENTRAL_1);
            assertThat(elsewhere.listModels().models()).isEmpty();
            assertThat(aws.sageMaker().listModels().models()).hasSize(1);
        }
    }

    @Test
    void aSeedFileIsReadAndAWrongOneIsNamed(@TempDir Path folder) throws IOException {
        Path seed = folder.resolve("seed.json");
        Files.writeString(seed, """
                [{"models": [{"ModelName": "seeded", "ExecutionRoleArn": "%s",
                              "PrimaryContainer": {"Image": "%s", "ModelDataUrl": "%s"}}]}]
                """.formatted(SimulatedAws.ROLE, SimulatedAws.IMAGE, SimulatedAws.MODEL_DATA));
        try (SimulatedAws aws = SimulatedAws.start(settings -> settings.seedFile(seed))) {
            assertThat(aws.sageMaker().listModels().models()).hasSize(1);
            aws.seed(Files.readString(seed));
            assertThat(aws.sageMaker().listModels().models()).hasSize(1);
        }
        Files.writeString(seed, "{\"modles\": []}");
        SimulatorSettings wrong = SimulatorSettings.builder().seedFile(seed).build();
        assertThatThrownBy(() -> SimulatorServer.start(wrong)).hasMessageContaining("modles");
    }

    @Test
    void aTakenPortIsNamed() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            SimulatorSettings same = SimulatorSettings.builder()
                    .port(aws.simulator().endpoint().getPort())
                    .build();
            assertThatThrownBy(() -> SimulatorServer.start(same))
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + same.port());
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> SimulatorSettings.builder().port(70_000).build())
                .hasMessageContaining("port");
        assertThatThrownBy(() -> SimulatorSettings.builder().accountId("1").build())
                .hasMessageContaining("account");
        assertThatThrownBy(() -> SimulatorSettings.builder().speed(-1).build()).hasMessageContaining("speed");
        assertThatThrownBy(() -> HostingSettings.StateDurations.USUAL.withJitter(2))
                .hasMessageContaining("jitter");
    }

    @Test
    void aCallWithoutSignatureIsRefused() throws IOException, InterruptedException {
        try (SimulatedAws aws = SimulatedAws.start();
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest unsigned = HttpRequest.newBuilder(
                            URI.create(aws.simulator().endpoint().toString()))
                    .header("X-Amz-Target", "SageMaker.ListModels")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            HttpResponse<String> answer = http.send(unsigned, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("MissingAuthenticationToken");
        }
    }

    @Test
    void answersOnAKeptConnectionDoNotWaitForDelayedAcknowledgements() {
        try (SimulatedAws aws = SimulatedAws.start()) {
            aws.sageMaker().listModels();
            long began = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                aws.sageMaker().listModels();
            }
            System.out.printf("50 calls one after another: %d ms%n", (System.nanoTime() - began) / 1_000_000);
            assertThat(aws.simulator().calls().of("sagemaker.ListModels")).isEqualTo(51);
        }
    }
}
