package dev.pilotlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.cost.MonthlyCost;
import dev.pilotlight.domain.plan.Action;
import dev.pilotlight.domain.plan.EndpointPlan;
import dev.pilotlight.domain.plan.Plan;
import dev.pilotlight.domain.plan.PlannedStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every word that a plan has for a change. Golden outputs are written anew with {@code -Dplan.update=true}. */
class PlanWordsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/plan");

    @Test
    void everyKindOfChangeHasItsWordAndItsSign() throws IOException {
        Plan plan = new Plan(
                "nothing: everything is new",
                Arrays.stream(Action.values()).map(PlanWordsTest::endpoint).toList(),
                List.of(),
                List.of(),
                List.of());

        assertGolden("words.txt", new PlanText().of(plan));
        assertGolden("words.json", new PlanJson().of(plan));
        assertGolden("words.md", new PlanMarkdown().of(plan));
    }

    private static EndpointPlan endpoint(Action action) {
        boolean blocked = action == Action.BLOCKED;
        boolean quiet = blocked || action == Action.NONE || action == Action.SETTINGS;
        return new EndpointPlan(
                "ml-prod",
                action.word().replace(' ', '-'),
                "files.yaml, document 1",
                "us-east-1",
                "ml-prod-" + action.word().replace(' ', '-'),
                action,
                Optional.of("1a2b3c4d"),
                Optional.of("1a2b3c4d"),
                List.of(),
                quiet ? List.of() : List.of(new PlannedStep("Call", "target", PlannedStep.Purpose.PRIMARY, "")),
                blocked
                        ? Optional.of(new EndpointPlan.Obstacle("NameTaken", "it belongs to somebody else"))
                        : Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                MonthlyCost.NOTHING,
                MonthlyCost.NOTHING);
    }

    private static void assertGolden(String name, String actual) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("plan.update")) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
