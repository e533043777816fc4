package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.wire.Scope;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What hosting keeps. ARNs carry the name in lower case (observed publicly). */
enum Kind {
    MODEL("model", "model"),
    ENDPOINT_CONFIG("endpoint-config", "endpoint configuration"),
    ENDPOINT("endpoint", "endpoint");

    private final String inArn;
    private final String words;

    Kind(String inArn, String words) {
        this.inArn = inArn;
        this.words = words;
    }

    /** As error texts name it. */
    String words() {
        return words;
    }

    String arn(Scope scope, String name) {
        return "arn:" + partition(scope.region()) + ":sagemaker:" + scope.region() + ":" + scope.accountId() + ":" + inArn
                + "/" + name.toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> ofArn(String arn) {
        return Arrays.stream(values())
                .filter(kind -> arn.contains(":" + kind.inArn + "/"))
                .findFirst();
    }

    private static String partition(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
