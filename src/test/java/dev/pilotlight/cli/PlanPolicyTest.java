package dev.pilotlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.operator.cost.BundledPrices;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plan with a WarmPolicy, made on a Monday in November 2026. Golden outputs are written anew with {@code -Dplan.update=true}. */
class PlanPolicyTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/plan");
    private static final Instant MONDAY = Instant.parse("2026-11-23T09:30:00Z");

    private static Plan plan() {
        PlanManifests files = new PlanManifests(null, InputStream.nullInputStream());
        for (String sample :
                new String[] {"samples/quickstart", "samples/warm/office-hours.yaml", "samples/warm/black-friday.yaml"
                }) {
            files.read(sample);
        }
        return new PlanOffline(BundledPrices.read(), MONDAY, files, Optional.empty())
                .plan(false, "nothing: everything is new");
    }

    @Test
    void aWeekOfWarmthIsShownWithItsPriceAndWhatIsMissing() throws IOException {
        Plan plan = plan();

        assertGolden("policies.txt", new PlanText().of(plan));
        assertGolden("policies.json", new PlanJson().of(plan));
        assertGolden("policies.md", new PlanMarkdown().of(plan));
    }

    private static void assertGolden(String name, String actual) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("plan.update")) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
