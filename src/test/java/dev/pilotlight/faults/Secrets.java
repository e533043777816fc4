package dev.pilotlight.faults;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must not be in any output: bodies of requests, the pod's secret key, and what the simulated STS hands out. */
final class Secrets {
    private static final List<String> WORDS =
            List.of(Stage.CANARY, "not-checked", "SecretAccessKey", "SessionToken", "x-amz-security-token");
    /** Secret keys have 40 and session tokens 356 of these; nothing else here has as many in a row. */
    private static final Pattern OF_STS = Pattern.compile("(?<![A-Z2-7])[A-Z2-7]{40,}");

    private Secrets() {}

    /** The first that is in a text; of what STS made only the beginning. */
    static Optional<String> in(String text) {
        Matcher ofSts = OF_STS.matcher(text);
        return WORDS.stream()
                .filter(text::contains)
                .findFirst()
                .or(() -> ofSts.find() ? Optional.of(ofSts.group().substring(0, 8) + "...") : Optional.empty());
    }
}
