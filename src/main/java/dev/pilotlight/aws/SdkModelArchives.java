package dev.pilotlight.aws;

import dev.pilotlight.domain.failure.AwsFailure;
import dev.pilotlight.domain.failure.FailureKind;
import dev.pilotlight.domain.preflight.ArchiveFacts;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;

/**
 * Amazon S3 on the AWS SDK. The size comes with a ranged read as well as with HeadObject, and a GET that fails says why, which a HEAD
 * cannot.
 */
final class SdkModelArchives implements ModelArchives {

    private static final String OPERATION = "s3:GetObject";
    private static final Pattern URL = Pattern.compile("s3://(?<bucket>[^/]+)/(?<key>.+)");
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes \\d+-\\d+/(?<size>\\d+)");
    private static final String STANDARD = "STANDARD";

    private final SessionCalls calls;

    SdkModelArchives(SessionCalls calls) {
        this.calls = calls;
    }

    @Override
    public Optional<ArchiveFacts> look(String url) {
        Matcher object = URL.matcher(url);
        if (!object.matches()) {
            throw new AwsException(
                    new AwsFailure(FailureKind.INVALID, OPERATION, "InvalidURL", "not an S3 URL: " + url, ""), null);
        }
        try {
            Part tail = read(object, "bytes=-" + ArchiveFacts.TAIL);
            long size = size(tail.answer());
            Part head = read(object, "bytes=0-" + (ArchiveFacts.HEAD - 1));
            String storageClass =
                    Optional.ofNullable(tail.answer().storageClassAsString()).orElse(STANDARD);
            return Optional.of(new ArchiveFacts(
                    size,
                    storageClass,
                    true,
                    ArchiveFacts.isGzip(head.bytes()),
                    ArchiveFacts.unpacked(tail.bytes(), size)));
        } catch (AwsException e) {
            return notRead(e);
        }
    }

    private static Optional<ArchiveFacts> notRead(AwsException e) {
        if (e.kind() == FailureKind.NOT_FOUND) {
            return Optional.empty();
        }
        if (e.getCause() instanceof InvalidObjectStateException archived) {
            String storageClass =
                    Optional.ofNullable(archived.storageClassAsString()).orElse("an archive class");
            return Optional.of(new ArchiveFacts(0, storageClass, false, true, OptionalLong.empty()));
        }
        if ("InvalidRange".equals(e.failure().code())) {
            // Too short to have these bytes.
            return Optional.of(new ArchiveFacts(0, STANDARD, true, false, OptionalLong.empty()));
        }
        throw e;
    }

    private record Part(GetObjectResponse answer, byte[] bytes) {}

    private Part read(Matcher object, String range) {
        GetObjectRequest request = GetObjectRequest.builder()
                .overrideConfiguration(calls.credentials())
                .bucket(object.group("bucket"))
                .key(object.group("key"))
                .range(range)
                .build();
        byte[][] read = new byte[1][];
        GetObjectResponse answer = calls.read(OPERATION, Priority.CHANGE, () -> {
            ResponseBytes<GetObjectResponse> part =
                    calls.clients().s3().getObject(request, ResponseTransformer.toBytes());
            read[0] = part.asByteArray();
            return part.response();
        });
        return new Part(answer, read[0]);
    }

    private static long size(GetObjectResponse answer) {
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(answer.contentRange()));
        if (range.matches()) {
            return Long.parseLong(range.group("size"));
        }
        return answer.contentLength() == null ? 0 : answer.contentLength();
    }
}
