package dev.pilotlight.domain.preflight;

import java.util.OptionalLong;

/**
 * A model archive in Amazon S3.
 *
 * @param bytes size of the object
 * @param storageClass as S3 names it
 * @param readable false while the object lies in an archive class and is not restored
 * @param gzip whether it begins like a gzip file
 * @param unpackedBytes what its last four bytes say; empty where they cannot tell, because they count modulo 4 GiB
 */
public record ArchiveFacts(
        long bytes, String storageClass, boolean readable, boolean gzip, OptionalLong unpackedBytes) {

    /** Length of the gzip field that holds the unpacked size. */
    public static final int TAIL = 4;

    /** Length of the mark that every gzip file begins with. */
    public static final int HEAD = 2;

    private static final long MODULUS = 1L << 32;

    /** Whether these first bytes are those of a gzip file (RFC 1952). */
    public static boolean isGzip(byte[] head) {
        return head.length >= HEAD && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
    }

    /**
     * The unpacked size (RFC 1952: ISIZE, modulo 2^32, little endian). What unpacks to less than it takes has more than 4 GiB or several
     * members, and tells nothing.
     *
     * @param bytes size of the whole archive
     */
    public static OptionalLong unpacked(byte[] tail, long bytes) {
        if (tail.length != TAIL || bytes >= MODULUS) {
            return OptionalLong.empty();
        }
        long size = 0;
        for (int i = TAIL - 1; i >= 0; i--) {
            size = size << 8 | (tail[i] & 0xff);
        }
        // What cannot be compressed grows by less than a hundredth.
        return size < bytes - bytes / 100 - 64 ? OptionalLong.empty() : OptionalLong.of(size);
    }
}
