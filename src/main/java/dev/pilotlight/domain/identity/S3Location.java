package dev.pilotlight.domain.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An S3 URL in plain form, as a bucket and the segments of a key. S3 would take stranger keys; those that other software reads in two
 * ways (dotted or empty segments, percent-encoding, query, fragment, backslash, blanks) are not plain.
 */
record S3Location(String bucket, List<String> segments) {
    private static final int LONGEST = 1024;
    private static final Pattern FORM =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/([A-Za-z0-9!_.*'()&$@=;:+,~/-]*)");

    /** An object: at least one segment, none of them empty. */
    static Optional<S3Location> object(String url) {
        return parse(url).filter(location -> !location.segments.isEmpty());
    }

    /** A prefix: ends in {@code /}; a bucket alone has no segments. */
    static Optional<S3Location> prefix(String url) {
        return url != null && url.endsWith("/") ? parse(url.substring(0, url.length() - 1), true) : Optional.empty();
    }

    /** Whether the object lies under the prefix, segment by segment. */
    boolean under(S3Location prefix) {
        int depth = prefix.segments.size();
        return bucket.equals(prefix.bucket)
                && segments.size() > depth
                && segments.subList(0, depth).equals(prefix.segments);
    }

    private static Optional<S3Location> parse(String url) {
        return parse(url, false);
    }

    private static Optional<S3Location> parse(String url, boolean bucketAlone) {
        if (url == null || url.length() > LONGEST) {
            return Optional.empty();
        }
        boolean noKey = bucketAlone && url.indexOf('/', "s3://".length()) < 0;
        Matcher form = FORM.matcher(noKey ? url + "/" : url);
        if (!form.matches()) {
            return Optional.empty();
        }
        if (noKey) {
            return Optional.of(new S3Location(form.group(1), List.of()));
        }
        List<String> segments = Arrays.asList(form.group(2).split("/", -1));
        boolean plain = segments.stream().noneMatch(segment -> segment.isEmpty() || PlainForms.isDotted(segment));
        return plain ? Optional.of(new S3Location(form.group(1), List.copyOf(segments))) : Optional.empty();
    }
}
