package dev.pilotlight.operator.cost;

import dev.pilotlight.domain.cost.PriceBook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The dated snapshot of prices that comes with the program. */
public final class BundledPrices {
    private static final String RESOURCE = "prices.csv";

    private BundledPrices() {}

    /** Reads the snapshot; it is part of the program, so it is there. */
    public static PriceBook read() {
        try (InputStream csv = BundledPrices.class.getResourceAsStream(RESOURCE)) {
            if (csv == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the program");
            }
            return PriceBook.parse(new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
