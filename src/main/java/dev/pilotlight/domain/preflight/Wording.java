package dev.pilotlight.domain.preflight;

import dev.pilotlight.domain.failure.AwsFailure;
import java.util.Locale;

/** How findings write numbers and failures, so that the same cause reads the same each time. */
final class Wording {
    private Wording() {}

    /** In GiB or MiB, with the bytes. */
    static String size(long bytes) {
        boolean large = bytes >= 1L << 30;
        double value = (double) bytes / (large ? 1L << 30 : 1L << 20);
        return String.format(Locale.ROOT, "%.1f %s (%d bytes)", value, large ? "GiB" : "MiB", bytes);
    }

    /** Without the request id, which differs each time. */
    static String of(AwsFailure failure) {
        return new AwsFailure(failure.kind(), failure.operation(), failure.code(), failure.message(), "").describe();
    }
}
