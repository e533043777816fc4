package dev.pilotlight.simulator.sagemaker;

import static dev.pilotlight.simulator.SimulatedAws.IMAGE;
import static dev.pilotlight.simulator.SimulatedAws.ROLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilotlight.simulator.SimulatedAws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

class ManyCallersTest {
    private static final String NARROW = """
            {"roles": [{"arn": "arn:aws:iam::111122223333:role/narrow",
              "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                        "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}]},
              "policies": {"narrow": {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": ["sagemaker:CreateModel", "sagemaker:ListModels"], "Resource": "*"},
                {"Effect": "Allow", "Action": "sagemaker:DeleteModel", "Resource": "*",
                 "Condition": {"StringEquals": {"aws:ResourceTag/team": "ml"}}},
                {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/sagemaker/*",
                 "Condition": {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}}]}}},
             {"arn": "arn:aws:iam::111122223333:role/elsewhere"}]}
            """;

    private final SimulatedAws aws = SimulatedAws.start();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void ofManyWhoTakeANameAtOnceOneGetsIt() throws InterruptedException, ExecutionException {
        aws.model("m", IMAGE);
        aws.config("c", "m", 1024, 1, null);
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<String> create = () -> {
                try {
                    aws.sageMaker().createEndpoint(r -> r.endpointName("e").endpointConfigName("c"));
                    return "created";
                } catch (SageMakerException e) {
                    return e.awsErrorDetails().errorMessage().substring(0, 21);
                }
            };
            for (Future<String> outcome : threads.invokeAll(Collections.nCopies(40, create))) {
                outcomes.add(outcome.get());
            }
        }
        assertThat(outcomes).filteredOn("created"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("Cannot create already"::equals).hasSize(39);
    }

    @Test
    void aRoleDoesWhatItsPoliciesSayAndNoMore() {
        aws.seed(NARROW);
        SageMakerClient narrow = assumed("arn:aws:iam::111122223333:role/narrow");
        narrow.createModel(r -> r.modelName("m").executionRoleArn(ROLE).primaryContainer(c -> c.image(IMAGE)));
        denied(
                () -> narrow.createModel(r -> r.modelName("tagged")
                        .executionRoleArn(ROLE)
                        .primaryContainer(c -> c.image(IMAGE))
                        .tags(ListsAndTagsTest.tag("team", "ml"))),
                "sagemaker:AddTags");
        denied(() -> narrow.describeModel(r -> r.modelName("m")), "sagemaker:DescribeModel");
        denied(() -> narrow.deleteModel(r -> r.modelName("m")), "sagemaker:DeleteModel");
        denied(
                () -> narrow.createModel(r -> r.modelName("n")
                        .executionRoleArn("arn:aws:iam::111122223333:role/elsewhere")
                        .primaryContainer(c -> c.image(IMAGE))),
                "iam:PassRole");
        String arn = "arn:aws:sagemaker:us-east-1:111122223333:model/m";
        denied(() -> narrow.addTags(r -> r.resourceArn(arn).tags(List.of())), "sagemaker:AddTags");
        aws.sageMaker().addTags(r -> r.resourceArn(arn).tags(ListsAndTagsTest.tag("team", "ml")));
        narrow.deleteModel(r -> r.modelName("m"));
    }

    private static void denied(Runnable call, String action) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(SageMakerException.class, error -> {
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
            assertThat(error.awsErrorDetails().errorMessage()).contains("not authorized to perform: " + action);
        });
    }

    private SageMakerClient assumed(String role) {
        Credentials session = aws.client(StsClient.builder())
                .assumeRole(r -> r.roleArn(role).roleSessionName("test"))
                .credentials();
        return SageMakerClient.builder()
                .endpointOverride(aws.simulator().endpoint())
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        session.accessKeyId(), session.secretAccessKey(), session.sessionToken())))
                .build();
    }
}
