package dev.pilotlight.simulator.sagemaker;

import static dev.pilotlight.simulator.SimulatedAws.IMAGE;
import static dev.pilotlight.simulator.SimulatedAws.START;
import static dev.pilotlight.simulator.sagemaker.ModelsAndConfigsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.simulator.SimulatedAws;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sagemaker.model.BooleanOperator;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.Filter;
import software.amazon.awssdk.services.sagemaker.model.NestedFilters;
import software.amazon.awssdk.services.sagemaker.model.Operator;
import software.amazon.awssdk.services.sagemaker.model.ResourceType;
import software.amazon.awssdk.services.sagemaker.model.SearchExpression;
import software.amazon.awssdk.services.sagemaker.model.SearchRecord;
import software.amazon.awssdk.services.sagemaker.model.SearchResponse;
import software.amazon.awssdk.services.sagemaker.model.SearchSortOrder;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** Search, which sees everything a while after it was. */
class SearchTest {
    private static final Duration LAG = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final SimulatedAws aws = SimulatedAws.start();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void whatIsCreatedChangedAndDeletedIsSeenOnlyAfterTheLag() {
        aws.endpoint("sentiment", IMAGE, 1, null);
        aws.pass(LAG.minus(MOMENT));
        assertThat(endpoints()).isEmpty();
        aws.pass(MOMENT);
        assertThat(endpoints().getFirst().endpoint().endpointStatus()).isEqualTo(EndpointStatus.CREATING);

        aws.readUntil("sentiment", EndpointStatus.IN_SERVICE);
        assertThat(endpoints().getFirst().endpoint().endpointStatus()).isEqualTo(EndpointStatus.CREATING);
        aws.pass(LAG);
        var found = endpoints().getFirst().endpoint();
        assertThat(found.endpointStatus()).isEqualTo(EndpointStatus.IN_SERVICE);
        assertThat(found.endpointConfigName()).isEqualTo("sentiment");
        assertThat(found.tags()).extracting(Tag::key).containsExactly("team");

        aws.sageMaker()
                .addTags(r -> r.resourceArn(found.endpointArn())
                        .tags(Tag.builder().key("stage").value("prod").build()));
        assertThat(endpoints().getFirst().endpoint().tags()).hasSize(1);
        aws.pass(LAG);
        assertThat(endpoints().getFirst().endpoint().tags()).hasSize(2);

        aws.sageMaker().deleteEndpoint(r -> r.endpointName("sentiment"));
        aws.describe("sentiment");
        aws.sageMaker().listEndpoints();
        assertThat(aws.sageMaker().listEndpoints().endpoints()).isEmpty();
        assertThat(endpoints().getFirst().endpoint().endpointStatus()).isEqualTo(EndpointStatus.IN_SERVICE);
        aws.pass(LAG);
        assertThat(endpoints()).isEmpty();
    }

    @Test
    void modelsAreFoundUnderTheirDashboardAndOtherThingsNotAtAll() {
        aws.model("m", IMAGE);
        aws.pass(LAG);
        assertThat(search(ResourceType.MODEL, filter("Model.ModelName", Operator.EQUALS, "m"))
                        .results())
                .singleElement()
                .satisfies(
                        record -> assertThat(record.model().model().modelName()).isEqualTo("m"));
        SearchResponse jobs = aws.sageMaker().search(r -> r.resource(ResourceType.TRAINING_JOB));
        assertThat(jobs.results()).isEmpty();
        assertThat(jobs.totalHits().value()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "EndpointName, Equals, one, one",
        "EndpointName, NotEquals, one, two",
        "EndpointName, Contains, w, two",
        "EndpointName, In, 'one,three', one",
        "EndpointStatus, Equals, Creating, two",
        "CreationTime, GreaterThan, 2026-01-01T00:00:00Z, two",
        "CreationTime, LessThanOrEqualTo, 2026-01-01T00:00:00Z, one",
        "Tags.team, Equals, ml, 'one,two'",
        "Tags.stage, Exists,, one",
        "Tags.stage, NotExists,, two",
        "ProductionVariants.CurrentServerlessConfig.MemorySizeInMB, GreaterThanOrEqualTo, 2048, one",
        "ProductionVariants.CurrentServerlessConfig.MemorySizeInMB, Equals, 2048.0, one",
    })
    void aFilterFits(String name, String operator, String value, String found) {
        twoEndpoints();
        assertThat(names(search(ResourceType.ENDPOINT, filter(name, Operator.fromValue(operator), value))))
                .containsExactlyInAnyOrder(found.split(","));
    }

