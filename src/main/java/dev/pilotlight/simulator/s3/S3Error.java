package dev.pilotlight.simulator.s3;

import dev.pilotlight.simulator.wire.AwsError;

/** The errors of S3 that more than one place throws, and S3's own spelling of errors that all services share. */
enum S3Error {
    NO_SUCH_KEY(404, "NoSuchKey", "The specified key does not exist."),
    NO_SUCH_BUCKET(404, "NoSuchBucket", "The specified bucket does not exist"),
    ACCESS_DENIED(403, "AccessDenied", "Access Denied"),
    INVALID_RANGE(416, "InvalidRange", "The requested range is not satisfiable"),
    INVALID_BUCKET_NAME(400, "InvalidBucketName", "The specified bucket is not valid."),
    INVALID_OBJECT_STATE(403, "InvalidObjectState", "The operation is not valid for the object's storage class"),
    NO_SUCH_UPLOAD(
            404,
            "NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or"
                    + " completed."),
    INVALID_PART(
            400,
            "InvalidPart",
            "One or more of the specified parts could not be found. The part may not have been uploaded, or the"
                    + " specified entity tag may not match the part's entity tag."),
    INVALID_PART_ORDER(
            400,
            "InvalidPartOrder",
            "The list of parts was not in ascending order. Parts must be ordered by part number."),
    ENTITY_TOO_SMALL(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size"),
    MALFORMED_XML(
            400,
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema"),
    PERMANENT_REDIRECT(
            301,
            "PermanentRedirect",
            "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all"
                    + " future requests to this endpoint.");

    private final int status;
    private final String code;
    private final String message;

    S3Error(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    AwsError error() {
        return new AwsError(status, code, message);
    }

    boolean is(AwsError error) {
        return code.equals(error.code());
    }

    /** The same error as S3 spells it. */
    static AwsError spelled(AwsError error) {
        return switch (error.code()) {
            // The long text, which names caller and action, is what newer S3 answers.
            case "AccessDeniedException" -> new AwsError(403, "AccessDenied", error.getMessage());
            case "ExpiredTokenException" -> new AwsError(400, "ExpiredToken", "The provided token has expired.");
            case "UnrecognizedClientException" ->
                new AwsError(
                        403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.");
            case "ThrottlingException" -> new AwsError(503, "SlowDown", "Please reduce your request rate.");
            default -> error;
        };
    }
}
