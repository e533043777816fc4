package dev.pilotlight.domain.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image reference in plain form, {@code host[:port]/repository[:tag][@digest]}.
 *
 * @param host registry host, with its port where one is written
 */
record ImageReference(String host) {
    private static final int LONGEST = 255;
    private static final String COMPONENT = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
    private static final Pattern FORM = Pattern.compile(
            "([a-z0-9]+(?:[.-]+[a-z0-9]+)*(?::[0-9]{1,5})?)" // host
                    + "/" + COMPONENT + "(?:/" + COMPONENT + ")*" // repository
                    + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?" // tag
                    + "(?:@[A-Za-z0-9]+:[0-9a-fA-F]+)?"); // digest

    static Optional<ImageReference> parse(String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        return form.matches() && !PlainForms.hasDottedSegment(text)
                ? Optional.of(new ImageReference(form.group(1)))
                : Optional.empty();
    }
}
