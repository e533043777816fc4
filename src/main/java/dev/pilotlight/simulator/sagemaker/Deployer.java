package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.sagemaker.Deployment.Deployed;
import dev.pilotlight.simulator.sagemaker.Deployment.ResolvedImage;
import dev.pilotlight.simulator.world.Images;
import dev.pilotlight.simulator.world.Images.Image;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves a configuration into what runs: models, and images pinned to the digest their tag has now. */
final class Deployer {
    private static final Pattern REFERENCE =
            Pattern.compile("((\\d{12})\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?/[^:@]+)(?::([^@]+))?(?:@(.+))?");
    private static final long FOREIGN_IMAGE_SIZE = 2L << 30;

    private Deployer() {}

    static Deployment resolve(Call call, EndpointConfig config) {
        List<Deployed> variants = new ArrayList<>();
        for (Variant variant : config.variants()) {
            Model model = EndpointConfigs.model(call, variant.modelName());
            variants.add(new Deployed(variant, model, image(call, model.image())));
        }
        return new Deployment(call.hosting().next(), config, List.copyOf(variants));
    }

    private static Optional<ResolvedImage> image(Call call, String reference) {
        Images images = call.world().images();
        Optional<Image> found =
                images.find(reference).or(() -> ofAnotherAccount(reference, call.scope().accountId()));
        return found.map(image -> {
            List<String> names = new ArrayList<>(images.tags(image));
            names.add(reference);
            return new ResolvedImage(
                    reference,
                    image.repositoryUri() + "@" + image.digest(),
                    call.now(),
                    List.copyOf(names),
                    image.sizeInBytes());
        });
    }

    /** Images of other accounts, AWS's own among them, are outside this world: taken as there, with a digest made up. */
    private static Optional<Image> ofAnotherAccount(String reference, String accountId) {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches() || parts.group(2).equals(accountId)) {
            return Optional.empty();
        }
        String digest = parts.group(4) == null ? "sha256:" + sha256(reference) : parts.group(4);
        return Optional.of(new Image(parts.group(1), digest, FOREIGN_IMAGE_SIZE));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
