package dev.pilotlight.simulator.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.ecr.Repository.StoredImage;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.JsonProtocol;
import dev.pilotlight.simulator.wire.Page;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Permissions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Elastic Container Registry, private repositories (awsJson 1.1).
 *
 * <p>PutImage does not ask whether the layers were uploaded: an image is its manifest, whatever sizes that names. What
 * BatchGetImage is told to accept is not looked at; the manifest comes back as it was put. Registries of other accounts
 * are closed, as they are without a repository policy. Of layers there is only the configuration of seeded images, by
 * GetDownloadUrlForLayer.
 */
public final class EcrService implements AwsService {
    private static final int MOST_IMAGE_IDS = 100;
    private static final Pattern LAYER = Pattern.compile("/[^/]+/([^/]+)/(.+)/([^/]+)");

    private final ImageStore store;
    private final Permissions permissions;

    public EcrService(ImageStore store, Permissions permissions) {
        this.store = store;
        this.permissions = permissions;
    }

    @Override
    public String name() {
        return "ecr";
    }

    @Override
    public AwsResponse errorAnswer(AwsRequest request, AwsError error) {
        return JsonProtocol.error(request, error);
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        if (request.operation().equals("DownloadLayer")) {
            return downloadLayer(request);
        }
        ObjectNode input = JsonProtocol.read(request);
        String operation = request.operation();
        ObjectNode output =
                switch (operation) {
                    case "CreateRepository" -> createRepository(request, input);
                    case "DescribeRepositories" -> describeRepositories(request, input);
                    case "DeleteRepository" -> deleteRepository(request, input);
                    case "PutImage" -> putImage(request, input);
                    case "DescribeImages" -> describeImages(request, input);
                    case "BatchGetImage" -> batchGetImage(request, input);
                    case "GetDownloadUrlForLayer" -> getDownloadUrlForLayer(request, input);
                    case "BatchDeleteImage" -> batchDeleteImage(request, input);
                    default ->
                        throw new AwsError(
                                400, "UnknownOperationException", "The simulator has no operation " + operation + ".");
                };
        return JsonProtocol.answer(request, output);
    }

    private ObjectNode createRepository(AwsRequest request, ObjectNode input) {
        String name = required(input, "repositoryName");
        if (!ImageStore.REPOSITORY_NAME.matcher(name).matches() || name.length() < 2 || name.length() > 256) {
            throw EcrErrors.invalidParameter(
                    "repositoryName", "must satisfy regular expression '" + ImageStore.REPOSITORY_NAME + "'");
        }
        Scope scope = request.scope();
        permissions.require(request.caller(), "ecr:CreateRepository", arn(scope, name), Map.of());
        boolean immutable = JsonProtocol.text(input, "imageTagMutability")
                .filter("IMMUTABLE"::equals)
                .isPresent();
        Repository created = store.create(scope, name, immutable)
                .orElseThrow(() ->
                        EcrErrors.repositoryExists(store.repository(scope, name).orElseThrow()));
        ObjectNode output = JsonProtocol.object();
        output.set("repository", describe(created));
        return output;
    }

    private ObjectNode describeRepositories(AwsRequest request, ObjectNode input) {
        Scope scope = registry(request, input);
        List<String> names = JsonProtocol.texts(input.path("repositoryNames"));
        List<Repository> found;
        if (names.isEmpty()) {
            permissions.require(request.caller(), "ecr:DescribeRepositories", arn(scope, "*"), Map.of());
            found = store.repositories(scope);
        } else {
            found = names.stream()
                    .map(name -> existing(request, scope, name, "ecr:DescribeRepositories"))
                    .toList();
        }
        ObjectNode output = JsonProtocol.object();
        ArrayNode list = output.putArray("repositories");
        page(input, found, Repository::name, output).forEach(repository -> list.add(describe(repository)));
        return output;
    }

    private ObjectNode deleteRepository(AwsRequest request, ObjectNode input) {
        Repository repository = existing(request, input, "ecr:DeleteRepository");
        if (!repository.images().isEmpty() && !input.path("force").asBoolean()) {
            throw EcrErrors.repositoryNotEmpty(repository);
        }
        store.delete(repository);
        ObjectNode output = JsonProtocol.object();
        output.set("repository", describe(repository));
        return output;
    }

