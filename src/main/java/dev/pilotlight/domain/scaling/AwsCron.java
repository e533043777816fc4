package dev.pilotlight.domain.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cron in five fields, as Kubernetes users write it, said in AWS's six: {@code cron(minute hour day-of-month month day-of-week year)}
 * (Application Auto Scaling API, PutScheduledAction). AWS wants exactly one of the two days to be {@code ?}, so an expression that
 * restricts both, which cron reads as "either", has no translation. Days of the week are written as names, since the two count them
 * differently.
 */
public final class AwsCron {
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final Pattern STEP_OF_ALL = Pattern.compile("\\*/(\\d+)");
    private static final Pattern LEADING_ZERO = Pattern.compile("(?<!\\d)0+(?=\\d)");
    private static final Pattern DAY_TOKEN = Pattern.compile("(\\*|[0-7A-Z]+)(?:-([0-7A-Z]+))?(?:/(\\d+))?");

    private AwsCron() {}

    /** What became of an expression. */
    public sealed interface Translation {

        /**
         * @param schedule for AWS
         */
        record Translated(String schedule) implements Translation {}

        /**
         * @param why what AWS cannot express, and what to write instead
         */
        record Refused(String why) implements Translation {}
    }

    /** Translates five fields with one blank between them. */
    public static Translation translate(String cron) {
        String[] fields = cron.strip().toUpperCase(Locale.ROOT).split("\\s+", -1);
        if (fields.length != 5) {
            return new Translation.Refused(
                    "\"" + cron + "\" has not five fields: minute, hour, day of the month, month, day of the week");
        }
        boolean everyDayOfMonth = fields[2].equals("*");
        boolean everyDayOfWeek = fields[4].equals("*");
        if (!everyDayOfMonth && !everyDayOfWeek) {
            return new Translation.Refused(
                    "\"" + cron
                            + "\" restricts both the day of the month and the day of the week, which AWS cannot: use two windows");
        }
        String daysOfWeek = "?";
        if (!everyDayOfWeek) {
            TreeSet<Integer> days = new TreeSet<>();
            for (String token : fields[4].split(",", -1)) {
                if (!addDays(token, days)) {
                    return new Translation.Refused("\"" + token + "\" in \"" + cron
                            + "\" is no day of the week or range of days from Sunday (0) to Saturday (6)");
                }
            }
            daysOfWeek = names(days);
        }
        return new Translation.Translated("cron(" + from(fields[0], 0) + " " + from(fields[1], 0) + " "
                + (everyDayOfWeek ? from(fields[2], 1) : "?") + " " + from(fields[3], 1) + " " + daysOfWeek + " *)");
    }

    /** A step over all values is written from the first one on. */
    private static String from(String field, int first) {
        String plain = LEADING_ZERO.matcher(field).replaceAll("");
        return STEP_OF_ALL.matcher(plain).replaceAll(first + "/$1");
    }

    private static boolean addDays(String token, Set<Integer> days) {
        Matcher parts = DAY_TOKEN.matcher(token);
        if (!parts.matches()) {
            return false;
        }
        boolean all = parts.group(1).equals("*");
        int first = all ? 0 : day(parts.group(1));
        boolean stepped = parts.group(3) != null;
        int last = parts.group(2) != null ? day(parts.group(2)) : all || stepped ? 6 : first;
        int step = stepped ? Integer.parseInt(parts.group(3)) : 1;
        if (first < 0 || last < first || step < 1 || (all && parts.group(2) != null)) {
            return false;
        }
        for (int day = first; day <= last; day += step) {
            days.add(day % 7);
        }
        return true;
    }

    /** 0 to 7, both ends Sunday; -1 for no day. */
    private static int day(String text) {
        int named = DAYS.indexOf(text);
        return named >= 0 ? named : text.matches("[0-7]") ? Integer.parseInt(text) : -1;
    }

    /** Three days and more in a row as a range. */
    private static String names(SortedSet<Integer> days) {
        List<String> parts = new ArrayList<>();
        List<Integer> inOrder = List.copyOf(days);
        int at = 0;
        while (at < inOrder.size()) {
            int end = at;
            while (end + 1 < inOrder.size() && inOrder.get(end + 1) == inOrder.get(end) + 1) {
                end++;
            }
            if (end - at >= 2) {
                parts.add(DAYS.get(inOrder.get(at)) + "-" + DAYS.get(inOrder.get(end)));
                at = end + 1;
            } else {
                parts.add(DAYS.get(inOrder.get(at)));
                at++;
            }
        }
        return String.join(",", parts);
    }
}
