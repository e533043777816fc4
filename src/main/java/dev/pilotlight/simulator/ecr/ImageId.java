package dev.pilotlight.simulator.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.ecr.Repository.StoredImage;
import dev.pilotlight.simulator.wire.JsonProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a request names an image: by digest, by tag, or by both, which must then agree. */
record ImageId(Optional<String> digest, Optional<String> tag) {

    /** Why a batch call left an image out. Codes are those of the ECR API reference. */
    enum Failure {
        MISSING_DIGEST_AND_TAG("MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null"),
        INVALID_DIGEST(
                "InvalidImageDigest",
                "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"),
        TAG_DOES_NOT_MATCH_DIGEST("ImageTagDoesNotMatchDigest", "Requested tag does not match the requested digest"),
        NOT_FOUND("ImageNotFound", "Requested image not found");

        private final String code;
        private final String reason;

        Failure(String code, String reason) {
            this.code = code;
            this.reason = reason;
        }

        ObjectNode json(ImageId id) {
            ObjectNode failure = JsonProtocol.object();
            failure.set("imageId", id.json());
            return failure.put("failureCode", code).put("failureReason", reason);
        }
    }

    static List<ImageId> of(JsonNode input) {
        List<ImageId> ids = new ArrayList<>();
        input.path("imageIds")
                .forEach(id ->
                        ids.add(new ImageId(JsonProtocol.text(id, "imageDigest"), JsonProtocol.text(id, "imageTag"))));
        return ids;
    }

    Optional<StoredImage> in(Repository repository) {
        Optional<StoredImage> byTag = tag.flatMap(repository::byTag);
        if (digest.isEmpty()) {
            return byTag;
        }
        return repository
                .byDigest(digest.get())
                .filter(image -> tag.isEmpty() || byTag.filter(image::equals).isPresent());
    }

    Optional<Failure> failureIn(Repository repository) {
        if (digest.isEmpty() && tag.isEmpty()) {
            return Optional.of(Failure.MISSING_DIGEST_AND_TAG);
        }
        if (digest.isPresent() && !digest.get().matches("[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+")) {
            return Optional.of(Failure.INVALID_DIGEST);
        }
        if (in(repository).isPresent()) {
            return Optional.empty();
        }
        boolean bothExist = digest.flatMap(repository::byDigest).isPresent()
                && tag.flatMap(repository::byTag).isPresent();
        return Optional.of(bothExist ? Failure.TAG_DOES_NOT_MATCH_DIGEST : Failure.NOT_FOUND);
    }

    ObjectNode json() {
        ObjectNode node = JsonProtocol.object();
        digest.ifPresent(text -> node.put("imageDigest", text));
        tag.ifPresent(text -> node.put("imageTag", text));
        return node;
    }
}
