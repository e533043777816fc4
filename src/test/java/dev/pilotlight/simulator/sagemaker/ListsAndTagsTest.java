package dev.pilotlight.simulator.sagemaker;

import static dev.pilotlight.simulator.SimulatedAws.IMAGE;
import static dev.pilotlight.simulator.SimulatedAws.START;
import static dev.pilotlight.simulator.sagemaker.ModelsAndConfigsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.simulator.SimulatedAws;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sagemaker.model.EndpointSortKey;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.EndpointSummary;
import software.amazon.awssdk.services.sagemaker.model.ListEndpointsResponse;
import software.amazon.awssdk.services.sagemaker.model.ListTagsResponse;
import software.amazon.awssdk.services.sagemaker.model.ModelSummary;
import software.amazon.awssdk.services.sagemaker.model.OrderKey;
import software.amazon.awssdk.services.sagemaker.model.Tag;

class ListsAndTagsTest {
    private final SimulatedAws aws = SimulatedAws.start();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void aPageHasTenRecordsNewestFirst() {
        models(25);
        assertThat(aws.sageMaker().listModels().models())
                .extracting(ModelSummary::modelName)
                .hasSize(10)
                .startsWith("m-24", "m-23");
        assertThat(aws.sageMaker().listModelsPaginator().models())
                .extracting(ModelSummary::modelName)
                .hasSize(25)
                .doesNotHaveDuplicates();
    }

    @Test
    void recordsThatComeAndGoBetweenPagesAreNeitherRepeatedNorPassedOver() {
        models(6);
        String token = aws.sageMaker().listModels(r -> r.maxResults(3)).nextToken();
        aws.model("newer", IMAGE);
        aws.sageMaker().deleteModel(r -> r.modelName("m-3"));
        assertThat(aws.sageMaker()
                        .listModels(r -> r.maxResults(3).nextToken(token))
                        .models())
                .extracting(ModelSummary::modelName)
                .containsExactly("m-2", "m-1", "m-0");
    }

    @Test
    void listsAreFilteredAndSorted() {
        models(3);
        aws.model("other", IMAGE);
        assertThat(aws.sageMaker()
                        .listModels(r -> r.nameContains("m-").sortBy("Name").sortOrder(OrderKey.ASCENDING))
                        .models())
                .extracting(ModelSummary::modelName)
                .containsExactly("m-0", "m-1", "m-2");
        assertThat(aws.sageMaker()
                        .listModels(
                                r -> r.creationTimeAfter(START.plusSeconds(1)).creationTimeBefore(START.plusSeconds(2)))
                        .models())
                .extracting(ModelSummary::modelName)
                .containsExactly("m-1");
        aws.config("c", "m-0", 1024, 1, null);
        assertThat(aws.sageMaker().listEndpointConfigs().endpointConfigs()).hasSize(1);
    }

    @Test
    void endpointsAreListedByStatusAndChange() {
        aws.servingEndpoint("serving", IMAGE, 1, null);
        aws.pass(Duration.ofSeconds(5));
        aws.endpoint("creating", IMAGE, 1, null);
        ListEndpointsResponse creating = aws.sageMaker().listEndpoints(r -> r.statusEquals(EndpointStatus.CREATING));
        assertThat(creating.endpoints())
                .extracting(EndpointSummary::endpointName)
                .containsExactly("creating");
        assertThat(aws.sageMaker()
                        .listEndpoints(r -> r.lastModifiedTimeAfter(START.plusSeconds(5)))
                        .endpoints())
                .extracting(EndpointSummary::endpointName)
                .containsExactly("creating");
        assertThat(aws.sageMaker()
                        .listEndpoints(r -> r.sortBy(EndpointSortKey.STATUS).sortOrder(OrderKey.ASCENDING))
                        .endpoints())
                .extracting(EndpointSummary::endpointStatusAsString)
                .containsExactly("InService", "InService");
    }

    @Test
    void listsRefuseWhatTheyCannotDo() {
        refused(
                () -> aws.sageMaker().listModels(r -> r.maxResults(101)),
                "Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100");
        refused(
                () -> aws.sageMaker().listEndpoints(r -> r.statusEquals("Lost")),
                "Value 'Lost' at 'statusEquals' failed to satisfy constraint: Member must satisfy enum value set:");
        refused(() -> aws.sageMaker().listEndpoints(r -> r.nextToken("!")), "Invalid NextToken");
        refused(() -> aws.sageMaker().listModels(r -> r.nameContains("a.b")), "at 'nameContains'");
    }

    @Test
    void tagsAreAddedOverwrittenListedAndDeleted() {
        aws.servingEndpoint("E", IMAGE, 1, null);
        String arn = aws.describe("E").endpointArn();
        assertThat(aws.sageMaker()
                        .addTags(r -> r.resourceArn(arn).tags(tag("team", "nlp"), tag("cost", "42")))
                        .tags())
                .containsExactly(tag("team", "nlp"), tag("cost", "42"));
        aws.sageMaker().deleteTags(r -> r.resourceArn(arn).tagKeys("team", "never-there"));
        assertThat(aws.sageMaker().listTags(r -> r.resourceArn(arn)).tags()).containsExactly(tag("cost", "42"));
    }

    @Test
    void aResourceHasFiftyTagsAtMostAndAPageFiftyAtLeast() {
        aws.model("m", IMAGE);
        String arn = "arn:aws:sagemaker:us-east-1:111122223333:model/m";
        List<Tag> fifty =
                IntStream.range(0, 50).mapToObj(i -> tag("key-" + i, "v")).toList();
        aws.sageMaker().addTags(r -> r.resourceArn(arn).tags(fifty));
        refused(() -> aws.sageMaker().addTags(r -> r.resourceArn(arn).tags(tag("more", ""))), "more than 50 tags");
        refused(() -> aws.sageMaker().listTags(r -> r.resourceArn(arn).maxResults(49)), "at 'maxResults'");
        ListTagsResponse page = aws.sageMaker().listTags(r -> r.resourceArn(arn).maxResults(50));
        assertThat(page.tags()).hasSize(50);
        assertThat(page.nextToken()).isNull();
    }

    @Test
    void tagsOfWhatIsNotThereAreNotFound() {
        String arn = "arn:aws:sagemaker:us-east-1:111122223333:endpoint/x";
        refused(() -> aws.sageMaker().listTags(r -> r.resourceArn(arn)), "Could not find endpoint \"" + arn + "\".");
        refused(
                () -> aws.sageMaker().addTags(r -> r.resourceArn(arn).tags(tag("bad*key", ""))),
                "at 'tags.1.member.key'");
    }

    private void models(int count) {
        for (int i = 0; i < count; i++) {
            aws.model("m-" + i, IMAGE);
            aws.pass(Duration.ofSeconds(1));
        }
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
