package dev.pilotlight.domain.preflight;

import java.util.List;
import java.util.Optional;

/**
 * An image in Amazon ECR.
 *
 * @param reference repository and digest; what CreateModel gets
 * @param status as ECR reports it
 * @param platforms such as {@code linux/amd64}: of an index, those it has; of a single image, its own. Empty where they are not known
 * @param compressedBytes sum of the compressed layers of the image that a linux/amd64 host pulls, in bytes; of an index without one, the
 *     largest
 * @param platformNotRead why it is not known for which platform the image is; empty where it is
 */
public record ImageFacts(
        String reference,
        Status status,
        List<String> platforms,
        long compressedBytes,
        Optional<String> platformNotRead) {
    public ImageFacts {
        platforms = List.copyOf(platforms);
    }

    /** An image whose platforms are known, or of no kind that has one. */
    public ImageFacts(String reference, Status status, List<String> platforms, long compressedBytes) {
        this(reference, status, platforms, compressedBytes, Optional.empty());
    }

    /** Whether an image can be pulled (AWS docs: ECR image status). */
    public enum Status {
        ACTIVE,
        /** Moved to archive storage; it has to be restored first. */
        ARCHIVED,
        /** On its way back from there. */
        ACTIVATING
    }
}
