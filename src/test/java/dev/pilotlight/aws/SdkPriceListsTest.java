package dev.pilotlight.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.cost.Confidence;
import dev.pilotlight.domain.cost.ListedPrice;
import dev.pilotlight.domain.cost.Price;
import dev.pilotlight.domain.cost.PriceItem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdkPriceListsTest {

    private final AdapterFixture aws = new AdapterFixture();
    private final AwsSession session = aws.opened();

    @AfterEach
    void close() {
        aws.close();
    }

    private static String product(String usageType, String dimensions) {
        return """
                {"product":{"productFamily":"ML Serverless","attributes":{"regionCode":"eu-west-1","usagetype":"%s"},"sku":"S"},
                "serviceCode":"AmazonSageMaker","terms":{"OnDemand":{"S.JRT":{"priceDimensions":{%s}}}},
                "version":"1","publicationDate":"2026-09-22T20:12:05Z"}""".formatted(usageType, dimensions);
    }

    private static String tier(String key, String begin, String unit, String usd) {
        return "\"%s\":{\"unit\":\"%s\",\"beginRange\":\"%s\",\"pricePerUnit\":{\"USD\":\"%s\"}}"
                .formatted(key, unit, begin, usd);
    }

    private static String page(String token, String... documents) {
        String texts = Arrays.stream(documents)
                .map(text -> "\"" + text.replace("\"", "\\\"").replace("\n", "") + "\"")
                .collect(Collectors.joining(","));
        return "{\"FormatVersion\":\"aws_v1\",\"PriceList\":[" + texts + "]"
                + (token.isEmpty() ? "}" : ",\"NextToken\":\"" + token + "\"}");
    }

    private static ListedPrice listed(PriceItem item, int gigabytes, String usd) {
        return new ListedPrice(
                item,
                "eu-west-1",
                gigabytes,
                new Price(new BigDecimal(usd), Confidence.VERIFIED, LocalDate.parse("2026-09-22"), "AWS price list"));
    }

    @ParameterizedTest
    @CsvSource({
        "EU-ServerlessInf:Mem-2GB, ON_DEMAND_DURATION, 2",
        "USE1-ProvisionedConcurrency:Usage-1GB, PROVISIONED_USAGE, 1",
        "EUC1-ProvisionedConcurrency:Mem-6GB, PROVISIONED_DURATION, 6",
        "ServerlessInf:Mem-3GB, ON_DEMAND_DURATION, 3"
    })
    void theUsageTypeSaysWhatItIs(String usageType, PriceItem item, int gigabytes) {
        aws.stub.json(page("", product(usageType, tier("a", "0", "seconds", "0.0000440000"))));

        assertThat(session.prices().serverlessInference()).containsExactly(listed(item, gigabytes, "0.0000440000"));
    }

    @Test
    void theFreeTierIsNotThePrice() {
        aws.stub.json(page(
                "",
                product(
                        "EU-ServerlessInf:Mem-2GB",
                        tier("a", "0", "Seconds", "0.0000000000")
                                + ","
                                + tier("c", "9000000", "Seconds", "0.0000300000")
                                + ","
                                + tier("b", "150000", "Seconds", "0.0000440000"))));

        assertThat(session.prices().serverlessInference())
                .containsExactly(listed(PriceItem.ON_DEMAND_DURATION, 2, "0.0000440000"));
    }

    @Test
    void whatCannotBeReadStaysUnknown() {
        aws.stub.json(page(
                "",
                "no json",
                "{}",
                product("EU-Host:ml.m5.large", tier("a", "0", "Hrs", "0.128")),
                product("EU-ServerlessInf:Mem-1GB", tier("a", "0", "Hrs", "0.128")),
                product("EU-ServerlessInf:Mem-1GB", tier("a", "0", "seconds", "cheap")),
                product("EU-ServerlessInf:Mem-1GB", "\"a\":{\"unit\":\"seconds\",\"pricePerUnit\":{\"CNY\":\"0.1\"}}"),
                product("EU-ServerlessInf:Mem-1GB", "")));

        assertThat(session.prices().serverlessInference()).isEmpty();
    }

    @Test
    void allPagesOfTheRegionAreRead() {
        aws.stub.json(page("t", product("EU-ServerlessInf:Mem-1GB", tier("a", "0", "seconds", "0.000022"))));
        aws.stub.json(page("", product("EU-ServerlessInf:Mem-2GB", tier("a", "0", "seconds", "0.000044"))));

        assertThat(session.prices().serverlessInference()).hasSize(2);

        assertThat(aws.stub.last().about()).isEqualTo("AWSPriceListService.GetProducts");
        assertThat(aws.stub.last().body())
                .contains(
                        "\"ServiceCode\":\"AmazonSageMaker\"",
                        "\"NextToken\":\"t\"",
                        "{\"Type\":\"TERM_MATCH\",\"Field\":\"regionCode\",\"Value\":\"us-east-1\"}",
                        "{\"Type\":\"TERM_MATCH\",\"Field\":\"productFamily\",\"Value\":\"ML Serverless\"}");
        assertThat(aws.calls).extracting(AwsCall::operation).containsOnly("pricing:GetProducts");
    }

    @ParameterizedTest
    @CsvSource({"eu-west-1, eu-central-1", "ap-southeast-2, ap-south-1", "us-west-2, us-east-1", "sa-east-1, us-east-1"
    })
    void theNearestPriceListIsAsked(String region, String asked) {
        aws.stub.role("ASIASESSION", "2026-01-05T09:00:00Z").json(page(""));
        SessionRequest request = new SessionRequest(
                Optional.of(AdapterFixture.ROLE), region, "c1", "ml", new SessionRequest.Purpose.Tenant("ns"));

        aws.sessions().open(request).prices().serverlessInference();

        assertThat(aws.stub.last().authorization()).contains("/" + asked + "/pricing/");
        assertThat(aws.stub.last().body()).contains("\"Value\":\"" + region + "\"");
    }
}