    private ObjectNode putImage(AwsRequest request, ObjectNode input) {
        Repository repository = existing(request, input, "ecr:PutImage");
        Manifest manifest;
        try {
            manifest =
                    Manifest.of(required(input, "imageManifest"), JsonProtocol.text(input, "imageManifestMediaType"));
        } catch (IllegalArgumentException e) {
            throw EcrErrors.invalidParameter("imageManifest", e.getMessage());
        }
        JsonProtocol.text(input, "imageDigest")
                .filter(digest -> !digest.equals(manifest.digest()))
                .ifPresent(digest -> {
                    throw new AwsError(
                            400,
                            "ImageDigestDoesNotMatchException",
                            "The provided digest does not match the digest of the manifest: " + manifest.digest());
                });
        for (Manifest.Member member : manifest.members()) {
            if (repository.byDigest(member.digest()).isEmpty()) {
                throw new AwsError(
                        400,
                        "ReferencedImagesNotFoundException",
                        "The manifest list references images that do not exist in the repository: " + member.digest());
            }
        }
        Optional<String> tag = JsonProtocol.text(input, "imageTag");
        StoredImage image = store.put(repository, manifest, tag);
        ObjectNode output = JsonProtocol.object();
        output.set("image", describe(repository, image, tag));
        return output;
    }

    private ObjectNode describeImages(AwsRequest request, ObjectNode input) {
        Repository repository = existing(request, input, "ecr:DescribeImages");
        List<ImageId> ids = ImageId.of(input);
        List<StoredImage> images = new ArrayList<>();
        if (ids.isEmpty()) {
            String tagStatus =
                    JsonProtocol.text(input.path("filter"), "tagStatus").orElse("ANY");
            String imageStatus =
                    JsonProtocol.text(input.path("filter"), "imageStatus").orElse("ACTIVE");
            for (StoredImage image : repository.images()) {
                boolean tagged = !repository.tagsOf(image.manifest().digest()).isEmpty();
                boolean wanted = tagStatus.equals("ANY") || tagStatus.equals(tagged ? "TAGGED" : "UNTAGGED");
                boolean inState = imageStatus.equals("ANY")
                        || imageStatus.equals(
                                repository.statusOf(image.manifest().digest()));
                if (wanted && inState) {
                    images.add(image);
                }
            }
            images.sort(Comparator.comparing(image -> image.manifest().digest()));
        } else {
            if (input.has("maxResults") || input.has("nextToken")) {
                throw EcrErrors.invalidParameter("maxResults", "cannot be used together with imageIds");
            }
            for (ImageId id : ids) {
                StoredImage found =
                        id.in(repository).orElseThrow(() -> EcrErrors.imageNotFound(repository, id.digest(), id.tag()));
                if (!images.contains(found)) {
                    images.add(found);
                }
            }
        }
        ObjectNode output = JsonProtocol.object();
        ArrayNode details = output.putArray("imageDetails");
        for (StoredImage image : page(input, images, one -> one.manifest().digest(), output)) {
            Manifest manifest = image.manifest();
            ObjectNode detail = details.addObject()
                    .put("registryId", repository.registryId())
                    .put("repositoryName", repository.name())
                    .put("imageDigest", manifest.digest());
            List<String> tags = repository.tagsOf(manifest.digest());
            if (!tags.isEmpty()) {
                tags.forEach(detail.putArray("imageTags")::add);
            }
            detail.put("imageSizeInBytes", repository.sizeOf(manifest))
                    .put("imagePushedAt", JsonProtocol.seconds(image.pushed()))
                    .put("imageManifestMediaType", manifest.mediaType());
            manifest.artifactMediaType().ifPresent(type -> detail.put("artifactMediaType", type));
            detail.put("imageStatus", repository.statusOf(manifest.digest()));
        }
        return output;
    }

    private ObjectNode batchGetImage(AwsRequest request, ObjectNode input) {
        Repository repository = existing(request, input, "ecr:BatchGetImage");
        ObjectNode output = JsonProtocol.object();
        ArrayNode images = output.putArray("images");
        ArrayNode failures = output.putArray("failures");
        for (ImageId id : requiredIds(input)) {
            Optional<ImageId.Failure> failure = id.failureIn(repository);
            if (failure.isPresent()) {
                failures.add(failure.get().json(id));
            } else {
                images.add(describe(repository, id.in(repository).orElseThrow(), id.tag()));
            }
        }
        return output;
    }

    private ObjectNode getDownloadUrlForLayer(AwsRequest request, ObjectNode input) {
        Repository repository = existing(request, input, "ecr:GetDownloadUrlForLayer");
        String digest = required(input, "layerDigest");
        if (repository.config(digest).isEmpty()) {
            throw EcrErrors.layerNotFound(repository, digest);
        }
        String region = repository.home().region();
        String credential = repository.registryId() + "%2F20260101%2F" + region + "%2Fs3%2Faws4_request";
        return JsonProtocol.object()
                .put("layerDigest", digest)
                .put(
                        "downloadUrl",
                        "http://" + request.header("host").orElse("localhost") + "/prod-" + region
                                + "-starport-layer-bucket/" + repository.registryId() + "/" + repository.name() + "/"
                                + digest + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + credential);
    }

