package dev.pilotlight.domain.preflight;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference to an image in a private repository of Amazon ECR.
 *
 * @param accountID of the registry
 * @param uri host and repository, without tag and digest
 */
public record EcrReference(
        String accountID, String region, String repository, String uri, Optional<String> tag, Optional<String> digest) {
    private static final Pattern FORM = Pattern.compile(
            "(?<uri>(?<account>\\d{12})\\.dkr\\.ecr\\.(?<region>[a-z0-9-]+)\\.[^/]+/(?<repository>[^:@]+))(:(?<tag>[^@]+))?(@(?<digest>.+))?");

    /** Empty when the image is not in Amazon ECR. */
    public static Optional<EcrReference> parse(String reference) {
        Matcher form = FORM.matcher(reference);
        return form.matches()
                ? Optional.of(new EcrReference(
                        form.group("account"),
                        form.group("region"),
                        form.group("repository"),
                        form.group("uri"),
                        Optional.ofNullable(form.group("tag")),
                        Optional.ofNullable(form.group("digest"))))
                : Optional.empty();
    }
}
