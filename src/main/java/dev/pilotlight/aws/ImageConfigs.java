package dev.pilotlight.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pilotlight.domain.preflight.EcrReference;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerResponse;

/**
 * The configuration of a single image, which alone says for which platform it is. ECR hands it out by a presigned URL of Amazon S3. Nothing
 * that a tenant writes names that URL: it is ECR's answer to the digest of a blob, and only hosts of AWS are asked, without credentials,
 * without following redirects, for at most {@value #LARGEST} bytes.
 */
final class ImageConfigs {
    private static final String OPERATION = "ecr:GetDownloadUrlForLayer";
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9_.-]{1,32}");
    private static final int LARGEST = 1_048_576;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SessionCalls calls;
    private final AwsSettings settings;

    ImageConfigs(SessionCalls calls, AwsSettings settings) {
        this.calls = calls;
        this.settings = settings;
    }

    /** What is known of a platform: it, or why not. */
    sealed interface Platform {
        record Known(String platform) implements Platform {}

        record NotRead(String why) implements Platform {}
    }

    /**
     * @param manifest of a single image
     * @throws AwsException for what can pass by itself
     */
    Platform platform(EcrReference image, JsonNode manifest) {
        String digest = manifest.path("config").path("digest").asText();
        if (!DIGEST.matcher(digest).matches()) {
            return new Platform.NotRead("its manifest names no configuration");
        }
        Blob[] blob = new Blob[1];
        GetDownloadUrlForLayerRequest request = GetDownloadUrlForLayerRequest.builder()
                .overrideConfiguration(calls.credentials())
                .registryId(image.accountID())
                .repositoryName(image.repository())
                .layerDigest(digest)
                .build();
        try {
            calls.read(OPERATION, Priority.CHANGE, () -> {
                GetDownloadUrlForLayerResponse answer = calls.clients().ecr().getDownloadUrlForLayer(request);
                blob[0] = download(answer.downloadUrl());
                return answer;
            });
        } catch (AwsException e) {
            return switch (e.kind()) {
                case THROTTLED, RETRIABLE, IN_PROGRESS -> throw e;
                case DENIED, NOT_FOUND, CONFLICT, INVALID, QUOTA_EXCEEDED ->
                    new Platform.NotRead(e.failure().code() + ": " + e.failure().message());
            };
        }
        return switch (blob[0]) {
            case Blob.Read(byte[] bytes) -> read(bytes);
            case Blob.Refused(String why) -> new Platform.NotRead(why);
        };
    }

    private sealed interface Blob {
        @SuppressWarnings("ArrayRecordComponent") // handed on once, and compared by nobody
        record Read(byte[] bytes) implements Blob {}

        record Refused(String why) implements Blob {}
    }

    private static Platform read(byte[] blob) {
        JsonNode config;
        try {
            config = JSON.readTree(blob);
        } catch (IOException e) {
            return new Platform.NotRead("its configuration is not JSON");
        }
        String os = config.path("os").asText();
        String architecture = config.path("architecture").asText();
        return WORD.matcher(os).matches() && WORD.matcher(architecture).matches()
                ? new Platform.Known(os + "/" + architecture)
                : new Platform.NotRead("its configuration names no platform");
    }

    /** Within the call that got the URL: the two are one attempt for the limiter and the metrics. */
    private Blob download(String url) {
        Optional<URI> from = parsed(url).filter(this::isOfAws);
        if (from.isEmpty()) {
            return new Blob.Refused("ECR answered with a URL that is not of AWS");
        }
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) from.get().toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
            connection.setReadTimeout(
                    Math.toIntExact(settings.controlPlaneTimeout().toMillis()));
            try {
                return answer(connection);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw SdkClientException.create("the configuration could not be downloaded: " + e.getMessage(), e);
        }
    }

    private static Blob answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
            throw SdkClientException.create("S3 answered " + status);
        }
        if (status != HttpURLConnection.HTTP_OK) {
            return new Blob.Refused("S3 answered " + status);
        }
        try (InputStream body = connection.getInputStream()) {
            return new Blob.Read(body.readNBytes(LARGEST));
        }
    }

    private static Optional<URI> parsed(String url) {
        try {
            return Optional.of(new URI(String.valueOf(url)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isOfAws(URI url) {
        Optional<URI> simulator = settings.endpointOverride();
        if (simulator.isPresent()) {
            return String.valueOf(simulator.get().getAuthority()).equals(url.getAuthority())
                    && String.valueOf(simulator.get().getScheme()).equals(url.getScheme());
        }
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        return "https".equals(url.getScheme())
                && (host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn"));
    }
}
