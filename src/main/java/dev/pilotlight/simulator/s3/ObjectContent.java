package dev.pilotlight.simulator.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The bytes of an object: all of them, or of a large one only its ends. */
sealed interface ObjectContent {

    long size();

    /** Bytes {@code from} to {@code from + length - 1}, which must lie within the object. */
    byte[] read(long from, int length);

    /** Entity tag without quotes: the MD5 of the bytes, or, as for a multipart upload, something else with a dash. */
    String etag();

    /** An object that was uploaded. */
    record Bytes(byte[] bytes) implements ObjectContent {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public byte[] read(long from, int length) {
            byte[] part = new byte[length];
            System.arraycopy(bytes, (int) from, part, 0, length);
            return part;
        }

        @Override
        public String etag() {
            return md5(bytes);
        }
    }

    /** An object that was uploaded in parts. */
    record Joined(List<Bytes> parts) implements ObjectContent {
        @Override
        public long size() {
            return parts.stream().mapToLong(Bytes::size).sum();
        }

        @Override
        public byte[] read(long from, int length) {
            byte[] read = new byte[length];
            long partAt = 0;
            for (Bytes part : parts) {
                copy(part.bytes(), partAt, from, read);
                partAt += part.size();
            }
            return read;
        }

        /** AWS docs: the digest of the digests of the parts, and how many they are. */
        @Override
        public String etag() {
            ByteArrayOutputStream digests = new ByteArrayOutputStream();
            parts.forEach(part -> digests.writeBytes(HexFormat.of().parseHex(part.etag())));
            return md5(digests.toByteArray()) + "-" + parts.size();
        }
    }

    /**
     * An object that is only said to exist: its size, its first and its last bytes. What lies between reads as zeros, so
     * that an archive of many gigabytes takes no memory while its header and trailer can be looked at.
     */
    record Declared(long size, byte[] head, byte[] tail) implements ObjectContent {

        public Declared {
            if (head.length + (long) tail.length > size) {
                throw new IllegalArgumentException("head and tail are longer than sizeInBytes " + size);
            }
        }

        @Override
        public byte[] read(long from, int length) {
            byte[] part = new byte[length];
            copy(head, 0, from, part);
            copy(tail, size - tail.length, from, part);
            return part;
        }

        @Override
        public String etag() {
            return md5((size + ":" + HexFormat.of().formatHex(head) + ":"
                                    + HexFormat.of().formatHex(tail))
                            .getBytes(StandardCharsets.US_ASCII))
                    + "-1";
        }
    }

    /** Fills in what of a source that lies at {@code sourceAt} is in a target that lies at {@code from}. */
    private static void copy(byte[] source, long sourceAt, long from, byte[] target) {
        long start = Math.max(sourceAt, from);
        long end = Math.min(sourceAt + source.length, from + target.length);
        if (start < end) {
            System.arraycopy(source, (int) (start - sourceAt), target, (int) (start - from), (int) (end - start));
        }
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
