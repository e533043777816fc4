package dev.pilotlight.simulator.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a SigV4 signature says about its maker. It is read, not verified: the simulator does not know foreign secrets.
 *
 * @param accessKeyId access key id
 * @param region Region of the credential scope
 * @param service signing name of the credential scope
 */
record Signature(String accessKeyId, String region, String service) {
    private static final Pattern CREDENTIAL =
            Pattern.compile("([^/\\s,=]+)/\\d{8}/([^/\\s,]+)/([^/\\s,]+)/aws4_request");

    /** From the Authorization header or, for presigned URLs, the X-Amz-Credential parameter. */
    static Optional<Signature> of(Map<String, List<String>> headers, Map<String, List<String>> query) {
        String carrier = headers.getOrDefault("authorization", query.getOrDefault("X-Amz-Credential", List.of()))
                .stream()
                .findFirst()
                .orElse("");
        Matcher found = CREDENTIAL.matcher(carrier);
        return found.find()
                ? Optional.of(new Signature(found.group(1), found.group(2), found.group(3)))
                : Optional.empty();
    }
}
