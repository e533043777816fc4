package dev.pilotlight.operator.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.cost.Confidence;
import dev.pilotlight.domain.cost.MonthlyCost;
import dev.pilotlight.domain.cost.Price;
import dev.pilotlight.domain.cost.PriceBook;
import dev.pilotlight.domain.cost.PriceItem;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundledPricesTest {
    private static final String REGION = "us-east-1";

    private final PriceBook book = BundledPrices.read();

    /** Usage-2GB is the charge per allocated slot-second, Mem-2GB the duration charge: mixing them up is a factor of 2.33. */
    @ParameterizedTest
    @CsvSource({
        "PROVISIONED_USAGE, 0.0000100",
        "PROVISIONED_DURATION, 0.0000233",
        "ON_DEMAND_DURATION, 0.0000400",
    })
    void theFiguresForTwoGigabytesAreThoseOfThePriceList(PriceItem item, String usd) {
        Price price = book.price(item, REGION, 2048).orElseThrow();

        assertThat(price.usd()).isEqualByComparingTo(usd);
        assertThat(price.confidence()).isEqualTo(Confidence.VERIFIED);
        assertThat(price.asOf()).isEqualTo("2026-05-08");
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 1, 13.14 USD (estimate)",
        "2048, 1, 26.28 USD",
        "2048, 2, 52.56 USD",
        "6144, 1, 78.84 USD (estimate)",
        "3072, 0, 0.00 USD",
    })
    void slotsAreChargedForEverySecondOfTheMonth(int memory, int slots, String monthly) {
        assertThat(MonthlyCost.ofProvisionedConcurrency(book, REGION, memory, slots)
                        .describe())
                .isEqualTo(monthly);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 3072, 4096, 5120, 6144})
    void whatWasNotReadFromThePriceListIsAnEstimate(int memory) {
        assertThat(book.price(PriceItem.PROVISIONED_USAGE, REGION, memory).map(Price::confidence))
                .contains(Confidence.DERIVED);
    }

    @Test
    void anotherRegionIsUnknownAndNotGuessed() {
        MonthlyCost unknown = MonthlyCost.ofProvisionedConcurrency(book, "eu-west-1", 2048, 2);

        assertThat(unknown.cents()).isEqualTo(Optional.empty());
        assertThat(unknown.describe()).isEqualTo("unknown");
        assertThat(MonthlyCost.ofProvisionedConcurrency(book, "eu-west-1", 2048, 0)
                        .describe())
                .isEqualTo("0.00 USD");
    }
}
