package dev.pilotlight.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.domain.cost.Confidence;
import dev.pilotlight.domain.cost.ListedPrice;
import dev.pilotlight.domain.cost.Price;
import dev.pilotlight.domain.cost.PriceItem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One product of AWS's price list, as JSON text. What it is, is in the usage type after the Region's prefix, for example
 * {@code USE1-ProvisionedConcurrency:Usage-2GB}.
 */
final class PriceDocument {

    static final String FAMILY = "ML Serverless";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern USAGE_TYPE =
            Pattern.compile("(?:[A-Z0-9]+-)?(ServerlessInf:Mem|ProvisionedConcurrency:Usage|ProvisionedConcurrency:Mem)"
                    + "-([1-9]\\d?)GB");
    private static final Map<String, PriceItem> ITEMS = Map.of(
            "ServerlessInf:Mem", PriceItem.ON_DEMAND_DURATION,
            "ProvisionedConcurrency:Usage", PriceItem.PROVISIONED_USAGE,
            "ProvisionedConcurrency:Mem", PriceItem.PROVISIONED_DURATION);
    private static final BigDecimal FROM_THE_START = BigDecimal.ZERO;

    private PriceDocument() {}

    /** Empty for a product that is none of ours, or whose price cannot be read. */
    static Optional<ListedPrice> read(String document) {
        try {
            return read(JSON.readTree(document));
        } catch (JsonProcessingException | NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<ListedPrice> read(JsonNode document) {
        JsonNode attributes = document.path("product").path("attributes");
        Matcher usage = USAGE_TYPE.matcher(attributes.path("usagetype").asText());
        String region = attributes.path("regionCode").asText();
        if (!usage.matches() || region.isEmpty()) {
            return Optional.empty();
        }
        LocalDate asOf = Instant.parse(document.path("publicationDate").asText())
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
        return perSecond(document)
                .map(usd -> new ListedPrice(
                        ITEMS.get(usage.group(1)),
                        region,
                        Integer.parseInt(usage.group(2)),
                        new Price(usd, Confidence.VERIFIED, asOf, "AWS price list")));
    }

    /** A row can have tiers, of which the first may be a free one: the first that is paid counts. */
    private static Optional<BigDecimal> perSecond(JsonNode document) {
        record Tier(BigDecimal begin, BigDecimal usd) {}
        List<Tier> tiers = new ArrayList<>();
        for (JsonNode term : document.path("terms").path("OnDemand")) {
            for (JsonNode dimension : term.path("priceDimensions")) {
                String unit = dimension.path("unit").asText();
                String usd = dimension.path("pricePerUnit").path("USD").asText();
                if (unit.equalsIgnoreCase("seconds") || unit.equalsIgnoreCase("second")) {
                    tiers.add(new Tier(begin(dimension), new BigDecimal(usd)));
                }
            }
        }
        return tiers.stream()
                .filter(tier -> tier.usd().signum() > 0)
                .min(Comparator.comparing(Tier::begin))
                .map(Tier::usd);
    }

    private static BigDecimal begin(JsonNode dimension) {
        String begin = dimension.path("beginRange").asText();
        return begin.isEmpty() ? FROM_THE_START : new BigDecimal(begin);
    }
}
