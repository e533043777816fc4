package dev.pilotlight.domain.scaling;

import java.time.Instant;

/**
 * A variant whose provisioned concurrency AWS may move.
 *
 * @param resourceId see {@link #resourceId}
 * @param range within which AWS moves it
 * @param suspended what AWS does not do at present
 * @param creationTime of this registration
 */
public record ScalableTarget(String resourceId, Range range, Suspended suspended, Instant creationTime) {

    /**
     * MinCapacity and MaxCapacity.
     *
     * @param min 0 or more; 0 only where somebody else registered it, which AWS lets through
     * @param max {@code min} or more
     */
    public record Range(int min, int max) {
        public Range {
            if (min < 0 || max < min) {
                throw new IllegalArgumentException("0 <= min <= max, but was " + min + " and " + max);
            }
        }
    }

    /** AWS's SuspendedState; each of the three can be suspended by itself. */
    public record Suspended(boolean dynamicScalingIn, boolean dynamicScalingOut, boolean scheduledScaling) {
        /** AWS scales. */
        public static final Suspended NOTHING = new Suspended(false, false, false);

        /** AWS leaves the capacity alone. */
        public static final Suspended EVERYTHING = new Suspended(true, true, true);
    }

    /** ResourceId of a variant: {@code endpoint/<EndpointName>/variant/<VariantName>} (AWS docs: serverless auto scaling). */
    public static String resourceId(String endpointName, String variantName) {
        return "endpoint/" + endpointName + "/variant/" + variantName;
    }
}
