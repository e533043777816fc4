package dev.pilotlight.aws;

import dev.pilotlight.domain.cost.ListedPrice;
import java.util.List;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;
import software.amazon.awssdk.services.pricing.model.GetProductsResponse;

/** The Price List API on the AWS SDK. */
final class SdkPriceLists implements PriceLists {

    /** AWS docs: the most that one page may hold. */
    private static final int PAGE = 100;

    private final SessionCalls calls;

    SdkPriceLists(SessionCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<ListedPrice> serverlessInference() {
        return calls
                .pages(
                        "pricing:GetProducts",
                        Priority.DRIFT,
                        token -> calls.clients()
                                .pricing()
                                .getProducts(get -> get.overrideConfiguration(calls.credentials())
                                        .serviceCode("AmazonSageMaker")
                                        .filters(
                                                equal(
                                                        "regionCode",
                                                        calls.location().region()),
                                                equal("productFamily", PriceDocument.FAMILY))
                                        .formatVersion("aws_v1")
                                        .maxResults(PAGE)
                                        .nextToken(token)),
                        GetProductsResponse::nextToken)
                .stream()
                .flatMap(page -> page.priceList().stream())
                .flatMap(document -> PriceDocument.read(document).stream())
                .toList();
    }

    private static Filter equal(String field, String value) {
        return Filter.builder()
                .type(FilterType.TERM_MATCH)
                .field(field)
                .value(value)
                .build();
    }
}
