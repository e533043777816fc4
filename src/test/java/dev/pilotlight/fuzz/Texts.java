package dev.pilotlight.fuzz;

import dev.pilotlight.testing.EndpointManifest;
import java.util.List;
import java.util.Locale;

/** Strings that are wrong, nearly right, or right where nobody expects it. */
final class Texts {
    private static final List<String> ODD = List.of(
            "",
            " ",
            "\t\n",
            "null",
            "~",
            "-1",
            "true",
            "$(rm -rf /)",
            "{{ .Values.x }}",
            "../../etc/passwd",
            "a\u0000b",
            "\u202Eabc",
            "日本語",
            "\uD83D\uDE80",
            "Ünïcödé",
            "%s%n%d",
            "a b",
            "aws:reserved",
            "AWS:Reserved",
            "pilotlight.dev/uid",
            "us-east-1");

    private static final List<String> IMAGES = List.of(
            EndpointManifest.REPOSITORY + ":1.4.0",
            EndpointManifest.REPOSITORY + ":1.5.0",
            EndpointManifest.REPOSITORY + ":does-not-exist",
            EndpointManifest.REPOSITORY + ":9.0.0-bad-ping",
            EndpointManifest.REPOSITORY + ":9.0.0-too-large",
            EndpointManifest.REPOSITORY + ":9.0.0-role-not-assumable",
            EndpointManifest.REPOSITORY + ":9.0.0-update-rolls-back",
            EndpointManifest.REPOSITORY + ":9.0.0-over-quota",
            EndpointManifest.REPOSITORY + ":9.0.0-not-ready",
            EndpointManifest.REPOSITORY + ":9.0.0-slow-start",
            EndpointManifest.REPOSITORY + "@sha256:" + "0".repeat(64),
            EndpointManifest.REPOSITORY + "@sha256:" + "0".repeat(63),
            EndpointManifest.REPOSITORY + ":1.4.0@sha256:" + "0".repeat(64),
            EndpointManifest.REPOSITORY,
            EndpointManifest.REPOSITORY + ":",
            EndpointManifest.REPOSITORY.replace("sentiment", "no-such-repository") + ":1",
            EndpointManifest.REPOSITORY.replace("us-east-1", "eu-west-1") + ":1.4.0",
            EndpointManifest.REPOSITORY.replace("111122223333", "999988887777") + ":1.4.0",
            "docker.io/library/nginx:latest",
            "localhost:5000/sentiment:1",
            "registry.example.com:99999/a/b:c",
            "sentiment:1.4.0",
            "https://" + EndpointManifest.REPOSITORY + ":1.4.0");

    private static final List<String> URLS = List.of(
            "s3://ml-prod-models/sentiment/1.4.0/model.tar.gz",
            "s3://ml-prod-models/does/not/exist.tar.gz",
            "s3://ml-prod-models/model.zip",
            "s3://somebody-elses-bucket/model.tar.gz",
            "s3://ml-prod-models/../other/model.tar.gz",
            "s3://ml-prod-models/ /model.tar.gz",
            "s3://ml-prod-models//model.tar.gz",
            "s3://ml-prod-models/\uD83D\uDE80.tar.gz",
            "s3://UPPER/model.tar.gz",
            "s3://a/b.tar.gz",
            "https://ml-prod-models.s3.amazonaws.com/model.tar.gz",
            "file:///etc/passwd.tar.gz",
            "s3://ml-prod-models");

    private static final List<String> ARNS = List.of(
            "arn:aws:iam::111122223333:role/sagemaker/sentiment",
            "arn:aws:iam::111122223333:role/sagemaker/does-not-exist",
            "arn:aws:iam::111122223333:role/sagemaker/distrusting",
            "arn:aws:iam::999988887777:role/sagemaker/sentiment",
            "arn:aws:iam::111122223333:role/administrator",
            "arn:aws:iam::111122223333:role/sagemaker/../administrator",
            "arn:aws-cn:iam::111122223333:role/sagemaker/sentiment",
            "arn:aws:iam::11112222333:role/sagemaker/sentiment",
            "arn:aws:iam::111122223333:user/sentiment",
            "arn:aws:sts::111122223333:assumed-role/sagemaker/x",
            "arn:aws:iam::111122223333:role/" + "x".repeat(600),
            "arn:aws:iam::*:role/*",
            "ARN:AWS:IAM::111122223333:ROLE/SAGEMAKER/SENTIMENT");

    private static final List<String> EXPECTATIONS = List.of(
            "response.status == 200",
            "response.status == 500",
            "response.json.label == \"POSITIVE\"",
            "response.json.label == \"NEGATIVE\"",
            "response.json.no.such.field == 1",
            "response.latencyMillis < 0",
            "response",
            "1",
            "\"yes\"",
            "true",
            "false",
            "1 / 0 == 1",
            "[1, 2][7] == 1",
            "(((((",
            "response.status = 200",
            "nobody.knows(this)",
            "response.status == \"200\"",
            "'a'.matches('(a+)+$')",
            "[1,2,3].all(a, [1,2,3].all(b, [1,2,3].all(c, a + b + c > 0)))",
            "response.body.size() > 999999999999999999999",
            "has(response.json.label)");

    private static final List<String> LABELS =
            List.of("happy", "Not-A-Label", "-", "a.b", "a".repeat(63), "a".repeat(64), "x1", "9");

    private static final List<String> MEDIA_TYPES = List.of(
            "application/json",
            "text/csv",
            "json",
            "a/b\r\nX-Evil: 1",
            "application/json; charset=utf-8",
            "/",
            "\uD83D\uDE80/x");

    private static final List<String> TAG_KEYS = List.of(
            "team",
            "Team",
            "aws:createdBy",
            "AWS:x",
            "pilotlight.dev/uid",
            "Pilotlight.dev/owner",
            "cost center",
            " ",
            "team#1",
            "naïve:=+-@/.",
            "k".repeat(128),
            "k".repeat(129));

    private static final List<String> REGIONS =
            List.of("us-east-1", "eu-west-1", "us-east-1a", "mars-north-1", "US-EAST-1", "xx-nowhere-99");

    private Texts() {}

    /** What a field of that name may be given; {@code limit} is its greatest length. */
    static String draw(String field, int limit, Chance chance) {
        return switch (chance.below(6)) {
            case 0 -> chance.of(ODD);
            case 1 -> "x".repeat(limit + chance.of(-1, 0, 1, 1, 1000));
            default -> chance.of(fitting(field));
        };
    }

    private static List<String> fitting(String field) {
        return switch (field) {
            case "image" -> IMAGES;
            case "modelDataURL" -> URLS;
            case "executionRoleARN" -> ARNS;
            case "expect" -> EXPECTATIONS;
            case "name" -> LABELS;
            case "contentType", "accept" -> MEDIA_TYPES;
            case "key" -> TAG_KEYS;
            case "region" -> REGIONS;
            default -> ODD;
        };
    }

    /** One character of it is another, gone, doubled or in the other case. */
    static String bent(String text, Chance chance) {
        if (text.isEmpty()) {
            return " ";
        }
        int at = chance.below(text.length());
        String before = text.substring(0, at);
        String here = text.substring(at, at + 1);
        String after = text.substring(at + 1);
        return switch (chance.below(5)) {
            case 0 -> before + after;
            case 1 -> before + here + here + after;
            case 2 -> before + chance.of("_", "/", ":", "é", "9", "\n", "*", "\"") + after;
            case 3 -> before + here.toUpperCase(Locale.ROOT) + after;
            default -> text + chance.of(" ", "-", ".", "\u200B", "1");
        };
    }
}
