package dev.pilotlight.simulator.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Page;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Permissions;
import dev.pilotlight.simulator.world.Seedable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Price List (awsJson 1.1), operation GetProducts of service code AmazonSageMaker. It lists only what AWS's own list was seen to say, by
 * date; a price nobody has seen is absent.
 *
 * <p>The seed section {@code prices} adds rows that are made up, for a test or a demonstration of another Region; they belong to all
 * accounts:
 *
 * <pre>{@code
 * [{"usagetype": "EU-ServerlessInf:Mem-2GB", "usd": "0.0000440", "publicationDate": "2026-09-22"}]
 * }</pre>
 */
public final class PriceListService implements AwsService, Seedable {
    private static final String SNAPSHOT = "price-list.csv";
    private static final int PAGE = 100;
    private static final int DECIMALS = 10;
    private static final Pattern USD = Pattern.compile("\\d{1,9}(\\.\\d{1," + DECIMALS + "})?");

    private final Permissions permissions;
    private final Map<String, Product> products = new ConcurrentHashMap<>();

    public PriceListService(Permissions permissions) {
        this.permissions = permissions;
        snapshot().forEach(product -> products.put(product.key(), product));
    }

    /** A product with one price; {@code freeUnits} come before it at nothing. */
    private record Product(
            String region,
            String usageType,
            String family,
            String group,
            String unit,
            BigDecimal usd,
            long freeUnits,
            String publicationDate) {

        String key() {
            return region + " " + usageType;
        }

        String sku() {
            return "SIM" + Integer.toHexString(key().hashCode()).toUpperCase(Locale.ROOT);
        }

        Map<String, String> attributes() {
            Map<String, String> attributes = new TreeMap<>();
            attributes.put("regionCode", region);
            attributes.put("usagetype", usageType);
            attributes.put("group", group);
            attributes.put("servicecode", "AmazonSageMaker");
            attributes.put("productFamily", family);
            return attributes;
        }

        ObjectNode document() {
            ObjectNode document = JsonProtocol.object();
            ObjectNode product = document.putObject("product");
            product.put("productFamily", family).put("sku", sku());
            ObjectNode shown = product.putObject("attributes");
            attributes().forEach(shown::put);
            shown.remove("productFamily");
            document.put("serviceCode", "AmazonSageMaker");
            String offer = sku() + ".JRTCKXETXF";
            ObjectNode term = document.putObject("terms").putObject("OnDemand").putObject(offer);
            term.put("offerTermCode", "JRTCKXETXF").put("sku", sku());
            ObjectNode dimensions = term.putObject("priceDimensions");
            if (freeUnits > 0) {
                tier(dimensions, offer + ".FREE", "0", Long.toString(freeUnits), BigDecimal.ZERO);
            }
            tier(dimensions, offer + ".6YS6EN2CT7", Long.toString(freeUnits), "Inf", usd);
            document.put("publicationDate", publicationDate + "T00:00:00Z");
            return document;
        }

        private void tier(ObjectNode dimensions, String key, String begin, String end, BigDecimal price) {
            ObjectNode tier = dimensions.putObject(key).put("rateCode", key).put("unit", unit);
            tier.put("beginRange", begin).put("endRange", end);
            tier.putObject("pricePerUnit").put("USD", price.setScale(DECIMALS).toPlainString());
        }
    }

    @Override
    public String name() {
        return "pricing";
    }

    @Override
    public AwsResponse errorAnswer(AwsRequest request, AwsError error) {
        return JsonProtocol.error(request, error);
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        if (!request.operation().equals("GetProducts")) {
            throw new AwsError(
                    400, "UnknownOperationException", "The simulator has no operation " + request.operation() + ".");
        }
        permissions.require(request.caller(), "pricing:GetProducts", "*", Map.of());
        ObjectNode input = JsonProtocol.read(request);
        String service = JsonProtocol.text(input, "ServiceCode")
                .orElseThrow(() -> new AwsError(400, "InvalidParameterException", "ServiceCode is required"));
        List<Product> found = products.values().stream()
                .filter(product -> service.equals("AmazonSageMaker"))
                .filter(product -> matches(product, input.path("Filters")))
                .sorted((a, b) -> a.key().compareTo(b.key()))
                .toList();
        return JsonProtocol.answer(request, page(input, found));
    }

    private static ObjectNode page(ObjectNode input, List<Product> found) {
        int most = input.path("MaxResults").asInt(PAGE);
        if (most < 1 || most > PAGE) {
            throw new AwsError(400, "InvalidParameterException", "MaxResults must be between 1 and 100");
        }
        Page<Product> page = Page.of(
                found,
                Product::key,
                JsonProtocol.text(input, "NextToken"),
                most,
                () -> new AwsError(400, "InvalidNextTokenException", "The token is not valid."));
        ObjectNode answer = JsonProtocol.object().put("FormatVersion", "aws_v1");
        ArrayNode list = answer.putArray("PriceList");
        page.items().forEach(product -> list.add(product.document().toString()));
        page.next().ifPresent(token -> answer.put("NextToken", token));
        return answer;
    }

    private static boolean matches(Product product, JsonNode filters) {
        for (JsonNode filter : filters) {
            String value = product.attributes().get(filter.path("Field").asText());
            if (!filter.path("Type").asText().equals("TERM_MATCH")) {
                throw new AwsError(
                        400, "InvalidParameterException", "The simulator has filters of type TERM_MATCH only");
            }
            if (!filter.path("Value").asText().equals(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String section() {
        return "prices";
    }

    @Override
    public void seed(Scope scope, JsonNode content) {
        for (JsonNode row : content) {
            Product product = new Product(
                    scope.region(),
                    usageType(row),
                    "ML Serverless",
                    row.path("group").asText(),
                    "seconds",
                    usd(row),
                    freeUnits(row),
                    publicationDate(row));
            products.put(product.key(), product);
        }
    }

    private static String usageType(JsonNode row) {
        String text = row.path("usagetype").asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("prices: usagetype is missing in " + row);
        }
        return text;
    }

    private static BigDecimal usd(JsonNode row) {
        String text = row.path("usd").asText();
        if (!USD.matcher(text).matches()) {
            throw new IllegalArgumentException("prices: usd (a decimal number as text, of at most " + DECIMALS
                    + " decimals and not below 0) is missing in " + row);
        }
        return new BigDecimal(text);
    }

    private static long freeUnits(JsonNode row) {
        long free = row.path("freeUnits").asLong();
        if (free < 0) {
            throw new IllegalArgumentException("prices: freeUnits must not be below 0 in " + row);
        }
        return free;
    }

    private static String publicationDate(JsonNode row) {
        try {
            return LocalDate.parse(row.path("publicationDate").asText()).toString();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("prices: publicationDate (such as 2026-09-22) is missing in " + row, e);
        }
    }

    private static List<Product> snapshot() {
        try (InputStream csv = PriceListService.class.getResourceAsStream(SNAPSHOT)) {
            if (csv == null) {
                throw new IllegalStateException(SNAPSHOT + " is not on the class path");
            }
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(",", -1)))
                    .map(row -> new Product(
                            row.get(0),
                            row.get(1),
                            row.get(2),
                            row.get(3),
                            row.get(4),
                            new BigDecimal(row.get(5)),
                            0,
                            row.get(6)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
