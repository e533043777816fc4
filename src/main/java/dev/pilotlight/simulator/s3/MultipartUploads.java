package dev.pilotlight.simulator.s3;

import dev.pilotlight.simulator.s3.ObjectStore.Bucket;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects that come in parts, as the AWS CLI and boto3 send what is larger than 8 MB. They are kept in memory, so that there is a limit to
 * what an upload may bring; a seed makes larger ones exist.
 */
final class MultipartUploads {
    private static final int MOST_PARTS = 10_000;
    private static final long LEAST_BYTES_OF_A_PART = 5L * 1024 * 1024;
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final Pattern PART = Pattern.compile("<Part>(.*?)</Part>", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("<PartNumber>\\s*(\\d+)\\s*</PartNumber>");
    private static final Pattern ETAG = Pattern.compile("<ETag>\\s*(?:\"|&quot;|&#34;)?(\\w+)");

    private final ObjectStore store;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    MultipartUploads(ObjectStore store) {
        this.store = store;
    }

    /** What the object is to be, but for its bytes. */
    record Wanted(String key, String contentType, String storageClass, Map<String, String> metadata) {}

    private record Upload(Bucket bucket, Wanted wanted, Map<Integer, ObjectContent.Bytes> parts) {

        long sizeWithout(int number) {
            return parts.entrySet().stream()
                    .filter(part -> part.getKey() != number)
                    .mapToLong(part -> part.getValue().size())
                    .sum();
        }
    }

    AwsResponse create(Bucket bucket, Wanted wanted) {
        String id = UUID.randomUUID().toString();
        uploads.put(id, new Upload(bucket, wanted, new ConcurrentHashMap<>()));
        return xml(new XmlWriter()
                .root("InitiateMultipartUploadResult", S3Service.NAMESPACE)
                .element("Bucket", bucket.name())
                .element("Key", wanted.key())
                .element("UploadId", id));
    }

    AwsResponse uploadPart(AwsRequest request, Bucket bucket, S3Operation operation) {
        Upload upload = find(request, bucket, operation);
        int number = number(request.parameter("partNumber").orElse(""));
        ObjectContent.Bytes part = new ObjectContent.Bytes(request.body());
        if (upload.sizeWithout(number) + part.size() > MOST_BYTES) {
            throw new AwsError(
                    501,
                    "NotImplemented",
                    "The simulator keeps uploads of at most " + MOST_BYTES
                            + " bytes; a seed makes a larger object exist by its sizeInBytes");
        }
        upload.parts().put(number, part);
        return new AwsResponse(200, Map.of("ETag", '"' + part.etag() + '"'), new byte[0]);
    }

    AwsResponse complete(AwsRequest request, Bucket bucket, S3Operation operation) {
        Upload upload = find(request, bucket, operation);
        List<ObjectContent.Bytes> parts = named(upload, new String(request.body(), StandardCharsets.UTF_8));
        Wanted wanted = upload.wanted();
        StoredObject object = store.put(
                bucket,
                wanted.key(),
                new ObjectContent.Joined(parts),
                wanted.contentType(),
                wanted.storageClass(),
                wanted.metadata());
        uploads.remove(request.parameter("uploadId").orElse(""));
        return xml(new XmlWriter()
                .root("CompleteMultipartUploadResult", S3Service.NAMESPACE)
                .element("Location", "/" + bucket.name() + "/" + wanted.key())
                .element("Bucket", bucket.name())
                .element("Key", wanted.key())
                .element("ETag", object.quotedEtag()));
    }

    AwsResponse abort(AwsRequest request, Bucket bucket, S3Operation operation) {
        find(request, bucket, operation);
        uploads.remove(request.parameter("uploadId").orElse(""));
        return new AwsResponse(204, Map.of(), new byte[0]);
    }

    private Upload find(AwsRequest request, Bucket bucket, S3Operation operation) {
        Upload upload = uploads.get(request.parameter("uploadId").orElse(""));
        if (upload == null
                || !upload.bucket().equals(bucket)
                || !upload.wanted().key().equals(operation.key())) {
            throw S3Error.NO_SUCH_UPLOAD.error();
        }
        return upload;
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_PARTS) {
            throw new AwsError(
                    400,
                    "InvalidArgument",
                    "Part number must be an integer between 1 and " + MOST_PARTS + ", inclusive");
        }
        return Integer.parseInt(text);
    }

    /** The parts that the client lists, in its order, which has to be that of their numbers. */
    private static List<ObjectContent.Bytes> named(Upload upload, String document) {
        List<ObjectContent.Bytes> parts = new ArrayList<>();
        int last = 0;
        Matcher listed = PART.matcher(document);
        while (listed.find()) {
            Matcher number = NUMBER.matcher(listed.group(1));
            Matcher etag = ETAG.matcher(listed.group(1));
            if (!number.find() || !etag.find()) {
                throw S3Error.MALFORMED_XML.error();
            }
            int next = number(number.group(1));
            if (next <= last) {
                throw S3Error.INVALID_PART_ORDER.error();
            }
            last = next;
            ObjectContent.Bytes part = upload.parts().get(next);
            if (part == null || !part.etag().equals(etag.group(1))) {
                throw S3Error.INVALID_PART.error();
            }
            parts.add(part);
        }
        if (parts.isEmpty()) {
            throw S3Error.MALFORMED_XML.error();
        }
        if (parts.stream().limit(parts.size() - 1L).anyMatch(part -> part.size() < LEAST_BYTES_OF_A_PART)) {
            throw S3Error.ENTITY_TOO_SMALL.error();
        }
        return List.copyOf(parts);
    }

    private static AwsResponse xml(XmlWriter document) {
        return AwsResponse.of(200, "application/xml", document.end().getBytes(StandardCharsets.UTF_8));
    }
}
