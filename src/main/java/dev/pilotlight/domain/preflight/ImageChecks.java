package dev.pilotlight.domain.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an image has against it. */
record ImageChecks(Candidate candidate, long largeImageBytes) {
    private static final String HOST_PLATFORM = "linux/amd64";
    private static final long LARGEST = 10_737_418_240L;

    /** How the tags of AWS's own images name their GPU variants, such as {@code 2.0.0-gpu-py310}. */
    private static final Pattern GPU = Pattern.compile("(?i)(^|[._-])gpu([._-]|$)");

    List<Finding> of(Optional<Reading<ImageFacts>> reading) {
        String image = candidate.model().image();
        Optional<EcrReference> reference = EcrReference.parse(image);
        if (reference.isEmpty()) {
            return List.of(new Finding(
                    Check.IMAGE_NOT_IN_ECR,
                    "spec.model.image " + image
                            + " is not in a private repository of Amazon ECR, and serverless endpoints take images from nowhere else: push it to ECR in account "
                            + candidate.accountID() + ", Region " + candidate.region() + "."));
        }
        List<Finding> findings = new ArrayList<>();
        place(reference.get(), findings);
        reference
                .get()
                .tag()
                .filter(tag -> GPU.matcher(tag).find())
                .ifPresent(
                        tag -> findings.add(
                                new Finding(
                                        Check.IMAGE_FOR_GPU,
                                        "the tag " + tag
                                                + " names a GPU variant, but serverless endpoints have no GPU: use the variant for CPU.")));
        reading.ifPresent(read -> findings.addAll(read(read)));
        return findings;
    }

    private void place(EcrReference reference, List<Finding> findings) {
        if (!reference.region().equals(candidate.region())) {
            findings.add(new Finding(
                    Check.IMAGE_IN_OTHER_REGION,
                    "the image is in Region " + reference.region() + ", the endpoint in " + candidate.region()
                            + ": push the image to a repository in " + candidate.region() + "."));
        }
        if (candidate.isElsewhere(reference.accountID())) {
            findings.add(new Finding(
                    Check.IMAGE_IN_OTHER_ACCOUNT,
                    "the image is in account " + reference.accountID() + ", the endpoint in " + candidate.accountID()
                            + ": unless AWS publishes this image, push it to a repository of the endpoint's account."));
        }
    }

    private List<Finding> read(Reading<ImageFacts> reading) {
        String image = candidate.model().image();
        return switch (reading) {
            case Reading.Seen<ImageFacts>(ImageFacts facts) -> seen(facts);
            case Reading.Absent<ImageFacts> absent ->
                List.of(new Finding(
                        Check.IMAGE_NOT_FOUND,
                        "image " + image + " does not exist in its registry: push it, or correct spec.model.image."));
            case Reading.Refused<ImageFacts>(var failure) ->
                List.of(
                        new Finding(
                                Check.IMAGE_NOT_CHECKED,
                                "image " + image + " could not be read (" + Wording.of(failure)
                                        + "), so its size, its platform and the digest of its tag are not known: let the role of the AWSIdentity call ecr:DescribeImages and ecr:BatchGetImage."));
            case Reading.Unavailable<ImageFacts>(var failure) ->
                List.of(new Finding(
                        Check.IMAGE_NOT_CHECKED,
                        "image " + image + " could not be read (" + Wording.of(failure) + ")."));
        };
    }

    private List<Finding> seen(ImageFacts facts) {
        List<Finding> findings = new ArrayList<>();
        if (facts.status() == ImageFacts.Status.ARCHIVED) {
            findings.add(new Finding(
                    Check.IMAGE_ARCHIVED,
                    "image " + facts.reference()
                            + " is ARCHIVED in ECR and cannot be pulled: restore it there, or use another image."));
        }
        if (facts.status() == ImageFacts.Status.ACTIVATING) {
            findings.add(new Finding(
                    Check.IMAGE_ACTIVATING,
                    "image " + facts.reference()
                            + " is still on its way back from ECR's archive: wait until it is ACTIVE."));
        }
        if (!facts.platforms().isEmpty() && !facts.platforms().contains(HOST_PLATFORM)) {
            findings.add(new Finding(
                    Check.IMAGE_PLATFORM,
                    "image " + facts.reference() + " is for " + String.join(", ", facts.platforms())
                            + " only: build it for " + HOST_PLATFORM + " (docker buildx build --platform "
                            + HOST_PLATFORM
                            + ")."));
        }
        facts.platformNotRead()
                .ifPresent(
                        why -> findings.add(
                                new Finding(
                                        Check.IMAGE_PLATFORM_NOT_CHECKED,
                                        "image " + facts.reference()
                                                + " has to be for " + HOST_PLATFORM
                                                + ", and for which platform it is could not be read (" + why
                                                + "): let the role of the AWSIdentity call ecr:BatchGetImage and ecr:GetDownloadUrlForLayer.")));
        if (facts.compressedBytes() > LARGEST) {
            findings.add(new Finding(
                    Check.IMAGE_TOO_LARGE,
                    "image " + facts.reference() + " has " + Wording.size(facts.compressedBytes())
                            + " compressed, the limit is " + Wording.size(LARGEST)
                            + ": make it smaller, for example by moving the model into spec.model.modelDataURL."));
        } else if (facts.compressedBytes() >= largeImageBytes) {
            findings.add(new Finding(
                    Check.IMAGE_LARGE,
                    "image " + facts.reference() + " has " + Wording.size(facts.compressedBytes())
                            + " compressed, from " + Wording.size(largeImageBytes)
                            + " on it may unpack to more than the limit of " + Wording.size(LARGEST)
                            + ": make it smaller."));
        }
        return findings;
    }
}
