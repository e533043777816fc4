package dev.pilotlight.domain.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ARN of an IAM role in plain form: no wildcards, no empty or dotted path segments. */
record RoleArn(String text, String partition, String accountID) {
    private static final int LONGEST = 2048;
    private static final Pattern FORM = Pattern.compile(
            "arn:(aws(?:-[a-z]+)*):iam::([0-9]{12}):role/((?:[A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]+)");

    static Optional<RoleArn> parse(String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || PlainForms.hasDottedSegment(form.group(3))) {
            return Optional.empty();
        }
        return Optional.of(new RoleArn(text, form.group(1), form.group(2)));
    }

    /**
     * Whether an entry of an allow-list covers this role: the same ARN, or an ARN up to a {@code /} followed by one {@code *}. A
     * wildcard anywhere else makes the entry cover nothing.
     */
    boolean coveredBy(String entry) {
        if (entry.endsWith("/*")) {
            String prefix = entry.substring(0, entry.length() - 1);
            boolean underRole = prefix.startsWith("arn:" + partition + ":iam::" + accountID + ":role/");
            return underRole && prefix.indexOf('*') < 0 && text.startsWith(prefix);
        }
        return text.equals(entry);
    }
}
