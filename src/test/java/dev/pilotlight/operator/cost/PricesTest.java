package dev.pilotlight.operator.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.aws.AwsSettings;
import dev.pilotlight.aws.SdkAwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.cost.Confidence;
import dev.pilotlight.domain.cost.Price;
import dev.pilotlight.domain.cost.PriceItem;
import dev.pilotlight.simulator.SimulatedAws;
import dev.pilotlight.testing.ManualScheduler;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bundled prices and the simulator's price list; that of Ireland is made up. */
class PricesTest {
    private final SimulatedAws aws = SimulatedAws.start();
    private final ManualScheduler scheduler = new ManualScheduler(SimulatedAws.START);
    private final Prices prices = new Prices(
            BundledPrices.read(),
            SdkAwsSessions.create(
                    AwsSettings.defaults()
                            .withEndpointOverride(aws.simulator().endpoint())
                            .withAccessKey("AKIAEXAMPLE", "secret"),
                    scheduler.clock()),
            (namespace, task) -> task.run(),
            scheduler.clock());

    @AfterEach
    void close() {
        aws.close();
    }

    private void want(String region) {
        prices.want(
                "ml",
                new SessionRequest(Optional.empty(), region, "c1", "pod", new SessionRequest.Purpose.Tenant("ml")));
    }

    private Optional<Price> price(PriceItem item, String region, int memory) {
        return prices.book().price(item, region, memory);
    }

    private long calls() {
        return aws.simulator().calls().of("pricing.GetProducts");
    }

    @Test
    void anotherRegionIsUnknownUntilItsListIsRead() {
        aws.seed("""
                {"region":"eu-west-1","prices":[{"usagetype":"EU-ProvisionedConcurrency:Usage-2GB","usd":"0.0000111",
                "publicationDate":"2026-09-22"}]}""");
        assertThat(price(PriceItem.PROVISIONED_USAGE, "eu-west-1", 2048)).isEmpty();

        want("eu-west-1");

        assertThat(price(PriceItem.PROVISIONED_USAGE, "eu-west-1", 2048)).hasValueSatisfying(price -> {
            assertThat(price.usd()).isEqualByComparingTo("0.0000111");
            assertThat(price.confidence()).isEqualTo(Confidence.VERIFIED);
            assertThat(price.asOf()).isEqualTo("2026-09-22");
        });
        assertThat(price(PriceItem.PROVISIONED_USAGE, "eu-west-1", 1024)).isEmpty();
    }

    @Test
    void whatTheListDoesNotSayStaysAnEstimate() {
        want("us-east-1");

        assertThat(price(PriceItem.PROVISIONED_USAGE, "us-east-1", 2048)).hasValueSatisfying(price -> {
            assertThat(price.source()).isEqualTo("AWS price list");
            assertThat(price.usd()).isEqualByComparingTo("0.00001");
        });
        assertThat(price(PriceItem.PROVISIONED_USAGE, "us-east-1", 1024))
                .hasValueSatisfying(
                        price -> assertThat(price.confidence().isEstimate()).isTrue());
    }

    @Test
    void aListIsReadOnceADayForEverybodyAndSoonerAfterAFailure() {
        aws.admin("POST", "faults", "{\"match\":\"pricing.GetProducts\",\"fault\":\"refuse\",\"times\":1}");
        want("us-east-1");
        want("us-east-1");
        assertThat(calls()).isEqualTo(1);

        scheduler.advanceTo(SimulatedAws.START.plus(Duration.ofHours(1)));
        want("us-east-1");
        scheduler.advanceTo(SimulatedAws.START.plus(Duration.ofHours(24)));
        want("us-east-1");
        assertThat(calls()).isEqualTo(2);

        scheduler.advanceTo(SimulatedAws.START.plus(Duration.ofHours(26)));
        want("us-east-1");
        assertThat(calls()).isEqualTo(3);
        assertThat(prices.idle()).isTrue();
    }

    @Test
    void aClockThatIsSetBackAYearHoldsNoListUpForThatYear() {
        want("us-east-1");
        scheduler.set(Duration.ofDays(-365));
        want("us-east-1");

        assertThat(calls()).isEqualTo(2);
    }
}
