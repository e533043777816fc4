package dev.pilotlight.api.v1alpha1;

/** Cron as far as a schema can check it. What is left (an order such as FRI-MON, the 30th of February) the operator finds. */
final class CronSyntax {
    private static final String MINUTE = "([*]|[0-5]?[0-9])";
    private static final String HOUR = "([*]|[01]?[0-9]|2[0-3])";
    private static final String DAY_OF_MONTH = "([*]|0?[1-9]|[12][0-9]|3[01])";
    private static final String MONTH = "([*]|0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)";
    private static final String DAY_OF_WEEK = "([*]|[0-7]|SUN|MON|TUE|WED|THU|FRI|SAT)";
    private static final String MORE = "([-,/]";

    /** The five fields, each with values of its own range, joined as lists, ranges and steps are. */
    static final String FIELDS = "^" + MINUTE + MORE + MINUTE + ")* " + HOUR + MORE + HOUR + ")* " + DAY_OF_MONTH + MORE
            + DAY_OF_MONTH + ")* " + MONTH + MORE + MONTH + ")* " + DAY_OF_WEEK + MORE + DAY_OF_WEEK + ")*$";

    /** At least one of the two days is every day. */
    static final String ONE_KIND_OF_DAY = "^[^ ]+ [^ ]+ ([*] [^ ]+ [^ ]+|[^ ]+ [^ ]+ [*])$";

    /** What {@link #FIELDS} asks for. */
    static final String IN_WORDS =
            "minute 0-59, hour 0-23, day of the month 1-31, month 1-12 or JAN-DEC, day of the week 0-7 or SUN-SAT, with one blank between and * , - / inside, such as 0 8 * * MON-FRI";

    private CronSyntax() {}
}
