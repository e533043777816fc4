package dev.pilotlight.simulator.iam;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of a policy that may hold wildcards ({@code *}, {@code ?}) and policy variables ({@code ${aws:PrincipalTag/team}}).
 * What a variable stands for is compared literally: a tag value of {@code *} is no wildcard. A variable that the request
 * does not have matches nothing.
 */
record PolicyPattern(String text) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final List<String> ESCAPED = List.of("*", "?", "$");

    /** Compares with wildcards. */
    boolean like(String value, ConditionKeys keys, boolean ignoreCase) {
        return compile(keys, true, ignoreCase)
                .map(pattern -> pattern.matcher(value).matches())
                .orElse(false);
    }

    /** Compares letter by letter, after putting variables in. */
    boolean equal(String value, ConditionKeys keys, boolean ignoreCase) {
        return compile(keys, false, ignoreCase)
                .map(pattern -> pattern.matcher(value).matches())
                .orElse(false);
    }

    private Optional<Pattern> compile(ConditionKeys keys, boolean wildcards, boolean ignoreCase) {
        StringBuilder regex = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        int from = 0;
        while (variable.find()) {
            appendLiteral(regex, text.substring(from, variable.start()), wildcards);
            String name = variable.group(1);
            if (ESCAPED.contains(name)) {
                regex.append(Pattern.quote(name));
            } else {
                List<String> values = keys.get(name);
                if (values.size() != 1) {
                    return Optional.empty();
                }
                regex.append(Pattern.quote(values.getFirst()));
            }
            from = variable.end();
        }
        appendLiteral(regex, text.substring(from), wildcards);
        return Optional.of(Pattern.compile(
                regex.toString(),
                ignoreCase ? Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : Pattern.DOTALL));
    }

    private static void appendLiteral(StringBuilder regex, String literal, boolean wildcards) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (wildcards && (c == '*' || c == '?')) {
                regex.append(Pattern.quote(plain.toString())).append(c == '*' ? ".*" : ".");
                plain.setLength(0);
            } else {
                plain.append(c);
            }
        }
        regex.append(Pattern.quote(plain.toString()));
    }
}