    /** Amazon S3's part in it: whoever has the URL may. */
    private AwsResponse downloadLayer(AwsRequest request) {
        Matcher layer = LAYER.matcher(request.path());
        return (layer.matches()
                        ? store.repository(
                                new Scope(layer.group(1), request.caller().region()), layer.group(2))
                        : Optional.<Repository>empty())
                .flatMap(repository -> repository.config(layer.group(3)))
                .map(config -> AwsResponse.of(200, "application/octet-stream", config.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() -> new AwsError(404, "NoSuchKey", "The specified key does not exist."));
    }

    private ObjectNode batchDeleteImage(AwsRequest request, ObjectNode input) {
        Repository repository = existing(request, input, "ecr:BatchDeleteImage");
        ObjectNode output = JsonProtocol.object();
        ArrayNode deleted = output.putArray("imageIds");
        ArrayNode failures = output.putArray("failures");
        for (ImageId id : requiredIds(input)) {
            Optional<ImageId.Failure> failure = id.failureIn(repository);
            if (failure.isPresent()) {
                failures.add(failure.get().json(id));
                continue;
            }
            String digest = id.in(repository).orElseThrow().manifest().digest();
            id.tag().ifPresentOrElse(repository::removeTag, () -> repository.removeDigest(digest));
            deleted.add(new ImageId(Optional.of(digest), id.tag()).json());
        }
        return output;
    }

    private static ObjectNode describe(Repository repository) {
        ObjectNode node = JsonProtocol.object()
                .put("repositoryArn", repository.arn())
                .put("registryId", repository.registryId())
                .put("repositoryName", repository.name())
                .put("repositoryUri", repository.uri())
                .put("createdAt", JsonProtocol.seconds(repository.created()))
                .put("imageTagMutability", repository.tagsImmutable() ? "IMMUTABLE" : "MUTABLE");
        node.putObject("imageScanningConfiguration").put("scanOnPush", false);
        node.putObject("encryptionConfiguration").put("encryptionType", "AES256");
        return node;
    }

    private static ObjectNode describe(Repository repository, StoredImage image, Optional<String> tag) {
        Manifest manifest = image.manifest();
        ObjectNode node = JsonProtocol.object()
                .put("registryId", repository.registryId())
                .put("repositoryName", repository.name());
        node.set("imageId", new ImageId(Optional.of(manifest.digest()), tag).json());
        return node.put("imageManifest", manifest.text()).put("imageManifestMediaType", manifest.mediaType());
    }

    private Repository existing(AwsRequest request, ObjectNode input, String action) {
        return existing(request, registry(request, input), required(input, "repositoryName"), action);
    }

    private Repository existing(AwsRequest request, Scope scope, String name, String action) {
        permissions.require(request.caller(), action, arn(scope, name), Map.of());
        if (!scope.accountId().equals(request.caller().accountId())) {
            // Another account's repository is closed without a repository policy, whether it exists or not.
            throw new AwsError(
                    400,
                    "AccessDeniedException",
                    "User: " + request.caller().arn() + " is not authorized to perform: " + action + " on resource: "
                            + arn(scope, name));
        }
        return store.repository(scope, name).orElseThrow(() -> EcrErrors.repositoryNotFound(name, scope.accountId()));
    }

    private static Scope registry(AwsRequest request, ObjectNode input) {
        return new Scope(
                JsonProtocol.text(input, "registryId").orElse(request.caller().accountId()),
                request.caller().region());
    }

    private static String arn(Scope scope, String name) {
        return "arn:aws:ecr:" + scope.region() + ":" + scope.accountId() + ":repository/" + name;
    }

    private static List<ImageId> requiredIds(JsonNode input) {
        List<ImageId> ids = ImageId.of(input);
        if (ids.isEmpty() || ids.size() > MOST_IMAGE_IDS) {
            throw EcrErrors.invalidParameter("imageIds", "must have between 1 and " + MOST_IMAGE_IDS + " items");
        }
        return ids;
    }

    private static String required(ObjectNode input, String member) {
        return JsonProtocol.text(input, member)
                .orElseThrow(() -> EcrErrors.invalidParameter(member, "Member must not be null"));
    }

    /** ECR's paging: at most maxResults (1 to 1000, default 100) after the item that the token names. */
    private static <T> List<T> page(ObjectNode input, List<T> all, Function<T, String> name, ObjectNode output) {
        int most = input.path("maxResults").asInt(100);
        if (most < 1 || most > 1000) {
            throw EcrErrors.invalidParameter("maxResults", "must be between 1 and 1000");
        }
        Page<T> page = Page.of(
                all,
                name,
                JsonProtocol.text(input, "nextToken"),
                most,
                () -> EcrErrors.invalidParameter("nextToken", "is not a token of this list"));
        page.next().ifPresent(token -> output.put("nextToken", token));
        return page.items();
    }
}
