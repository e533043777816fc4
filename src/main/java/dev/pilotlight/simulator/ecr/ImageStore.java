package dev.pilotlight.simulator.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.Images;
import dev.pilotlight.simulator.world.Inspectable;
import dev.pilotlight.simulator.world.Seedable;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The repositories of all registries; a registry is an account in a Region. */
public final class ImageStore implements Images, Seedable, Inspectable {
    /** What SageMaker's serverless hosts run. */
    private static final String HOST_PLATFORM = "linux/amd64";

    private static final Pattern REFERENCE = Pattern.compile(
            "(\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com/([a-z0-9._/-]+)(?::([\\w.-]{1,128}))?(?:@(sha256:[0-9a-f]{64}))?");
    static final Pattern REPOSITORY_NAME =
            Pattern.compile("(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatorClock clock;
    private final Map<Scope, Map<String, Repository>> registries = new ConcurrentHashMap<>();

    public ImageStore(SimulatorClock clock) {
        this.clock = clock;
    }

    /** Makes a repository; empty when the name is taken. */
    Optional<Repository> create(Scope scope, String name, boolean tagsImmutable) {
        Repository created = new Repository(scope, name, clock.now(), tagsImmutable);
        return registry(scope).putIfAbsent(name, created) == null ? Optional.of(created) : Optional.empty();
    }

    Optional<Repository> repository(Scope scope, String name) {
        return Optional.ofNullable(registry(scope).get(name));
    }

    /** The repositories of a registry, by name. */
    List<Repository> repositories(Scope scope) {
        return registry(scope).values().stream()
                .sorted(Comparator.comparing(Repository::name))
                .toList();
    }

    void delete(Repository repository) {
        registry(repository.home()).remove(repository.name(), repository);
    }

    Repository.StoredImage put(Repository repository, Manifest manifest, Optional<String> tag) {
        return repository.put(manifest, tag, clock.now());
    }

    private Map<String, Repository> registry(Scope scope) {
        return registries.computeIfAbsent(scope, s -> new ConcurrentHashMap<>());
    }

    /** {@inheritDoc} A list of images for several platforms is found when it has one for the hosts of SageMaker. */
    @Override
    public Optional<Image> find(String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Scope scope = new Scope(matcher.group(1), matcher.group(2));
        return repository(scope, matcher.group(3)).flatMap(repository -> {
            String digest = matcher.group(5);
            String tag = Optional.ofNullable(matcher.group(4)).orElse("latest");
            Optional<Repository.StoredImage> image =
                    digest == null ? repository.byTag(tag) : repository.byDigest(digest);
            return image.flatMap(stored -> repository
                    .forPlatform(stored.manifest(), HOST_PLATFORM)
                    .map(runnable ->
                            new Image(repository.uri(), stored.manifest().digest(), runnable.sizeInBytes())));
        });
    }

    @Override
    public List<String> tags(Image image) {
        Matcher matcher = REFERENCE.matcher(image.repositoryUri() + "@" + image.digest());
        if (!matcher.matches()) {
            return List.of();
        }
        return repository(new Scope(matcher.group(1), matcher.group(2)), matcher.group(3))
                .map(repository -> repository.tagsOf(image.digest()))
                .orElse(List.of());
    }

    @Override
    public String section() {
        return "images";
    }

    /**
     * Reads {@code repository}, and, unless it is only about the repository, {@code tags} with {@code sizeInBytes},
     * {@code platform} (default linux/amd64) or, for an index, {@code platforms} (for example {@code ["linux/amd64",
     * "linux/arm64"]}), and {@code imageStatus} (ACTIVE, the default, ARCHIVED or ACTIVATING).
     */
    @Override
    public void seed(Scope scope, JsonNode content) {
        for (JsonNode entry : content) {
            String name = entry.path("repository").asText();
            if (!REPOSITORY_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("images: \"" + name + "\" is not the name of a repository");
            }
            create(scope, name, false);
            Repository repository = registry(scope).get(name);
            if (entry.has("sizeInBytes") || entry.has("tags")) {
                seedImage(repository, entry);
            }
        }
    }

    private void seedImage(Repository repository, JsonNode entry) {
        List<String> tags = new ArrayList<>();
        entry.path("tags").forEach(tag -> tags.add(tag.asText()));
        long size = entry.path("sizeInBytes").asLong();
        if (size < 1) {
            throw new IllegalArgumentException(
                    "images: " + repository.name() + ": sizeInBytes must be a number above 0");
        }
        Manifest manifest;
        if (entry.has("platforms")) {
            ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", Manifest.OCI_INDEX);
            for (JsonNode platform : entry.get("platforms")) {
                Manifest member =
                        image(repository, repository.name() + tags + platform.asText(), platform.asText(), size);
                repository.replace(member, Optional.empty(), clock.now());
                String[] osAndArchitecture = platform.asText().split("/", 2);
                index.withArray("manifests")
                        .addObject()
                        .put("mediaType", Manifest.OCI_IMAGE)
                        .put("digest", member.digest())
                        .put("size", member.text().length())
                        .putObject("platform")
                        .put("os", osAndArchitecture[0])
                        .put("architecture", osAndArchitecture[osAndArchitecture.length - 1]);
            }
            manifest = Manifest.of(index.toString(), Optional.empty());
        } else {
            String platform = entry.path("platform").asText(HOST_PLATFORM);
            String content = repository.name() + tags + (platform.equals(HOST_PLATFORM) ? "" : platform);
            manifest = image(repository, content, platform, size);
        }
        if (tags.isEmpty()) {
            repository.replace(manifest, Optional.empty(), clock.now());
        }
        tags.forEach(tag -> repository.replace(manifest, Optional.of(tag), clock.now()));
        String status = entry.path("imageStatus").asText(Repository.ACTIVE);
        if (!Repository.STATUSES.contains(status)) {
            throw new IllegalArgumentException(
                    "images: " + repository.name() + ": unknown imageStatus \"" + status + "\"");
        }
        repository.status(manifest.digest(), status);
    }

    /** An image of one layer; the same content has the same digest in every run. */
    private static Manifest image(Repository repository, String content, String platform, long size) {
        String config = Manifest.digestOf("config of " + content);
        String[] osAndArchitecture = platform.split("/", 2);
        repository.config(
                config,
                JSON.createObjectNode()
                        .put("os", osAndArchitecture[0])
                        .put("architecture", osAndArchitecture[osAndArchitecture.length - 1])
                        .toString());
        ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", Manifest.OCI_IMAGE);
        long configSize = Math.min(size, 1024);
        manifest.putObject("config")
                .put("mediaType", "application/vnd.oci.image.config.v1+json")
                .put("size", configSize)
                .put("digest", config);
        manifest.putArray("layers")
                .addObject()
                .put("mediaType", "application/vnd.oci.image.layer.v1.tar+gzip")
                .put("size", size - configSize)
                .put("digest", Manifest.digestOf("layer of " + content));
        return Manifest.of(manifest.toString(), Optional.empty());
    }

    @Override
    public Map<Scope, Object> inspect() {
        Map<Scope, Object> shown = new LinkedHashMap<>();
        registries.keySet().forEach(scope -> {
            List<Object> entries = new ArrayList<>();
            for (Repository repository : repositories(scope)) {
                List<Repository.StoredImage> images = repository.images();
                if (images.isEmpty()) {
                    entries.add(Map.of("repository", repository.name()));
                }
                images.forEach(image -> entries.add(Map.of(
                        "repository",
                        repository.name(),
                        "digest",
                        image.manifest().digest(),
                        "tags",
                        repository.tagsOf(image.manifest().digest()),
                        "sizeInBytes",
                        repository.sizeOf(image.manifest()))));
            }
            if (!entries.isEmpty()) {
                shown.put(scope, entries);
            }
        });
        return shown;
    }
}
