package dev.pilotlight.domain.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilotlight.domain.preflight.Check.Passing;
import dev.pilotlight.domain.preflight.Check.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The checklist in the documentation is the list of checks. Update it with {@code -Dchecklist.update=true}. */
class ReadinessChecklistTest {
    private static final Path PAGE = Path.of("docs", "readiness-checklist.md");
    private static final String START = "<!-- checks: generated from the operator's own list -->\n";

    @Test
    void theChecklistIsTheListOfChecks() throws IOException {
        String page = Files.readString(PAGE);
        String expected = page.substring(0, page.indexOf(START) + START.length()) + checks();
        if (Boolean.getBoolean("checklist.update")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    private static String checks() {
        StringBuilder text = new StringBuilder();
        for (Subject subject : Subject.values()) {
            text.append("\n## ").append(subject.title()).append("\n\n");
            text.append("| code | what has to hold | otherwise | clears by itself | source |\n");
            text.append("| --- | --- | --- | --- | --- |\n");
            for (Check check : Check.values()) {
                if (check.subject() == subject) {
                    text.append("| `")
                            .append(check.code())
                            .append("` | ")
                            .append(check.what())
                            .append(" | ");
                    text.append(check.severity().word())
                            .append(" | ")
                            .append(clears(check.passing()))
                            .append(" | ");
                    text.append(check.source()).append(" |\n");
                }
            }
        }
        return text.toString();
    }

    private static String clears(Passing passing) {
        return switch (passing) {
            case NO -> "no";
            case SOON -> "yes, Stalled after --stall-after";
            case LATER -> "yes, Stalled after the progress deadline";
        };
    }
}
