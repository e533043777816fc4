package dev.pilotlight.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.hosting.EndpointConfigRequest;
import dev.pilotlight.domain.hosting.EndpointConfigSnapshot;
import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.EndpointSummary;
import dev.pilotlight.domain.hosting.ModelRequest;
import dev.pilotlight.domain.hosting.ModelSnapshot;
import dev.pilotlight.domain.hosting.ServerlessCapacity;
import dev.pilotlight.domain.hosting.ServerlessCapacity.Concurrency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SdkHostingTest {

    private static final String ARN = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/a";

    private final AdapterFixture aws = new AdapterFixture();
    private final Hosting hosting = aws.hosting();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aModelIsCreatedWithItsContainerAndTags() {
        aws.stub.json("{\"ModelArn\":\"arn:model\"}");

        Receipt receipt = hosting.createModel(new ModelRequest(
                "m", "image@sha256:1", Optional.of("s3://b/m.tar.gz"), "role", Map.of("K", "V"), Map.of("team", "ml")));

        assertThat(receipt).isEqualTo(new Receipt("sagemaker:CreateModel", "arn:model", "r-1"));
        assertThat(aws.stub.last().about()).isEqualTo("SageMaker.CreateModel");
        assertThat(aws.stub.last().body())
                .contains(
                        "\"ModelName\":\"m\"",
                        "\"Image\":\"image@sha256:1\"",
                        "\"ModelDataUrl\":\"s3://b/m.tar.gz\"",
                        "\"Environment\":{\"K\":\"V\"}",
                        "\"ExecutionRoleArn\":\"role\"",
                        "{\"Key\":\"team\",\"Value\":\"ml\"}");
    }

    @Test
    void noProvisionedConcurrencyIsAFieldLeftOutBecauseAwsHasNoZero() {
        aws.stub.json("{\"EndpointConfigArn\":\"arn:config\"}").json("{\"EndpointArn\":\"" + ARN + "\"}");

        hosting.createEndpointConfig(new EndpointConfigRequest(
                "c", "AllTraffic", "m", new ServerlessCapacity(2048, new Concurrency(20, 0)), Map.of()));
        assertThat(aws.stub.last().body())
                .contains("\"ServerlessConfig\":{\"MemorySizeInMB\":2048,\"MaxConcurrency\":20}")
                .doesNotContain("Instance");
        hosting.updateConcurrency("a", "AllTraffic", new Concurrency(20, 3));

        assertThat(aws.stub.last().body())
                .contains("\"ServerlessUpdateConfig\":{\"MaxConcurrency\":20,\"ProvisionedConcurrency\":3}");
    }

    @Test
    void anEndpointInServiceIsReadAsAwsDescribesIt() {
        aws.stub.json("""
                {"EndpointName":"a","EndpointArn":"%s","EndpointConfigName":"c","EndpointStatus":"InService",
                "CreationTime":1717338615.123,"LastModifiedTime":1717338700.5,"Surprise":[1],
                "ProductionVariants":[{"VariantName":"AllTraffic","CurrentWeight":1.0,"DesiredWeight":1.0,
                "CurrentInstanceCount":0,"CurrentServerlessConfig":{"MemorySizeInMB":1024,"MaxConcurrency":5},
                "DeployedImages":[{"SpecifiedImage":"repo:1","ResolvedImage":"repo@sha256:1"}]}]}""".formatted(ARN));

        EndpointSnapshot seen = hosting.describeEndpoint("a").orElseThrow();

        assertThat(seen)
                .isEqualTo(new EndpointSnapshot(
                        "a",
                        ARN,
                        EndpointStatus.IN_SERVICE,
                        Instant.ofEpochMilli(1717338615123L),
                        Instant.ofEpochMilli(1717338700500L),
                        "c",
                        Optional.empty(),
                        List.of(new EndpointSnapshot.Variant(
                                "AllTraffic",
                                Optional.of(new ServerlessCapacity(1024, new Concurrency(5, 0))),
                                Optional.of("repo@sha256:1")))));
    }

    @Test
    void anEndpointWithoutVariantsAndInAStateNobodyKnowsIsReadAllTheSame() {
        aws.stub.json("{\"EndpointName\":\"a\",\"EndpointStatus\":\"Hibernating\"}");

        EndpointSnapshot seen = hosting.describeEndpoint("a").orElseThrow();

        assertThat(seen.status()).isEqualTo(EndpointStatus.UNKNOWN);
        assertThat(seen.variants()).isEmpty();
    }

    @Test
    void theVolumeThatAwsInventsForServerlessVariantsIsNotRead() {
        aws.stub.json("""
                {"EndpointConfigName":"c","EndpointConfigArn":"arn:c","CreationTime":1717338615,
                "ProductionVariants":[{"VariantName":"AllTraffic","ModelName":"m","VolumeSizeInGB":30,
                "ServerlessConfig":{"MemorySizeInMB":1024,"MaxConcurrency":5,"ProvisionedConcurrency":2}}]}""");

        assertThat(hosting.describeEndpointConfig("c"))
                .contains(new EndpointConfigSnapshot(
                        "c",
                        "arn:c",
                        Instant.ofEpochSecond(1717338615),
                        List.of(new EndpointConfigSnapshot.Variant(
                                "AllTraffic", "m", Optional.of(new ServerlessCapacity(1024, new Concurrency(5, 2)))))));
    }

    @Test
    void aModelIsReadFromItsPrimaryContainerOrItsOnlyOne() {
        String container = "{\"Image\":\"i\",\"Environment\":{\"K\":\"V\"}}";
        aws.stub
                .json("{\"ModelName\":\"m\",\"ModelArn\":\"arn:m\",\"PrimaryContainer\":" + container + "}")
                .json("{\"ModelName\":\"m\",\"ModelArn\":\"arn:m\",\"Containers\":[" + container + "]}");
        ModelSnapshot expected =
                new ModelSnapshot("m", "arn:m", Instant.EPOCH, "i", Optional.empty(), "", Map.of("K", "V"));

        assertThat(hosting.describeModel("m")).contains(expected);
        assertThat(hosting.describeModel("m")).contains(expected);
    }

    @Test
    void whatIsNotThereIsAnOrdinaryAnswer() {
        aws.stub
                .error(400, "ValidationException", "Could not find endpoint \"" + ARN + "\".")
                .error(400, "ValidationException", "Could not find endpoint configuration \"arn\".")
                .error(400, "ValidationException", "Could not find model \"arn\".")
                .error(400, "ValidationException", "Could not find endpoint \"" + ARN + "\".")
                .error(400, "ValidationException", "Could not find model \"arn\".");

        assertThat(hosting.describeEndpoint("a")).isEmpty();
        assertThat(hosting.describeEndpointConfig("a")).isEmpty();
        assertThat(hosting.describeModel("a")).isEmpty();
        assertThat(hosting.deleteEndpoint("a")).isEqualTo(new Receipt("sagemaker:DeleteEndpoint", "", "r-err"));
        assertThat(hosting.listTags("arn")).isEmpty();
    }

    @Test
    void anEndpointBetweenStatesRefusesItsDeletion() {
        aws.stub.error(400, "ValidationException", "Cannot update in-progress endpoint \"" + ARN + "\".");

        AwsException refused = catchThrowableOfType(AwsException.class, () -> hosting.deleteEndpoint("a"));

        assertThat(refused.kind()).isEqualTo(FailureKind.IN_PROGRESS);
        assertThat(refused.failure().message()).isEqualTo("Cannot update in-progress endpoint \"" + ARN + "\".");
    }

    @Test
    void listingsAreReadToTheirEndAHundredAPage() {
        aws.stub
                .json("{\"Endpoints\":[" + row("a") + "],\"NextToken\":\"t1\"}")
                .json("{\"Endpoints\":[" + row("b") + "]}");

        List<EndpointSummary> rows = hosting.listEndpoints(Optional.of(EndpointStatus.CREATING));

        assertThat(rows).extracting(EndpointSummary::name).containsExactly("a", "b");
        assertThat(aws.stub.last().body())
                .contains("\"NextToken\":\"t1\"", "\"MaxResults\":100", "\"StatusEquals\":\"Creating\"");
        assertThat(aws.calls).hasSize(2);
    }

    private static String row(String name) {
        return """
                {"EndpointName":"%s","EndpointArn":"arn:%s","EndpointStatus":"Creating",
                "CreationTime":1,"LastModifiedTime":2}""".formatted(name, name);
    }

    @Test
    void everyKindIsFoundByAPartOfItsName() {
        aws.stub
                .json("{\"Endpoints\":[" + row("ns-a") + "]}")
                .json("{\"EndpointConfigs\":[{\"EndpointConfigName\":\"ns-a-1\",\"EndpointConfigArn\":\"arn:c\"}]}")
                .json("{\"Models\":[{\"ModelName\":\"ns-a-2\",\"ModelArn\":\"arn:m\"}]}");

        assertThat(hosting.listEndpointsContaining("ns-a"))
                .containsExactly(new Hosting.NamedResource("ns-a", "arn:ns-a"));
        assertThat(hosting.listEndpointConfigsContaining("ns-a"))
                .containsExactly(new Hosting.NamedResource("ns-a-1", "arn:c"));
        assertThat(hosting.listModelsContaining("ns-a")).containsExactly(new Hosting.NamedResource("ns-a-2", "arn:m"));
        assertThat(aws.stub.last().body()).contains("\"NameContains\":\"ns-a\"");
    }

    @Test
    void aSearchThatWasBegunIsEndedWhateverTheLimiterHasLeft() {
        RateSettings one = new RateSettings(new RateSettings.Rate(0.5, 1, 0.5), Map.of(), Duration.ofMinutes(1));
        Hosting frugal =
                aws.opened(aws.settings.withRates(one), CallBoundary.OPEN).hosting(Priority.DELETE);
        aws.stub.json("{\"Tags\":[]}").json("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"}]}");

        assertThat(frugal.listTags(ARN)).isPresent();
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> frugal.listTags(ARN))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.THROTTLED));
        assertThat(frugal.listFurtherTags(ARN)).contains(Map.of("a", "1"));
    }

    @Test
    void tagsAreReadAddedAndTakenAway() {
        aws.stub
                .json("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"}],\"NextToken\":\"t\"}")
                .json("{\"Tags\":[{\"Key\":\"b\",\"Value\":\"2\"}]}")
                .json("{}")
                .json("{}");

        assertThat(hosting.listTags(ARN)).contains(Map.of("a", "1", "b", "2"));
        assertThat(hosting.addTags(ARN, Map.of("c", "3")).arn()).isEqualTo(ARN);
        hosting.deleteTags(ARN, Set.of("a"));

        assertThat(aws.stub.last().body()).contains("\"TagKeys\":[\"a\"]");
        assertThat(aws.calls).extracting(AwsCall::mutating).containsExactly(false, false, true, true);
    }
}
