package dev.pilotlight.simulator.s3;

import dev.pilotlight.simulator.wire.AwsRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What an S3 request asks for; S3 names the operation in method, path and query only.
 *
 * @param name API operation, for example {@code GetObject}
 * @param bucket empty for ListBuckets
 * @param key empty for operations on a bucket
 */
record S3Operation(String name, String bucket, String key) {
    /** Query parameters that choose an operation which the simulator does not have. */
    private static final Set<String> OTHER_OPERATIONS = Set.of(
            "acl",
            "cors",
            "delete",
            "encryption",
            "lifecycle",
            "logging",
            "notification",
            "ownershipControls",
            "policy",
            "publicAccessBlock",
            "replication",
            "restore",
            "select",
            "tagging",
            "torrent",
            "versioning",
            "versions",
            "website",
            "attributes",
            "legal-hold",
            "retention",
            "object-lock");

    static S3Operation of(AwsRequest request) {
        String path = bucketInHost(request) + request.path();
        int slash = path.indexOf('/', 1);
        String bucket = decode(slash < 0 ? path.substring(1) : path.substring(1, slash));
        String key = slash < 0 ? "" : decode(path.substring(slash + 1));
        return new S3Operation(operation(request, bucket, key), bucket, key);
    }

    /** Virtual-hosted style, which clients use when the endpoint is a name and not an address. */
    private static String bucketInHost(AwsRequest request) {
        String host = request.header("host").orElse("").replaceFirst(":\\d+$", "");
        return host.endsWith(".localhost") ? "/" + host.substring(0, host.length() - ".localhost".length()) : "";
    }

    private static String operation(AwsRequest request, String bucket, String key) {
        if (request.query().keySet().stream().anyMatch(OTHER_OPERATIONS::contains)) {
            return "NotImplemented";
        }
        String method = request.method();
        if (request.query().containsKey("uploads") || request.query().containsKey("uploadId")) {
            return key.isEmpty() ? "NotImplemented" : multipart(request, method);
        }
        if (bucket.isEmpty()) {
            return method.equals("GET") ? "ListBuckets" : "NotImplemented";
        }
        if (key.isEmpty()) {
            return switch (method) {
                case "PUT" -> "CreateBucket";
                case "HEAD" -> "HeadBucket";
                case "DELETE" -> "DeleteBucket";
                case "GET" ->
                    request.query().containsKey("location")
                            ? "GetBucketLocation"
                            : request.parameter("list-type").filter("2"::equals).isPresent()
                                    ? "ListObjectsV2"
                                    : "NotImplemented";
                default -> "NotImplemented";
            };
        }
        return switch (method) {
            case "PUT" -> request.header("x-amz-copy-source").isPresent() ? "NotImplemented" : "PutObject";
            case "HEAD" -> "HeadObject";
            case "GET" -> "GetObject";
            case "DELETE" -> "DeleteObject";
            default -> "NotImplemented";
        };
    }

    private static String multipart(AwsRequest request, String method) {
        boolean begun = request.query().containsKey("uploadId");
        return switch (method) {
            case "POST" -> begun ? "CompleteMultipartUpload" : "CreateMultipartUpload";
            case "PUT" -> begun && request.header("x-amz-copy-source").isEmpty() ? "UploadPart" : "NotImplemented";
            case "DELETE" -> begun ? "AbortMultipartUpload" : "NotImplemented";
            default -> "NotImplemented";
        };
    }

    private static String decode(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** IAM action that the operation needs; a HEAD has none of its own. */
    String action() {
        return switch (name) {
            case "HeadObject" -> "s3:GetObject";
            case "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload" -> "s3:PutObject";
            case "HeadBucket", "ListObjectsV2" -> "s3:ListBucket";
            case "ListBuckets" -> "s3:ListAllMyBuckets";
            default -> "s3:" + name;
        };
    }

    String resource() {
        if (bucket.isEmpty()) {
            return "*";
        }
        return "arn:aws:s3:::" + bucket + (key.isEmpty() ? "" : "/" + key);
    }
}
