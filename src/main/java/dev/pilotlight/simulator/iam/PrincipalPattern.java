package dev.pilotlight.simulator.iam;

import java.util.List;
import java.util.Map;

/**
 * The Principal element of a trust policy.
 *
 * @param anybody {@code "Principal": "*"}
 * @param byType values by {@code AWS}, {@code Service}, {@code Federated}
 */
record PrincipalPattern(boolean anybody, Map<String, List<String>> byType) {

    /** How a principal is named: itself, through its account (which delegates to its own policies), or not at all. */
    enum Match {
        DIRECTLY,
        THROUGH_ACCOUNT,
        NOT_NAMED
    }

    /**
     * @param accountId account of the caller
     * @param arns ARN of the caller; of an assumed-role session also the ARN of its role
     */
    Match ofCaller(String accountId, List<String> arns) {
        List<String> named = byType.getOrDefault("AWS", List.of());
        if (named.stream().anyMatch(arns::contains)) {
            return Match.DIRECTLY;
        }
        if (anybody
                || named.contains("*")
                || named.contains(accountId)
                || named.stream().anyMatch(name -> name.matches("arn:aws[a-z-]*:iam::" + accountId + ":root"))) {
            return Match.THROUGH_ACCOUNT;
        }
        return Match.NOT_NAMED;
    }

    boolean namesService(String servicePrincipal) {
        return byType.getOrDefault("Service", List.of()).contains(servicePrincipal);
    }
}
