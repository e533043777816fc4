package dev.pilotlight.domain.cost;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Prices by item, Region and memory size. What is not in the book is unknown; nothing is ever guessed from another Region. */
public final class PriceBook {
    private static final String HEADER = "region,item,memory_gb,unit,usd,confidence,as_of,source";
    private static final int MEGABYTES_PER_GIGABYTE = 1024;

    private final Map<Key, Price> prices;

    private record Key(PriceItem item, String region, int memorySizeInGB) {}

    private PriceBook(Map<Key, Price> prices) {
        this.prices = Map.copyOf(prices);
    }

    /** A book without prices: every sum is unknown. */
    public static PriceBook empty() {
        return new PriceBook(Map.of());
    }

    /**
     * Reads CSV with the columns {@value #HEADER}; lines that begin with # are comments. No field holds a comma.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public static PriceBook parse(List<String> lines) {
        Map<Key, Price> prices = new HashMap<>();
        boolean headed = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!headed) {
                require(line.equals(HEADER), i, "the header must be " + HEADER);
                headed = true;
                continue;
            }
            read(line, i, prices);
        }
        return new PriceBook(prices);
    }

    private static void read(String line, int index, Map<Key, Price> prices) {
        List<String> fields = List.of(line.split(",", -1));
        require(fields.size() == 8, index, "8 fields are needed");
        Optional<PriceItem> item = PriceItem.ofWord(fields.get(1));
        require(item.isPresent(), index, "unknown item " + fields.get(1));
        require(
                fields.get(3).equals(item.get().unit()),
                index,
                "the unit must be " + item.get().unit());
        try {
            Key key = new Key(item.get(), fields.get(0), Integer.parseInt(fields.get(2)));
            Price price = new Price(
                    new BigDecimal(fields.get(4)),
                    Confidence.valueOf(fields.get(5).toUpperCase(Locale.ROOT)),
                    LocalDate.parse(fields.get(6)),
                    fields.get(7));
            require(price.usd().signum() > 0, index, "the price must be above 0");
            require(prices.put(key, price) == null, index, "the price is there twice");
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("prices, line " + (index + 1) + ": " + e.getMessage(), e);
        }
    }

    private static void require(boolean condition, int index, String what) {
        if (!condition) {
            throw new IllegalArgumentException("prices, line " + (index + 1) + ": " + what);
        }
    }

    /** This book with rows of a price list; where both say something the list is right, and what it leaves out stays as it was. */
    public PriceBook with(Collection<ListedPrice> listed) {
        Map<Key, Price> all = new HashMap<>(prices);
        listed.forEach(row -> all.put(new Key(row.item(), row.region(), row.memorySizeInGB()), row.price()));
        return new PriceBook(all);
    }

    /**
     * @param memorySizeInMB a whole number of GB, as AWS sells it
     */
    public Optional<Price> price(PriceItem item, String region, int memorySizeInMB) {
        return memorySizeInMB % MEGABYTES_PER_GIGABYTE == 0
                ? Optional.ofNullable(prices.get(new Key(item, region, memorySizeInMB / MEGABYTES_PER_GIGABYTE)))
                : Optional.empty();
    }
}
