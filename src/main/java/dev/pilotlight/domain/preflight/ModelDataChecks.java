package dev.pilotlight.domain.preflight;

import dev.pilotlight.domain.failure.AwsFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a model archive has against it.
 *
 * @param image where it was seen, for the rule that takes both together
 */
record ModelDataChecks(Candidate candidate, Optional<ImageFacts> image) {
    private static final long DISK = 5L << 30;
    private static final long MEBIBYTE = 1L << 20;

    /** How S3 says that a bucket is in another Region. */
    private static final Set<String> ELSEWHERE = Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "Http301");

    List<Finding> of(Optional<Reading<ArchiveFacts>> reading) {
        String url = candidate.model().modelDataURL();
        if (url == null) {
            return List.of();
        }
        if (!url.endsWith(".tar.gz")) {
            return List.of(
                    new Finding(
                            Check.MODEL_DATA_NOT_ARCHIVE,
                            "spec.model.modelDataURL " + url
                                    + " does not end in .tar.gz: serverless endpoints take one gzip-compressed tar archive, no prefix and no uncompressed model."));
        }
        return reading.map(read -> read(url, read)).orElse(List.of());
    }

    private List<Finding> read(String url, Reading<ArchiveFacts> reading) {
        return switch (reading) {
            case Reading.Seen<ArchiveFacts>(ArchiveFacts facts) -> seen(url, facts);
            case Reading.Absent<ArchiveFacts> absent ->
                List.of(new Finding(
                        Check.MODEL_DATA_NOT_FOUND,
                        url + " does not exist: upload the archive, or correct spec.model.modelDataURL."));
            case Reading.Refused<ArchiveFacts>(AwsFailure failure)
            when ELSEWHERE.contains(failure.code()) ->
                List.of(new Finding(
                        Check.MODEL_DATA_IN_OTHER_REGION,
                        "the bucket of " + url + " is not in Region " + candidate.region()
                                + ": copy the archive to a bucket in the endpoint's Region."));
            case Reading.Refused<ArchiveFacts>(AwsFailure failure) ->
                List.of(
                        new Finding(
                                Check.MODEL_DATA_NOT_CHECKED,
                                url + " could not be read (" + Wording.of(failure)
                                        + "): let the role of the AWSIdentity call s3:GetObject on it, and s3:ListBucket so that a missing archive is told from a forbidden one."));
            case Reading.Unavailable<ArchiveFacts>(AwsFailure failure) ->
                List.of(new Finding(
                        Check.MODEL_DATA_NOT_CHECKED, url + " could not be read (" + Wording.of(failure) + ")."));
        };
    }

    private List<Finding> seen(String url, ArchiveFacts facts) {
        if (!facts.readable()) {
            return List.of(new Finding(
                    Check.MODEL_DATA_STORAGE_CLASS,
                    url + " is in storage class " + facts.storageClass()
                            + " and has to be restored before it can be read: restore it, or copy it to STANDARD."));
        }
        if (!facts.gzip()) {
            return List.of(new Finding(
                    Check.MODEL_DATA_NOT_ARCHIVE,
                    url + " is named .tar.gz but does not begin like a gzip file: pack it with tar -czf."));
        }
        List<Finding> findings = new ArrayList<>();
        if (facts.unpackedBytes().isEmpty()) {
            findings.add(new Finding(
                    Check.MODEL_DATA_UNPACKED_SIZE,
                    "the unpacked size of " + url + " (" + Wording.size(facts.bytes())
                            + " packed) cannot be told from its end, so at least the packed size is counted."));
        }
        sizes(url, facts.bytes(), Math.max(facts.bytes(), facts.unpackedBytes().orElse(0)), findings);
        return findings;
    }

    private void sizes(String url, long packed, long unpacked, List<Finding> findings) {
        long memory = candidate.memorySizeInMB() * MEBIBYTE;
        if (unpacked > DISK) {
            findings.add(new Finding(
                    Check.MODEL_DATA_EXCEEDS_DISK,
                    url + " unpacks to " + Wording.size(unpacked) + ", the disk has " + Wording.size(DISK)
                            + ": make the model smaller, for example by leaving out checkpoints."));
        } else if (packed + unpacked > DISK) {
            findings.add(new Finding(
                    Check.MODEL_DATA_NEAR_DISK,
                    url + " takes " + Wording.size(packed) + " and unpacks to " + Wording.size(unpacked)
                            + "; together that is more than the disk's " + Wording.size(DISK)
                            + ", should the archive take from it too: make the model smaller."));
        }
        if (unpacked > memory) {
            findings.add(
                    new Finding(
                            Check.MODEL_DATA_EXCEEDS_MEMORY,
                            url + " unpacks to " + Wording.size(unpacked) + ", memorySizeInMB gives "
                                    + Wording.size(memory)
                                    + ": raise spec.serverless.memorySizeInMB, or make sure that the model is not loaded as a whole."));
        } else if (image.isPresent() && image.get().compressedBytes() + unpacked > memory) {
            findings.add(
                    new Finding(
                            Check.IMAGE_AND_MODEL_EXCEED_MEMORY,
                            "the image (" + Wording.size(image.get().compressedBytes())
                                    + " compressed) and the unpacked model ("
                                    + Wording.size(unpacked) + ") together are more than the "
                                    + Wording.size(memory)
                                    + " that memorySizeInMB gives: watch the memory under load, or raise spec.serverless.memorySizeInMB."));
        }
    }
}
