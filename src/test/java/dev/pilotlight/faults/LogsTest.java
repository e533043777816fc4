package dev.pilotlight.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogsTest {
    private static final Logger OPERATORS = LoggerFactory.getLogger("dev.pilotlight.operator.Something");

    @Test
    void aBodyInALogIsFoundAtWhateverLevel() {
        try (Logs logs = new Logs()) {
            OPERATORS.debug("sends body={}", Stage.CANARY);
            assertThat(logs.found())
                    .hasValueSatisfying(line -> assertThat(line).contains("dev.pilotlight.operator.Something"));
            assertThat(logs.found()).as("told once").isEmpty();
        }
    }

    @Test
    void aSecretInTheCauseOfAnErrorIsFound() {
        try (Logs logs = new Logs()) {
            OPERATORS.error(
                    "failed", new IllegalStateException(new IllegalArgumentException("token " + "QX7A".repeat(89))));
            assertThat(logs.found()).isPresent();
        }
    }

    @Test
    void whatALibraryLogsIsReadToo() {
        try (Logs logs = new Logs()) {
            LoggerFactory.getLogger("software.amazon.awssdk.request").warn("key not-checked");
            assertThat(logs.found()).isPresent();
        }
    }

    @Test
    void anOrdinaryLineIsNone() {
        try (Logs logs = new Logs()) {
            OPERATORS.info(
                    "call operation=sagemaker:CreateModel sha256:{} arn:aws:iam::111122223333:role/A",
                    "0a1b".repeat(16));
            assertThat(logs.found()).isEmpty();
        }
    }
}
