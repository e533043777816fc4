package dev.pilotlight.api;

import java.util.stream.IntStream;

/** Rows of the tables behind {@link SpecRefusalsApiServerTest}. */
final class SpecCases {
    private SpecCases() {}

    /** A wrong manifest, and the part of the message that tells how to put it right. */
    record Refused(String what, String patch, String fix) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** A right manifest. */
    record Accepted(String what, String patch) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** A live object, made right by {@code before}, and an edit of it that is refused. */
    record Edit(String objectName, String before, Refused refused) {
        @Override
        public String toString() {
            return refused.what();
        }
    }

    static Refused refused(String what, String patch, String fix) {
        return new Refused(what, patch, fix);
    }

    static Accepted accepted(String what, String patch) {
        return new Accepted(what, patch);
    }

    /** Items 1 to {@code count} of a list, made by a pattern with one number in it. */
    static String numbered(String pattern, int count) {
        return String.join(
                ", ",
                IntStream.rangeClosed(1, count).mapToObj(pattern::formatted).toList());
    }
}
