package dev.pilotlight.domain.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {
    private static final String HEADER = "region,item,memory_gb,unit,usd,confidence,as_of,source";

    @Test
    void aSumWithAnUnknownPartIsUnknown() {
        MonthlyCost known = new MonthlyCost(Optional.of(new BigDecimal("1.005")), false);
        MonthlyCost unknown = MonthlyCost.ofProvisionedConcurrency(PriceBook.empty(), "us-east-1", 2048, 1);

        assertThat(known.plus(unknown).usd()).isEmpty();
        assertThat(known.plus(known).describe()).isEqualTo("2.01 USD");
    }

    @Test
    void aSumWithAnEstimateIsAnEstimate() {
        MonthlyCost estimate = new MonthlyCost(Optional.of(BigDecimal.ONE), true);

        assertThat(MonthlyCost.NOTHING.plus(estimate).describe()).isEqualTo("1.00 USD (estimate)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us-east-1,provisioned-usage,2,second,0.00001,verified,2026-05-08,x",
                "us-east-1,provisioned-usage,2,slot-second,free,verified,2026-05-08,x",
                "us-east-1,provisioned-usage,2,slot-second,0,verified,2026-05-08,x",
                "us-east-1,provisioned-usage,2,slot-second,0.00001,verified,May,x",
                "us-east-1,warmth,2,slot-second,0.00001,verified,2026-05-08,x",
                "us-east-1,provisioned-usage,2",
            })
    void aLineThatMakesNoSenseIsNamed(String line) {
        assertThatThrownBy(() -> PriceBook.parse(List.of("# comment", HEADER, line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("prices, line 3: ");
    }
}
