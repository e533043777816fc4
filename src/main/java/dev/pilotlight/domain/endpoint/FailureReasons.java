package dev.pilotlight.domain.endpoint;

import java.util.List;
import java.util.Locale;

/** Reads AWS's FailureReason of an endpoint: would the same request succeed later? */
final class FailureReasons {

    /**
     * Texts of causes that pass by themselves. "Request to service failed" is AWS's own word for a fault on its side (observed publicly);
     * a role that cannot be assumed is usually one that has not propagated yet; model data that are gone may be uploaded again.
     */
    private static final List<String> PASSING = List.of(
            "request to service failed",
            "unable to assume",
            "could not assume",
            "internal error",
            "failed to download model data");

    private FailureReasons() {}

    static boolean canPass(String failureReason) {
        String text = failureReason.toLowerCase(Locale.ROOT);
        return PASSING.stream().anyMatch(text::contains);
    }
}
