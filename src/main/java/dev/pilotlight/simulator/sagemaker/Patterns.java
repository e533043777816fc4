package dev.pilotlight.simulator.sagemaker;

import java.util.regex.Pattern;

/** Patterns of the SageMaker service model. */
final class Patterns {
    static final Pattern ENDPOINT_NAME = Pattern.compile("[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}");
    static final Pattern MODEL_NAME = Pattern.compile("[a-zA-Z0-9]([\\-a-zA-Z0-9]*[a-zA-Z0-9])?");
    static final Pattern ROLE_ARN = Pattern.compile("arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
    static final Pattern IMAGE = Pattern.compile("[\\S]+");
    static final Pattern MODEL_DATA_URL = Pattern.compile("(https|s3)://([^/]+)/?(.*)");
    static final Pattern ENVIRONMENT_KEY = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    static final Pattern TAG = Pattern.compile("([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)");
    static final Pattern KMS_KEY = Pattern.compile("[a-zA-Z0-9:/_-]*");
    static final Pattern NAME_CONTAINS = Pattern.compile("[a-zA-Z0-9\\-]+");
    static final Pattern ARN = Pattern.compile("arn:.*");
    static final Pattern ANY = Pattern.compile("(?s).*");

    private Patterns() {}
}