    @Test
    void textsAreTheSameOnlyLetterByLetterAlsoWhereTheyLookLikeNumbers() {
        aws.model("1", IMAGE);
        aws.model("01", IMAGE);
        aws.pass(LAG);

        assertThat(search(ResourceType.MODEL, filter("Model.ModelName", Operator.EQUALS, "1"))
                        .results())
                .extracting(record -> record.model().model().modelName())
                .containsExactly("1");
        assertThat(search(ResourceType.MODEL, filter("Model.ModelName", Operator.NOT_EQUALS, "1"))
                        .results())
                .extracting(record -> record.model().model().modelName())
                .containsExactly("01");
    }

    @Test
    void expressionsAreJoinedByAndOrOrAndListsHaveFiltersOfTheirOwn() {
        twoEndpoints();
        Filter one = filter("EndpointName", Operator.EQUALS, "one");
        Filter creating = filter("EndpointStatus", Operator.EQUALS, "Creating");
        assertThat(names(search(ResourceType.ENDPOINT, one, creating))).isEmpty();
        assertThat(names(aws.sageMaker()
                        .search(r -> r.resource(ResourceType.ENDPOINT)
                                .searchExpression(e -> e.operator(BooleanOperator.OR)
                                        .filters(one)
                                        .subExpressions(SearchExpression.builder()
                                                .filters(creating)
                                                .build())))))
                .containsExactlyInAnyOrder("one", "two");
        assertThat(names(aws.sageMaker()
                        .search(r -> r.resource(ResourceType.ENDPOINT)
                                .searchExpression(e -> e.nestedFilters(NestedFilters.builder()
                                        .nestedPropertyName("ProductionVariants")
                                        .filters(filter("ProductionVariants.VariantName", Operator.EQUALS, "main"))
                                        .build())))))
                .containsExactly("one");
    }

    @Test
    void resultsAreSortedAndPaged() {
        for (int i = 0; i < 5; i++) {
            aws.model("m-" + i, IMAGE);
        }
        aws.pass(LAG);
        SearchResponse first = aws.sageMaker()
                .search(r -> r.resource(ResourceType.MODEL)
                        .sortBy("Model.ModelName")
                        .sortOrder(SearchSortOrder.ASCENDING)
                        .maxResults(2));
        assertThat(first.results())
                .extracting(record -> record.model().model().modelName())
                .containsExactly("m-0", "m-1");
        assertThat(first.totalHits().value()).isEqualTo(5);
        assertThat(aws.sageMaker()
                        .searchPaginator(r -> r.resource(ResourceType.MODEL).maxResults(2))
                        .results())
                .extracting(record -> record.model().model().modelName())
                .containsExactly("m-4", "m-3", "m-2", "m-1", "m-0");
    }

    @Test
    void whatCannotBeSearchedForIsRefused() {
        refused(
                () -> aws.sageMaker().search(r -> r.resource("Lamp")),
                "Value 'Lamp' at 'resource' failed to satisfy constraint: Member must satisfy enum value set");
        refused(
                () -> search(ResourceType.MODEL, filter("", Operator.EQUALS, "x")),
                "Value '' at 'searchExpression.filters.1.member.name'");
        refused(
                () -> aws.sageMaker().search(r -> r.resource(ResourceType.MODEL).nextToken("never given")),
                "Invalid NextToken");
    }

    private void twoEndpoints() {
        aws.servingEndpoint("one", IMAGE, 1, null);
        String arn = aws.describe("one").endpointArn();
        tag(arn, r -> r.key("stage").value("prod"));
        assertThat(aws.describe("one").creationTime()).isEqualTo(START);
        aws.pass(Duration.ofSeconds(1));
        aws.endpoint("two", IMAGE, 1, null);
        aws.pass(LAG);
    }

    private void tag(String arn, Consumer<Tag.Builder> tag) {
        aws.sageMaker()
                .addTags(r ->
                        r.resourceArn(arn).tags(Tag.builder().applyMutation(tag).build()));
    }

    private List<SearchRecord> endpoints() {
        return aws.sageMaker().search(r -> r.resource(ResourceType.ENDPOINT)).results();
    }

    private SearchResponse search(ResourceType resource, Filter... filters) {
        return aws.sageMaker().search(r -> r.resource(resource).searchExpression(e -> e.filters(filters)));
    }

    private static Filter filter(String name, Operator operator, String value) {
        return Filter.builder().name(name).operator(operator).value(value).build();
    }

    private static List<String> names(SearchResponse found) {
        return found.results().stream()
                .map(record -> record.endpoint().endpointName())
                .toList();
    }
}
