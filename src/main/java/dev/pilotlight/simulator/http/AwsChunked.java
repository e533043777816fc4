package dev.pilotlight.simulator.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The {@code aws-chunked} content encoding: {@code size[;chunk-signature=...]CRLF data CRLF ... 0 CRLF trailers CRLF}.
 * AWS docs: "Signature calculations for the Authorization header: transferring payload in multiple chunks".
 */
final class AwsChunked {
    private AwsChunked() {}

    static boolean applies(Map<String, List<String>> headers) {
        return headers.containsKey("x-amz-decoded-content-length")
                || headers.getOrDefault("content-encoding", List.of()).stream()
                        .anyMatch(encoding -> encoding.contains("aws-chunked"));
    }

    /** The content without its framing; trailers are dropped. */
    static byte[] decode(byte[] framed) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(framed.length);
        int at = 0;
        while (true) {
            int lineEnd = endOfLine(framed, at);
            String line = new String(framed, at, lineEnd - at, StandardCharsets.US_ASCII);
            int size = sizeOf(line);
            if (size == 0) {
                return content.toByteArray();
            }
            int start = lineEnd + 2;
            if (size > framed.length - start) {
                throw new IllegalArgumentException("chunk of " + size + " bytes is longer than the body");
            }
            content.write(framed, start, size);
            at = start + size + 2;
        }
    }

    private static int sizeOf(String line) {
        int semicolon = line.indexOf(';');
        String hex = semicolon < 0 ? line : line.substring(0, semicolon);
        return Integer.parseUnsignedInt(hex.strip(), 16);
    }

    private static int endOfLine(byte[] bytes, int from) {
        for (int i = from; i + 1 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        throw new IllegalArgumentException("chunk header without end");
    }
}
