package dev.pilotlight.simulator.s3;

import dev.pilotlight.simulator.s3.ObjectStore.Bucket;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.XmlWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** What lies in a bucket, and which buckets there are. */
final class Listings {
    private static final int MOST_KEYS = 1000;

    private Listings() {}

    static AwsResponse buckets(List<Bucket> buckets) {
        XmlWriter xml = new XmlWriter()
                .root("ListAllMyBucketsResult", S3Service.NAMESPACE)
                .open("Buckets");
        buckets.forEach(bucket -> xml.open("Bucket")
                .element("Name", bucket.name())
                .element("CreationDate", bucket.created().truncatedTo(ChronoUnit.MILLIS))
                .close());
        return answer(xml);
    }

    /** A page of ListObjectsV2: keys and, where a delimiter is given, common prefixes, together at most max-keys. */
    static AwsResponse objects(Bucket bucket, AwsRequest request) {
        String prefix = request.parameter("prefix").orElse("");
        String delimiter = request.parameter("delimiter").orElse("");
        Optional<String> token = request.parameter("continuation-token");
        int most = maxKeys(request);
        String after = token.map(Listings::keyOf)
                .orElseGet(() -> request.parameter("start-after").orElse(""));
        boolean encode =
                request.parameter("encoding-type").filter("url"::equals).isPresent();

        List<StoredObject> contents = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String last = "";
        boolean truncated = false;
        NavigableMap<String, StoredObject> rest = bucket.objects().tailMap(prefix, true);
        for (StoredObject object : rest.values()) {
            String key = object.key();
            if (!key.startsWith(prefix)) {
                break;
            }
            int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            String entry = end < 0 ? key : key.substring(0, end + delimiter.length());
            boolean seen = entry.compareTo(after) <= 0
                    || (!prefixes.isEmpty() && prefixes.getLast().equals(entry));
            if (seen) {
                continue;
            }
            if (contents.size() + prefixes.size() == most) {
                truncated = most > 0;
                break;
            }
            last = entry;
            if (end < 0) {
                contents.add(object);
            } else {
                prefixes.add(entry);
            }
        }

        XmlWriter xml = new XmlWriter()
                .root("ListBucketResult", S3Service.NAMESPACE)
                .element("Name", bucket.name())
                .element("Prefix", text(prefix, encode))
                .element("Delimiter", delimiter.isEmpty() ? null : text(delimiter, encode))
                .element("MaxKeys", most)
                .element("EncodingType", encode ? "url" : null)
                .element("KeyCount", contents.size() + prefixes.size())
                .element("IsTruncated", truncated)
                .element("ContinuationToken", token.orElse(null))
                .element("NextContinuationToken", truncated ? tokenOf(last) : null)
                .element(
                        "StartAfter",
                        request.parameter("start-after")
                                .map(s -> text(s, encode))
                                .orElse(null));
        contents.forEach(object -> xml.open("Contents")
                .element("Key", text(object.key(), encode))
                .element("LastModified", object.lastModified().truncatedTo(ChronoUnit.MILLIS))
                .element("ETag", object.quotedEtag())
                .element("Size", object.content().size())
                .element("StorageClass", object.storageClass())
                .close());
        prefixes.forEach(common -> xml.open("CommonPrefixes")
                .element("Prefix", text(common, encode))
                .close());
        return answer(xml);
    }

    private static int maxKeys(AwsRequest request) {
        String text = request.parameter("max-keys").orElse(Integer.toString(MOST_KEYS));
        if (!text.matches("\\d{1,9}")) {
            throw new AwsError(400, "InvalidArgument", "Provided max-keys not an integer or within integer range");
        }
        return Math.min(Integer.parseInt(text), MOST_KEYS);
    }

    private static String tokenOf(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String keyOf(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AwsError(400, "InvalidArgument", "The continuation token provided is incorrect");
        }
    }

    private static String text(String key, boolean encode) {
        return encode ? URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/") : key;
    }

    private static AwsResponse answer(XmlWriter xml) {
        return AwsResponse.of(200, "application/xml", xml.end().getBytes(StandardCharsets.UTF_8));
    }
}
