package dev.pilotlight.domain.scaling;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.pilotlight.domain.scaling.AwsCron.Translation.Refused;
import dev.pilotlight.domain.scaling.AwsCron.Translation.Translated;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalingRules.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A schedule in AWS's words. Every action sets what all of the schedule together has when it next happens, so that the end of one window
 * takes nothing from another. An action that comes again has only one range: where an exception makes some of its next times unlike the
 * others, it leaves them out, and other actions take their place once each. So the schedule holds for as long as nobody is there to renew it.
 */
final class ScheduledActions {
    /** An action counts as about to happen for so long; AWS may be late, and takes no time that has passed. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** How many times of one action are looked at, and how many of them may be unlike the others. */
    private static final int AHEAD = 24;

    /** Both with at most four actions for each of 32 windows stay below AWS's limit of 200 for a target; the nearest are taken. */
    private static final int MOST_TURNS = 24;

    private static final int MOST_ONCE = 40;

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm");
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("'at('yyyy-MM-dd'T'HH:mm:ss')'");

    private final ScalingRules rules;
    private final int most;
    private final Instant now;

    ScheduledActions(ScalingRules rules, int most, Instant now) {
        this.rules = rules;
        this.most = most;
        this.now = now;
    }

    /** An action, and when it happens if it does so once only. */
    private record Wanted(ScheduledAction action, Optional<Instant> once) {}

    /** Why AWS cannot do what a window says. */
    static Stream<String> refusals(Window window) {
        return Stream.of(AwsCron.translate(window.start()), AwsCron.translate(window.end()))
                .filter(Refused.class::isInstance)
                .map(refused -> "window " + window.name() + ": " + ((Refused) refused).why());
    }

    /** When something happens next, in any order. */
    static Stream<Instant> times(ScalingRules rules, Instant after) {
        return Stream.concat(
                rules.turns().values().stream().filter(after::isBefore),
                windows(rules)
                        .flatMap(window -> Stream.of(window.start(), window.end())
                                .flatMap(cron -> Times.of(window, cron).after(after).stream())));
    }

    private static Stream<Window> windows(ScalingRules rules) {
        return rules.windows().stream()
                .filter(window -> refusals(window).findAny().isEmpty());
    }

    /** When one end of a window happens. */
    private record Times(ExecutionTime cron, ZoneId zone) {
        static Times of(Window window, String cron) {
            return new Times(ExecutionTime.forCron(PARSER.parse(cron)), ZoneId.of(window.timeZone()));
        }

        Optional<Instant> after(Instant instant) {
            return cron.nextExecution(instant.atZone(zone)).map(ZonedDateTime::toInstant);
        }
    }

    /** The next call on the way to what is wanted; empty when AWS has all of it. */
    Optional<ScalingCall> next(String resourceId, ScalingView has) {
        List<Wanted> wanted = wanted();
        Optional<ScalingCall> put = wanted.stream()
                .filter(want ->
                        want.once().filter(at -> !at.isAfter(now.plus(GRACE))).isEmpty())
                .map(Wanted::action)
                .filter(action -> !has.actions().contains(action))
                .findFirst()
                .map(action -> new ScalingCall.PutAction(resourceId, action));
        List<String> names = wanted.stream().map(want -> want.action().name()).toList();
        return put.or(() -> has.actions().stream()
                .map(ScheduledAction::name)
                .filter(name -> name.startsWith(ScalingRules.OURS + "-") && !names.contains(name))
                .min(Comparator.naturalOrder())
                .map(name -> new ScalingCall.DeleteAction(resourceId, name)));
    }

    private List<Wanted> wanted() {
        List<Wanted> again = new ArrayList<>();
        NavigableMap<Instant, String> once = new TreeMap<>();
        windows(rules).forEach(window -> {
            edge(window, "opens", window.start(), again, once);
            edge(window, "closes", window.end(), again, once);
        });
        Stream<Wanted> turns = rules.turns().entrySet().stream()
                .filter(turn -> turn.getValue().isAfter(now.minus(GRACE)))
                .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_TURNS)
                .map(turn -> once(turn.getKey(), turn.getValue()));
        Stream<Wanted> inPlace =
                once.entrySet().stream().limit(MOST_ONCE).map(time -> once(time.getValue(), time.getKey()));
        return Stream.of(again.stream(), turns, inPlace)
                .flatMap(wanted -> wanted)
                .toList();
    }

    /** The actions of one end of a window; what happens at the same time as something else has the same range, so that one is enough. */
    private void edge(Window window, String what, String cron, List<Wanted> again, Map<Instant, String> once) {
        String name = window.name() + "-" + what;
        Times times = Times.of(window, cron);
        Optional<Instant> next = times.after(now.minus(GRACE));
        Optional<Instant> odd = firstOdd(times, next);
        if (next.isPresent() && !next.equals(odd)) {
            Optional<Instant> end = odd.map(at -> at.minus(GRACE));
            again.add(again(window, name, cron, Optional.empty(), end, next.get()));
        }
        Optional<Instant> at = odd;
        for (int i = 0; i < AHEAD && at.isPresent() && isOdd(at.get()); i++) {
            once.putIfAbsent(at.get(), name + "-at-" + STAMP.format(at.get().atOffset(ZoneOffset.UTC)));
            at = times.after(at.get());
        }
        if (at.isPresent()) {
            // AWS's user guide says that an action also happens at its start, the API reference that a start is a bound and
            // no more. Right before it is due, both are right.
            Optional<Instant> from = at.map(time -> time.minus(GRACE));
            again.add(again(window, name + "-again", cron, from, Optional.empty(), at.get()));
        }
    }

    private boolean isOdd(Instant at) {
        return rules.calendar().leastAt(at) != rules.calendar().usuallyAt(at);
    }

    private Optional<Instant> firstOdd(Times times, Optional<Instant> next) {
        Optional<Instant> at = rules.turns().isEmpty() ? Optional.empty() : next;
        for (int i = 0; i < AHEAD && at.isPresent(); i++) {
            if (isOdd(at.get())) {
                return at;
            }
            at = times.after(at.get());
        }
        return Optional.empty();
    }

    /**
     * @param from before which it does not happen
     * @param to after which it does not happen
     * @param at a time that stands for all of them
     */
    private Wanted again(
            Window window, String name, String cron, Optional<Instant> from, Optional<Instant> to, Instant at) {
        return new Wanted(
                action(
                        name,
                        ((Translated) AwsCron.translate(cron)).schedule(),
                        Optional.of(window.timeZone()),
                        from,
                        to,
                        rules.calendar().usuallyAt(at)),
                Optional.empty());
    }

    private Wanted once(String name, Instant at) {
        String schedule = AT.format(at.atOffset(ZoneOffset.UTC));
        return new Wanted(
                action(
                        name,
                        schedule,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        rules.calendar().leastAt(at)),
                Optional.of(at));
    }

    private ScheduledAction action(
            String name,
            String schedule,
            Optional<String> timeZone,
            Optional<Instant> from,
            Optional<Instant> to,
            int least) {
        int min = Math.max(rules.base().min(), least);
        Range range = new Range(min, Math.max(min, rules.base().max()));
        return new ScheduledAction(
                ScalingRules.OURS + "-" + name,
                schedule,
                timeZone,
                from,
                to,
                OptionalInt.of(Math.min(range.min(), most)),
                OptionalInt.of(Math.min(range.max(), most)));
    }
}
