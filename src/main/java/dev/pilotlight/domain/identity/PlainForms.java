package dev.pilotlight.domain.identity;

import java.util.regex.Pattern;

/** The plain forms of names, and how a value that is not in plain form is shown to people. */
final class PlainForms {
    private static final int LONGEST_SHOWN = 120;
    private static final int LONGEST_NAME = 63;
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ENDPOINT_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,5}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}");

    private PlainForms() {}

    static boolean isDnsLabel(String text) {
        return text != null
                && text.length() <= LONGEST_NAME
                && DNS_LABEL.matcher(text).matches();
    }

    /** SageMaker's pattern for endpoint names, 1 to 63 characters. */
    static boolean isEndpointName(String text) {
        return text != null
                && text.length() <= LONGEST_NAME
                && ENDPOINT_NAME.matcher(text).matches();
    }

    static boolean isRegion(String text) {
        return text != null && REGION.matcher(text).matches();
    }

    /**
     * The partition a Region belongs to. AWS docs: partitions are aws, aws-cn, aws-us-gov, aws-eusc and the aws-iso family; ARNs of
     * one are unknown in the others.
     */
    static String partitionOf(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        } else if (region.startsWith("us-gov-")) {
            return "aws-us-gov";
        } else if (region.startsWith("us-isob-")) {
            return "aws-iso-b";
        } else if (region.startsWith("us-isof-") || region.startsWith("eu-isof-")) {
            return "aws-iso-f";
        } else if (region.startsWith("eu-isoe-")) {
            return "aws-iso-e";
        } else if (region.startsWith("us-iso-")) {
            return "aws-iso";
        } else if (region.startsWith("eusc-")) {
            return "aws-eusc";
        }
        return "aws";
    }

    static boolean isDotted(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    static boolean hasDottedSegment(String path) {
        for (String segment : path.split("/", -1)) {
            if (isDotted(segment)) {
                return true;
            }
        }
        return false;
    }

    /** The value in quotes, cut to a readable length, with everything that is not printable ASCII made visible. */
    static String shown(String value) {
        if (value == null) {
            return "nothing";
        }
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            if (text.length() > LONGEST_SHOWN) {
                return text.append("...\"").toString();
            }
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
