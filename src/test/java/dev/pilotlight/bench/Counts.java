package dev.pilotlight.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * AWS requests by API, such as {@code sagemaker.CreateModel}.
 */
record Counts(Map<String, Long> byApi) {
    private static final String FAST = "sagemaker.ListEndpoints";

    Counts {
        byApi = Map.copyOf(byApi);
    }

    long all() {
        return sum(api -> true);
    }

    long of(String api) {
        return byApi.getOrDefault(api, 0L);
    }

    /** While nothing is in flight only the fast tier lists endpoints. */
    long fastTier() {
        return of(FAST);
    }

    /** Looks at tags, configs, models and images. */
    long slowTier() {
        return sum(api -> !api.equals(FAST) && !isSession(api));
    }

    /** What keeps sessions alive. */
    long sessions() {
        return sum(Counts::isSession);
    }

    private static boolean isSession(String api) {
        return api.startsWith("sts.");
    }

    private long sum(Predicate<String> which) {
        return byApi.entrySet().stream()
                .filter(api -> which.test(api.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    Map<String, Long> sorted() {
        return new TreeMap<>(byApi);
    }
}
