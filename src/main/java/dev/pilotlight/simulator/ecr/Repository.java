package dev.pilotlight.simulator.ecr;

import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One private repository with its images. Thread safe. */
final class Repository {
    static final String ACTIVE = "ACTIVE";
    static final Set<String> STATUSES = Set.of(ACTIVE, "ARCHIVED", "ACTIVATING");

    private final Scope home;
    private final String name;
    private final Instant created;
    private final boolean tagsImmutable;
    private final Map<String, StoredImage> byDigest = new LinkedHashMap<>();
    private final Map<String, String> digestByTag = new TreeMap<>();
    private final Map<String, String> statusByDigest = new HashMap<>();
    private final Map<String, String> configs = new HashMap<>();

    /** An image with the time it was pushed. */
    record StoredImage(Manifest manifest, Instant pushed) {}

    Repository(Scope home, String name, Instant created, boolean tagsImmutable) {
        this.home = home;
        this.name = name;
        this.created = created;
        this.tagsImmutable = tagsImmutable;
    }

    Scope home() {
        return home;
    }

    String name() {
        return name;
    }

    Instant created() {
        return created;
    }

    boolean tagsImmutable() {
        return tagsImmutable;
    }

    String registryId() {
        return home.accountId();
    }

    String arn() {
        return "arn:aws:ecr:" + home.region() + ":" + home.accountId() + ":repository/" + name;
    }

    /** Host and name, as the reference of an image begins. */
    String uri() {
        return home.accountId() + ".dkr.ecr." + home.region() + ".amazonaws.com/" + name;
    }

    /** @throws AwsError {@code ImageAlreadyExistsException}, {@code ImageTagAlreadyExistsException} */
    synchronized StoredImage put(Manifest manifest, Optional<String> tag, Instant now) {
        StoredImage existing = byDigest.get(manifest.digest());
        String tagged = tag.map(digestByTag::get).orElse(null);
        if (existing != null && (tag.isEmpty() || manifest.digest().equals(tagged))) {
            throw new AwsError(
                    400,
                    "ImageAlreadyExistsException",
                    "Image with digest '%s'%s already exists in the repository with name '%s' in registry with id '%s'"
                            .formatted(
                                    manifest.digest(),
                                    tag.map(text -> " and tag '" + text + "'").orElse(""),
                                    name,
                                    registryId()));
        }
        if (tagged != null && tagsImmutable) {
            throw new AwsError(
                    400,
                    "ImageTagAlreadyExistsException",
                    ("The image tag '%s' already exists in the '%s' repository and cannot be overwritten because the"
                                    + " repository is immutable.")
                            .formatted(tag.orElseThrow(), name));
        }
        return replace(manifest, tag, now);
    }

    /** Puts an image without asking whether it is there. */
    synchronized StoredImage replace(Manifest manifest, Optional<String> tag, Instant now) {
        StoredImage image = byDigest.computeIfAbsent(manifest.digest(), digest -> new StoredImage(manifest, now));
        tag.ifPresent(text -> digestByTag.put(text, manifest.digest()));
        return image;
    }

    synchronized Optional<StoredImage> byDigest(String digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    synchronized Optional<StoredImage> byTag(String tag) {
        return Optional.ofNullable(digestByTag.get(tag)).map(byDigest::get);
    }

    /** Images in the order they were pushed. */
    synchronized List<StoredImage> images() {
        return List.copyOf(byDigest.values());
    }

    synchronized List<String> tagsOf(String digest) {
        return digestByTag.entrySet().stream()
                .filter(entry -> entry.getValue().equals(digest))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The configuration of an image by its digest, as far as it was uploaded: JSON. */
    synchronized Optional<String> config(String digest) {
        return Optional.ofNullable(configs.get(digest));
    }

    synchronized void config(String digest, String json) {
        configs.put(digest, json);
    }

    /** ACTIVE, ARCHIVED or ACTIVATING. */
    synchronized String statusOf(String digest) {
        return statusByDigest.getOrDefault(digest, ACTIVE);
    }

    synchronized void status(String digest, String status) {
        statusByDigest.put(digest, status);
    }

    synchronized void removeTag(String tag) {
        String digest = digestByTag.remove(tag);
        // The last tag takes its image along (AWS docs: BatchDeleteImage).
        if (digest != null && !digestByTag.containsValue(digest)) {
            byDigest.remove(digest);
        }
    }

    synchronized void removeDigest(String digest) {
        byDigest.remove(digest);
        digestByTag.values().removeIf(digest::equals);
    }

    /** Compressed size; a list counts as its largest image, as ECR reports it. */
    synchronized long sizeOf(Manifest manifest) {
        return manifest.members().stream()
                .map(Manifest.Member::digest)
                .map(byDigest::get)
                .filter(Objects::nonNull)
                .mapToLong(image -> image.manifest().sizeInBytes())
                .max()
                .orElse(manifest.sizeInBytes());
    }

    /** The image of a list that a host of the given platform would pull; an image itself. */
    synchronized Optional<Manifest> forPlatform(Manifest manifest, String platform) {
        if (!manifest.isList()) {
            return Optional.of(manifest);
        }
        return manifest.members().stream()
                .filter(member -> member.platform().equals(platform))
                .map(member -> byDigest.get(member.digest()))
                .filter(Objects::nonNull)
                .map(StoredImage::manifest)
                .findFirst();
    }
}
