package dev.pilotlight.simulator.s3;

import java.util.regex.Pattern;

/** The naming rules of general purpose buckets (AWS docs: "General purpose bucket naming rules"). */
final class BucketNames {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    private BucketNames() {}

    static boolean isValid(String name) {
        return NAME.matcher(name).matches()
                && !name.contains("..")
                && !ADDRESS.matcher(name).matches()
                && !name.startsWith("xn--")
                && !name.endsWith("-s3alias");
    }
}
