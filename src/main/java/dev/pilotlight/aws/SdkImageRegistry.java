package dev.pilotlight.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.preflight.EcrReference;
import dev.pilotlight.domain.preflight.ImageFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** Amazon ECR on the AWS SDK. */
final class SdkImageRegistry implements ImageRegistry {

    private static final String DESCRIBE = "ecr:DescribeImages";
    private static final String GET = "ecr:BatchGetImage";
    private static final String HOST_PLATFORM = "linux/amd64";
    private static final List<String> INDEXES = List.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");

    private static final List<String> SINGLE_IMAGES = List.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SessionCalls calls;
    private final ImageConfigs configs;

    SdkImageRegistry(SessionCalls calls, ImageConfigs configs) {
        this.calls = calls;
        this.configs = configs;
    }

    @Override
    public Optional<ImageFacts> resolve(String reference) {
        EcrReference image = here(reference);
        return describe(image, id(image)).map(detail -> bare(image, detail));
    }

    @Override
    public Optional<ImageFacts> look(String reference) {
        EcrReference image = here(reference);
        return describe(image, id(image)).map(detail -> facts(image, detail));
    }

    private EcrReference here(String reference) {
        EcrReference image =
                EcrReference.parse(reference).orElseThrow(() -> invalid("not an image in Amazon ECR: " + reference));
        if (!image.region().equals(calls.location().region())) {
            throw invalid("the image is in another Region than the endpoint: " + reference);
        }
        return image;
    }

    private static ImageIdentifier id(EcrReference image) {
        return image.digest().isPresent()
                ? ImageIdentifier.builder().imageDigest(image.digest().get()).build()
                : ImageIdentifier.builder()
                        .imageTag(image.tag().orElse("latest"))
                        .build();
    }

    private Optional<ImageDetail> describe(EcrReference image, ImageIdentifier id) {
        DescribeImagesRequest request = DescribeImagesRequest.builder()
                .overrideConfiguration(calls.credentials())
                .registryId(image.accountID())
                .repositoryName(image.repository())
                .imageIds(id)
                .build();
        try {
            return calls
                    .read(DESCRIBE, Priority.CHANGE, () -> calls.clients().ecr().describeImages(request))
                    .imageDetails()
                    .stream()
                    .findFirst();
        } catch (AwsException e) {
            if (e.kind() == FailureKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private ImageFacts facts(EcrReference image, ImageDetail detail) {
        String kind = String.valueOf(detail.imageManifestMediaType());
        if (SINGLE_IMAGES.contains(kind)) {
            return single(image, detail);
        }
        return INDEXES.contains(kind) ? index(image, detail) : bare(image, detail);
    }

    private static ImageFacts bare(EcrReference image, ImageDetail detail) {
        return new ImageFacts(reference(image, detail), status(detail), List.of(), size(detail));
    }

    private static ImageFacts platformNotRead(EcrReference image, ImageDetail detail, String why) {
        return new ImageFacts(reference(image, detail), status(detail), List.of(), size(detail), Optional.of(why));
    }

    private ImageFacts single(EcrReference image, ImageDetail detail) {
        if (status(detail) != ImageFacts.Status.ACTIVE) {
            return platformNotRead(image, detail, "it cannot be pulled now");
        }
        ImageConfigs.Platform platform;
        try {
            platform = configs.platform(image, manifest(image, detail.imageDigest(), SINGLE_IMAGES));
        } catch (AwsException e) {
            return platformNotRead(image, detail, refusal(e));
        }
        return switch (platform) {
            case ImageConfigs.Platform.Known(String known) ->
                new ImageFacts(reference(image, detail), status(detail), List.of(known), size(detail));
            case ImageConfigs.Platform.NotRead(String why) -> platformNotRead(image, detail, why);
        };
    }

    private ImageFacts index(EcrReference image, ImageDetail detail) {
        JsonNode members;
        try {
            members = manifest(image, detail.imageDigest(), INDEXES).path("manifests");
        } catch (AwsException e) {
            return platformNotRead(image, detail, refusal(e));
        }
        Map<String, String> digests = new LinkedHashMap<>();
        boolean allNamed = true;
        for (JsonNode member : members) {
            JsonNode platform = member.path("platform");
            allNamed &= platform.isObject();
            digests.putIfAbsent(
                    platform.path("os").asText() + "/"
                            + platform.path("architecture").asText(),
                    member.path("digest").asText());
        }
        // Attestations are members of an index too, and call themselves unknown/unknown.
        List<String> platforms = digests.keySet().stream()
                .filter(platform -> !platform.contains("unknown") && !platform.startsWith("/"))
                .toList();
        if (!platforms.contains(HOST_PLATFORM)) {
            return allNamed
                    ? new ImageFacts(reference(image, detail), status(detail), platforms, size(detail))
                    : platformNotRead(image, detail, "a member of its index names none");
        }
        long size = describe(
                        image,
                        ImageIdentifier.builder()
                                .imageDigest(digests.get(HOST_PLATFORM))
                                .build())
                .map(SdkImageRegistry::size)
                .orElse(size(detail));
        return new ImageFacts(reference(image, detail), status(detail), platforms, size);
    }

    /** Whoever may not read the manifest still knows the digest and the size; any other failure passes. */
    private static String refusal(AwsException e) {
        if (e.kind() != FailureKind.DENIED) {
            throw e;
        }
        return e.failure().code() + ": " + e.failure().message();
    }

    private static String reference(EcrReference image, ImageDetail detail) {
        return image.uri() + "@" + detail.imageDigest();
    }

    private JsonNode manifest(EcrReference image, String digest, List<String> mediaTypes) {
        BatchGetImageRequest request = BatchGetImageRequest.builder()
                .overrideConfiguration(calls.credentials())
                .registryId(image.accountID())
                .repositoryName(image.repository())
                .imageIds(ImageIdentifier.builder().imageDigest(digest).build())
                .acceptedMediaTypes(mediaTypes)
                .build();
        String text =
                calls.read(GET, Priority.CHANGE, () -> calls.clients().ecr().batchGetImage(request)).images().stream()
                        .findFirst()
                        .map(Image::imageManifest)
                        .orElse("{}");
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid("the manifest of " + image.uri() + "@" + digest + " is not JSON");
        }
    }

    private static long size(ImageDetail detail) {
        return detail.imageSizeInBytes() == null ? 0 : detail.imageSizeInBytes();
    }

    private static ImageFacts.Status status(ImageDetail detail) {
        return switch (String.valueOf(detail.imageStatusAsString())) {
            case "ARCHIVED" -> ImageFacts.Status.ARCHIVED;
            case "ACTIVATING" -> ImageFacts.Status.ACTIVATING;
            default -> ImageFacts.Status.ACTIVE;
        };
    }

    private static AwsException invalid(String message) {
        return new AwsException(new AwsFailure(FailureKind.INVALID, DESCRIBE, "InvalidImage", message, ""), null);
    }
}
