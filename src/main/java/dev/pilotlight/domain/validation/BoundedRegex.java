package dev.pilotlight.domain.validation;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/**
 * CEL's {@code matches} with bounds. RE2 takes time linear in the text, but also in the size of its program, and counted repetitions
 * multiply that size while it is still being compiled: {@code ((a{1,1000}){1,1000}){1,1000}} would take all memory. Patterns may come
 * out of the answer itself, so each call is checked.
 */
final class BoundedRegex {
    private static final int LONGEST_PATTERN = 512;
    private static final long MOST_REPETITIONS = 1000;
    private static final long MOST_STEPS = 64L << 20;
    private static final java.util.regex.Pattern COUNTED =
            java.util.regex.Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

    private BoundedRegex() {}

    /** Whether the pattern matches somewhere in the text. */
    static boolean find(String text, String pattern) {
        if (pattern.length() > LONGEST_PATTERN || repetitions(pattern) > MOST_REPETITIONS) {
            throw new BudgetExceededException();
        }
        Pattern compiled;
        try {
            compiled = Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidPatternException(e);
        }
        if ((long) compiled.programSize() * text.length() > MOST_STEPS) {
            throw new BudgetExceededException();
        }
        return compiled.matcher(text).find();
    }

    /** Product of all counted repetitions, nested or not: an upper bound of what they multiply the program by. */
    private static long repetitions(String pattern) {
        long product = 1;
        Matcher counted = COUNTED.matcher(pattern);
        while (counted.find() && product <= MOST_REPETITIONS) {
            String upper = counted.group(2) == null || counted.group(2).isEmpty() ? counted.group(1) : counted.group(2);
            product *= Math.max(1, Long.parseLong(upper));
        }
        return product;
    }

    /** The pattern is not one; its text may be part of a body, so it is not repeated. */
    static final class InvalidPatternException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidPatternException(Throwable cause) {
            super("not a regular expression", cause);
        }
    }
}
