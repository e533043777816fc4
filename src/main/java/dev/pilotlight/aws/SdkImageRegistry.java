package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** Amazon ECR on the AWS SDK. */
final class SdkImageRegistry implements ImageRegistry {

    private static final String OPERATION = "ecr:DescribeImages";
    private static final Pattern REFERENCE = Pattern.compile(
            "(?<account>\\d{12})\\.dkr\\.ecr\\.(?<region>[a-z0-9-]+)\\.[^/]+/(?<repository>[^:@]+)(:(?<tag>[^@]+))?(@(?<digest>.+))?");

    private final SessionCalls calls;

    SdkImageRegistry(SessionCalls calls) {
        this.calls = calls;
    }

    @Override
    public Optional<String> resolve(String reference) {
        Matcher image = REFERENCE.matcher(reference);
        if (!image.matches()) {
            throw new AwsException(
                    new AwsFailure(
                            FailureKind.INVALID,
                            OPERATION,
                            "InvalidImage",
                            "not an image in Amazon ECR: " + reference,
                            ""),
                    null);
        }
        if (image.group("digest") != null) {
            return Optional.of(image.group("digest"));
        }
        if (!image.group("region").equals(calls.location().region())) {
            throw new AwsException(
                    new AwsFailure(
                            FailureKind.INVALID,
                            OPERATION,
                            "InvalidImage",
                            "the image is in another Region than the endpoint: " + reference,
                            ""),
                    null);
        }
        return describe(image);
    }

    private Optional<String> describe(Matcher image) {
        String tag = Optional.ofNullable(image.group("tag")).orElse("latest");
        DescribeImagesRequest request = DescribeImagesRequest.builder()
                .overrideConfiguration(calls.credentials())
                .registryId(image.group("account"))
                .repositoryName(image.group("repository"))
                .imageIds(ImageIdentifier.builder().imageTag(tag).build())
                .build();
        try {
            DescribeImagesResponse answer = calls.read(
                    OPERATION, Priority.CHANGE, () -> calls.clients().ecr().describeImages(request));
            return answer.imageDetails().stream().findFirst().map(ImageDetail::imageDigest);
        } catch (AwsException e) {
            if (e.kind() == FailureKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
