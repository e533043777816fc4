package dev.pilotlight.simulator.s3;

import dev.pilotlight.simulator.s3.ObjectStore.Bucket;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.XmlWriter;
import dev.pilotlight.simulator.world.Permissions;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Simple Storage Service (rest-xml): buckets, and objects that are put whole or in parts, read whole or in part, listed and
 * deleted. Versions, encryption settings and bucket policies do not exist here: another account's bucket is closed.
 */
public final class S3Service implements AwsService {
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final String CLASSIC_REGION = "us-east-1";
    private static final String META = "x-amz-meta-";
    private static final int MOST_BYTES_IN_ANSWER = 64 * 1024 * 1024;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern LOCATION_CONSTRAINT =
            Pattern.compile("<LocationConstraint>\\s*([^<\\s]*)\\s*</LocationConstraint>");

    private final ObjectStore store;
    private final MultipartUploads uploads;
    private final Permissions permissions;

    public S3Service(ObjectStore store, Permissions permissions) {
        this.store = store;
        this.uploads = new MultipartUploads(store);
        this.permissions = permissions;
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public String operationOf(AwsRequest request) {
        return S3Operation.of(request).name();
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        S3Operation operation = S3Operation.of(request);
        if (operation.name().equals("NotImplemented")) {
            throw new AwsError(
                    501,
                    "NotImplemented",
                    "A header or query you provided implies functionality that is not implemented");
        }
        permissions.require(request.caller(), operation.action(), operation.resource(), Map.of());
        AwsResponse answer =
                switch (operation.name()) {
                    case "ListBuckets" ->
                        Listings.buckets(store.ownedBy(request.caller().accountId()));
                    case "CreateBucket" -> createBucket(request, operation);
                    case "HeadBucket" ->
                        empty(200)
                                .with(
                                        "x-amz-bucket-region",
                                        bucket(request, operation).home().region());
                    case "GetBucketLocation" -> location(bucket(request, operation));
                    case "DeleteBucket" -> deleteBucket(bucket(request, operation));
                    case "ListObjectsV2" -> Listings.objects(bucket(request, operation), request);
                    case "PutObject" -> putObject(request, operation);
                    case "CreateMultipartUpload" ->
                        uploads.create(bucket(request, operation), wanted(request, operation));
                    case "UploadPart" -> uploads.uploadPart(request, bucket(request, operation), operation);
                    case "CompleteMultipartUpload" -> uploads.complete(request, bucket(request, operation), operation);
                    case "AbortMultipartUpload" -> uploads.abort(request, bucket(request, operation), operation);
                    case "DeleteObject" -> {
                        bucket(request, operation).objects().remove(operation.key());
                        yield empty(204);
                    }
                    default -> readObject(request, operation);
                };
        return answer.with("x-amz-request-id", request.requestId());
    }

    @Override
    public AwsResponse errorAnswer(AwsRequest request, AwsError thrown) {
        AwsError error = S3Error.spelled(thrown);
        S3Operation operation = S3Operation.of(request);
        AwsResponse answer = request.method().equals("HEAD")
                ? empty(error.httpStatus())
                : AwsResponse.of(
                        error.httpStatus(),
                        "application/xml",
                        errorDocument(request, operation, error).getBytes(StandardCharsets.UTF_8));
        if (S3Error.PERMANENT_REDIRECT.is(error)) {
            String region = store.bucket(operation.bucket())
                    .map(bucket -> bucket.home().region())
                    .orElse("");
            answer = answer.with("x-amz-bucket-region", region);
        }
        return answer.with("x-amz-request-id", request.requestId());
    }

    private String errorDocument(AwsRequest request, S3Operation operation, AwsError error) {
        XmlWriter xml =
                new XmlWriter().open("Error").element("Code", error.code()).element("Message", error.getMessage());
        if (S3Error.NO_SUCH_KEY.is(error)) {
            xml.element("Key", operation.key());
        } else if (S3Error.NO_SUCH_BUCKET.is(error) || S3Error.INVALID_BUCKET_NAME.is(error)) {
            xml.element("BucketName", operation.bucket());
        } else if (S3Error.INVALID_RANGE.is(error)) {
            xml.element("RangeRequested", request.header("range").orElse(null));
            store.bucket(operation.bucket())
                    .flatMap(bucket -> bucket.object(operation.key()))
                    .ifPresent(object ->
                            xml.element("ActualObjectSize", object.content().size()));
        }
        return xml.element("RequestId", request.requestId()).end();
    }

    private AwsResponse createBucket(AwsRequest request, S3Operation operation) {
        String region = request.caller().region();
        if (!BucketNames.isValid(operation.bucket())) {
            throw S3Error.INVALID_BUCKET_NAME.error();
        }
        Matcher constraint = LOCATION_CONSTRAINT.matcher(new String(request.body(), StandardCharsets.UTF_8));
        String wanted = constraint.find() ? constraint.group(1) : "";
        if (!(wanted.isEmpty() ? CLASSIC_REGION : wanted).equals(region)) {
            throw new AwsError(
                    400,
                    "IllegalLocationConstraintException",
                    "The " + (wanted.isEmpty() ? "unspecified" : wanted)
                            + " location constraint is incompatible for the region specific endpoint this request was"
                            + " sent to.");
        }
        Optional<Bucket> existing = store.create(operation.bucket(), request.scope());
        if (existing.isPresent()) {
            if (!existing.get().home().accountId().equals(request.caller().accountId())) {
                throw new AwsError(
                        409,
                        "BucketAlreadyExists",
                        "The requested bucket name is not available. The bucket namespace is shared by all users of the"
                                + " system. Please select a different name and try again.");
            }
            // In us-east-1, and only there, making one's own bucket again is a success (AWS docs: CreateBucket).
            if (!region.equals(CLASSIC_REGION)
                    || !existing.get().home().region().equals(region)) {
                throw new AwsError(
                        409,
                        "BucketAlreadyOwnedByYou",
                        "Your previous request to create the named bucket succeeded and you already own it.");
            }
        }
        return empty(200).with("Location", "/" + operation.bucket());
    }

    private AwsResponse deleteBucket(Bucket bucket) {
        if (!bucket.objects().isEmpty()) {
            throw new AwsError(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
        }
        store.delete(bucket);
        return empty(204);
    }

    private static AwsResponse location(Bucket bucket) {
        String region = bucket.home().region();
        XmlWriter xml = new XmlWriter().root("LocationConstraint", NAMESPACE);
        return AwsResponse.of(
                200,
                "application/xml",
                (region.equals(CLASSIC_REGION) ? xml.end() : xml.text(region).end()).getBytes(StandardCharsets.UTF_8));
    }

    private AwsResponse putObject(AwsRequest request, S3Operation operation) {
        Bucket bucket = bucket(request, operation);
        MultipartUploads.Wanted wanted = wanted(request, operation);
        StoredObject object = store.put(
                bucket,
                wanted.key(),
                new ObjectContent.Bytes(request.body()),
                wanted.contentType(),
                wanted.storageClass(),
                wanted.metadata());
        return empty(200).with("ETag", object.quotedEtag());
    }

    private static MultipartUploads.Wanted wanted(AwsRequest request, S3Operation operation) {
        String storageClass = request.header("x-amz-storage-class").orElse(StoredObject.STANDARD);
        if (!StoredObject.STORAGE_CLASSES.contains(storageClass)) {
            throw new AwsError(400, "InvalidStorageClass", "The storage class you specified is not valid");
        }
        if (operation.key().getBytes(StandardCharsets.UTF_8).length > 1024) {
            throw new AwsError(400, "KeyTooLongError", "Your key is too long");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        request.headers().forEach((name, values) -> {
            if (name.startsWith(META)) {
                metadata.put(name.substring(META.length()), String.join(",", values));
            }
        });
        return new MultipartUploads.Wanted(
                operation.key(),
                request.header("content-type").orElse("binary/octet-stream"),
                storageClass,
                Map.copyOf(metadata));
    }

    private AwsResponse readObject(AwsRequest request, S3Operation operation) {
        Bucket bucket = bucket(request, operation);
        StoredObject object = bucket.object(operation.key()).orElseThrow(() -> missing(request, operation));
        boolean head = request.method().equals("HEAD");
        if (object.isArchived() && !head) {
            throw S3Error.INVALID_OBJECT_STATE.error();
        }
        long size = object.content().size();
        Optional<ByteRange> range;
        try {
            String header = request.header("range").orElse("");
            range = ByteRange.of(header, size);
        } catch (ByteRange.NotSatisfiable e) {
            throw S3Error.INVALID_RANGE.error();
        }
        ByteRange part = range.orElse(new ByteRange(0, size - 1));
        if (!head && part.length() > MOST_BYTES_IN_ANSWER) {
            throw new AwsError(
                    501,
                    "NotImplemented",
                    "The simulator sends at most " + MOST_BYTES_IN_ANSWER + " bytes in one answer; ask for a range");
        }
        byte[] body = head ? new byte[0] : object.content().read(part.from(), (int) part.length());
        AwsResponse answer = AwsResponse.of(range.isPresent() ? 206 : 200, object.contentType(), body)
                .with("Accept-Ranges", "bytes")
                .with("ETag", object.quotedEtag())
                .with("Last-Modified", HTTP_DATE.format(object.lastModified()));
        if (head) {
            answer = answer.with("Content-Length", Long.toString(part.length()));
        }
        if (range.isPresent()) {
            answer = answer.with("Content-Range", "bytes " + part.from() + "-" + part.to() + "/" + size);
        }
        if (!object.storageClass().equals(StoredObject.STANDARD)) {
            answer = answer.with("x-amz-storage-class", object.storageClass());
        }
        for (Map.Entry<String, String> entry : object.metadata().entrySet()) {
            answer = answer.with(META + entry.getKey(), entry.getValue());
        }
        return answer;
    }

    /** Who may not list the bucket does not learn that the key is missing. */
    private AwsError missing(AwsRequest request, S3Operation operation) {
        String bucketArn = "arn:aws:s3:::" + operation.bucket();
        if (!permissions.allow(request.caller(), "s3:ListBucket", bucketArn)) {
            return S3Error.ACCESS_DENIED.error();
        }
        return S3Error.NO_SUCH_KEY.error();
    }

    private Bucket bucket(AwsRequest request, S3Operation operation) {
        Bucket bucket = store.bucket(operation.bucket()).orElseThrow(S3Error.NO_SUCH_BUCKET::error);
        if (!bucket.home().accountId().equals(request.caller().accountId())) {
            throw S3Error.ACCESS_DENIED.error();
        }
        if (!bucket.home().region().equals(request.caller().region())) {
            throw S3Error.PERMANENT_REDIRECT.error();
        }
        return bucket;
    }

    private static AwsResponse empty(int status) {
        return new AwsResponse(status, Map.of(), new byte[0]);
    }
}
