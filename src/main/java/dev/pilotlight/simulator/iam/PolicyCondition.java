package dev.pilotlight.simulator.iam;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line of a Condition block: operator, key and the values to compare with.
 *
 * @param set how a multivalued key is compared
 * @param ifExists whether a key that the request does not have satisfies the condition
 */
record PolicyCondition(SetOperator set, Operator operator, boolean ifExists, String key, List<String> expected) {

    enum SetOperator {
        NONE,
        FOR_ALL_VALUES,
        FOR_ANY_VALUE
    }

    /** The operators of the IAM policy language that the simulator knows; others are refused when a policy is written. */
    enum Operator {
        STRING_EQUALS("StringEquals", false),
        STRING_NOT_EQUALS("StringNotEquals", true),
        STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false),
        STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true),
        STRING_LIKE("StringLike", false),
        STRING_NOT_LIKE("StringNotLike", true),
        ARN_EQUALS("ArnEquals", false),
        ARN_LIKE("ArnLike", false),
        ARN_NOT_EQUALS("ArnNotEquals", true),
        ARN_NOT_LIKE("ArnNotLike", true),
        NUMERIC_EQUALS("NumericEquals", false),
        NUMERIC_LESS_THAN("NumericLessThan", false),
        NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false),
        NUMERIC_GREATER_THAN("NumericGreaterThan", false),
        NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false),
        BOOL("Bool", false),
        NULL("Null", false);

        private final String spelling;
        private final boolean negated;

        Operator(String spelling, boolean negated) {
            this.spelling = spelling;
            this.negated = negated;
        }

        private boolean compare(String actual, String expected, ConditionKeys keys) {
            PolicyPattern pattern = new PolicyPattern(expected);
            return switch (this) {
                case STRING_EQUALS, STRING_NOT_EQUALS -> pattern.equal(actual, keys, false);
                case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE, BOOL ->
                    pattern.equal(actual, keys, true);
                case STRING_LIKE, STRING_NOT_LIKE -> pattern.like(actual, keys, false);
                case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE -> arnLike(actual, expected, keys);
                case NUMERIC_EQUALS -> number(actual) == number(expected);
                case NUMERIC_LESS_THAN -> number(actual) < number(expected);
                case NUMERIC_LESS_THAN_EQUALS -> number(actual) <= number(expected);
                case NUMERIC_GREATER_THAN -> number(actual) > number(expected);
                case NUMERIC_GREATER_THAN_EQUALS -> number(actual) >= number(expected);
                case NULL -> throw new IllegalStateException("Null looks at presence, not at values");
            };
        }

        /** ARNs are compared part by part: a wildcard does not reach over a colon of the first five parts. */
        private static boolean arnLike(String actual, String expected, ConditionKeys keys) {
            String[] actualParts = actual.split(":", 6);
            String[] expectedParts = expected.split(":", 6);
            if (actualParts.length != 6 || expectedParts.length != 6) {
                return expected.equals("*");
            }
            for (int i = 0; i < 6; i++) {
                if (!new PolicyPattern(expectedParts[i]).like(actualParts[i], keys, false)) {
                    return false;
                }
            }
            return true;
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException notANumber) {
                return Double.NaN;
            }
        }
    }

    /** @throws IllegalArgumentException when the operator is none of the known ones */
    static PolicyCondition of(String operator, String key, List<String> expected) {
        SetOperator set = SetOperator.NONE;
        String rest = operator;
        if (rest.regionMatches(true, 0, "ForAllValues:", 0, 13)) {
            set = SetOperator.FOR_ALL_VALUES;
            rest = rest.substring(13);
        } else if (rest.regionMatches(true, 0, "ForAnyValue:", 0, 12)) {
            set = SetOperator.FOR_ANY_VALUE;
            rest = rest.substring(12);
        }
        boolean ifExists = rest.toLowerCase(Locale.ROOT).endsWith("ifexists");
        if (ifExists) {
            rest = rest.substring(0, rest.length() - "IfExists".length());
        }
        for (Operator known : Operator.values()) {
            if (known.spelling.equalsIgnoreCase(rest)) {
                return new PolicyCondition(set, known, ifExists, key, List.copyOf(expected));
            }
        }
        throw new IllegalArgumentException("Invalid Condition type : " + operator);
    }

    boolean holds(ConditionKeys keys) {
        List<String> actual = keys.get(key);
        if (operator == Operator.NULL) {
            boolean absent = actual.isEmpty();
            return expected.stream().anyMatch(value -> Boolean.parseBoolean(value) == absent);
        }
        if (actual.isEmpty()) {
            return ifExists
                    || set == SetOperator.FOR_ALL_VALUES
                    || (operator.negated && set != SetOperator.FOR_ANY_VALUE);
        }
        return switch (set) {
            case FOR_ALL_VALUES -> actual.stream().allMatch(value -> satisfied(value, keys));
            case FOR_ANY_VALUE, NONE -> actual.stream().anyMatch(value -> satisfied(value, keys));
        };
    }

    private boolean satisfied(String value, ConditionKeys keys) {
        boolean one = expected.stream().anyMatch(wanted -> operator.compare(value, wanted, keys));
        return operator.negated != one;
    }

    /** All conditions of a statement must hold. */
    static boolean allHold(List<PolicyCondition> conditions, ConditionKeys keys) {
        return conditions.stream().allMatch(condition -> condition.holds(keys));
    }

    /** The lines of one operator's block. */
    static List<PolicyCondition> block(String operator, Map<String, List<String>> lines) {
        return lines.entrySet().stream()
                .map(line -> of(operator, line.getKey(), line.getValue()))
                .toList();
    }
}
