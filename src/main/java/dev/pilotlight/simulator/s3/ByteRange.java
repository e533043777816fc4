package dev.pilotlight.simulator.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an object that a Range header asks for.
 *
 * @param from first byte
 * @param to last byte, included
 */
record ByteRange(long from, long to) {
    private static final Pattern HEADER = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Thrown when no byte of the object lies in the range. */
    static final class NotSatisfiable extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads a header. One that cannot be read, or that names several ranges, is ignored as S3 ignores it: the answer is
     * the whole object.
     */
    static Optional<ByteRange> of(String header, long size) throws NotSatisfiable {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty() && last.isEmpty()) {
            return Optional.empty();
        }
        if (first.isEmpty()) {
            long suffix = Long.parseLong(last);
            if (suffix == 0 || size == 0) {
                throw new NotSatisfiable();
            }
            return Optional.of(new ByteRange(Math.max(0, size - suffix), size - 1));
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return Optional.empty();
        }
        if (from >= size) {
            throw new NotSatisfiable();
        }
        return Optional.of(new ByteRange(from, to));
    }

    long length() {
        return to - from + 1;
    }
}
