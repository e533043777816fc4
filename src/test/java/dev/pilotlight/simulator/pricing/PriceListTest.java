package dev.pilotlight.simulator.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilotlight.simulator.SimulatedAws;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;
import software.amazon.awssdk.services.pricing.model.GetProductsResponse;
import software.amazon.awssdk.services.pricing.model.PricingException;

/** The price list, through an unmodified client. */
class PriceListTest {
    private final SimulatedAws aws = SimulatedAws.start();
    private final PricingClient pricing = aws.client(PricingClient.builder());

    @AfterEach
    void close() {
        aws.close();
    }

    private static Filter equal(String field, String value) {
        return Filter.builder()
                .type(FilterType.TERM_MATCH)
                .field(field)
                .value(value)
                .build();
    }

    private List<String> products(Filter... filters) {
        return pricing.getProducts(
                        request -> request.serviceCode("AmazonSageMaker").filters(filters))
                .priceList();
    }

    @Test
    void whatWasSeenIsListedAndNothingElse() {
        assertThat(products(equal("regionCode", "us-east-1"), equal("productFamily", "ML Serverless")))
                .hasSize(5)
                .allMatch(document -> document.contains("\"publicationDate\""));
        assertThat(products(equal("usagetype", "USE1-ProvisionedConcurrency:Usage-2GB")))
                .singleElement()
                .asString()
                .contains("\"USD\":\"0.0000100000\"", "ServerlessProvisionedConcurrency-Usage");
        assertThat(products(equal("usagetype", "USE1-ProvisionedConcurrency:Usage-1GB")))
                .isEmpty();
        assertThat(products(equal("regionCode", "eu-west-1"))).isEmpty();
    }

    @Test
    void anotherRegionCanBeMadeUp() {
        aws.seed("""
                {"region":"eu-west-1","prices":[{"usagetype":"EU-ServerlessInf:Mem-2GB","usd":"0.000044","freeUnits":150000,
                "publicationDate":"2026-09-22"}]}""");

        assertThat(products(equal("regionCode", "eu-west-1")))
                .singleElement()
                .asString()
                .contains("\"beginRange\":\"150000\"", "\"USD\":\"0.0000440000\"", "\"USD\":\"0.0000000000\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usagetype       | {'usd':'0.1','publicationDate':'2026-09-22'}",
                "usd             | {'usagetype':'X','publicationDate':'2026-09-22'}",
                "usd             | {'usagetype':'X','usd':'-1','publicationDate':'2026-09-22'}",
                "usd             | {'usagetype':'X','usd':'0.00000000001','publicationDate':'2026-09-22'}",
                "freeUnits       | {'usagetype':'X','usd':'0.1','freeUnits':-1,'publicationDate':'2026-09-22'}",
                "publicationDate | {'usagetype':'X','usd':'0.1'}",
                "publicationDate | {'usagetype':'X','usd':'0.1','publicationDate':'autumn'}"
            })
    void aPriceThatMakesNoSenseIsNotTaken(String field, String row) {
        assertThatThrownBy(() -> aws.seed("{\"prices\":[" + row.replace('\'', '"') + "]}"))
                .hasMessageContaining("400")
                .hasMessageContaining("prices: " + field);
        assertThat(products()).hasSize(5);
    }

    @Test
    void pagesAreContinued() {
        GetProductsResponse first = pricing.getProducts(
                request -> request.serviceCode("AmazonSageMaker").maxResults(3));
        GetProductsResponse second = pricing.getProducts(
                request -> request.serviceCode("AmazonSageMaker").maxResults(3).nextToken(first.nextToken()));

        assertThat(first.priceList()).hasSize(3);
        assertThat(second.priceList()).hasSize(2);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void otherFiltersAreNotSimulatedAndSaySo() {
        assertThatThrownBy(() -> products(equal("regionCode", "us-east-1").toBuilder()
                        .type(FilterType.CONTAINS)
                        .build()))
                .isInstanceOf(PricingException.class)
                .hasMessageContaining("TERM_MATCH");
        assertThat(pricing.getProducts(request -> request.serviceCode("AmazonEC2"))
                        .priceList())
                .isEmpty();
    }
}
