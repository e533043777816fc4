package dev.pilotlight.domain.scaling;

import dev.pilotlight.domain.scaling.AwsCron.Translation.Refused;
import dev.pilotlight.domain.scaling.AwsCron.Translation.Translated;
import dev.pilotlight.domain.scaling.ScalableTarget.Range;
import dev.pilotlight.domain.scaling.ScalingRules.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
 * takes nothing from another. An action that comes again has only one range: an end of a window that asks for one thing on some days of the
 * week and for another on others becomes several actions, and where an exception makes some of the next times unlike the others, the action
 * leaves them out, and other actions take their place once each. So the schedule holds for as long as nobody is there to renew it.
 */
final class ScheduledActions {
    /** An action counts as about to happen for so long; AWS may be late, and takes no time that has passed. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** How many times of one action are looked at, and how many of them may be unlike the others. */
    private static final int AHEAD = 24;

    /** Of windows, in pieces: each has at most two actions. */
    private static final int MOST_ENDS = 64;

    /** Both with the ends of windows stay below AWS's limit of 200 for a target; the nearest are taken. */
    private static final int MOST_TURNS = 24;

    private static final int MOST_ONCE = 40;

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
                        .flatMap(window -> Stream.of(WindowEnd.opens(window), WindowEnd.closes(window)))
                        .flatMap(end -> end.after(after).stream()));
    }

    private static Stream<Window> windows(ScalingRules rules) {
        return rules.windows().stream()
                .filter(window -> refusals(window).findAny().isEmpty());
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
        ends().forEach(end -> actions(end, again, once));
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

    /** All ends of windows, in pieces as long as there is room for those. */
    private List<WindowEnd> ends() {
        List<WindowEnd> whole = windows(rules)
                .flatMap(window -> Stream.of(WindowEnd.opens(window), WindowEnd.closes(window)))
                .toList();
        List<WindowEnd> ends = new ArrayList<>();
        int room = MOST_ENDS - whole.size();
        for (WindowEnd end : whole) {
            List<WindowEnd> pieces = end.pieces(rules.calendar(), now);
            boolean fits = pieces.size() - 1 <= room;
            ends.addAll(fits ? pieces : List.of(end));
            room -= fits ? pieces.size() - 1 : 0;
        }
        return ends;
    }

    /** The actions of one end; what happens at the same time as something else has the same range, so that one is enough. */
    private void actions(WindowEnd end, List<Wanted> again, Map<Instant, String> once) {
        Optional<Instant> next = end.after(now.minus(GRACE));
        Optional<Instant> odd = firstOdd(end, next);
        if (next.isPresent() && !next.equals(odd)) {
            Optional<Instant> until = odd.map(at -> at.minus(GRACE));
            again.add(again(end, end.name(), Optional.empty(), until, next.get()));
        }
        Optional<Instant> at = odd;
        for (int i = 0; i < AHEAD && at.isPresent() && isOdd(at.get()); i++) {
            once.putIfAbsent(
                    at.get(), end.name() + "-at-" + STAMP.format(at.get().atOffset(ZoneOffset.UTC)));
            at = end.after(at.get());
        }
        if (at.isPresent()) {
            // AWS's user guide says that an action also happens at its start, the API reference that a start is a bound
            // and
            // no more. Right before it is due, both are right.
            Optional<Instant> from = at.map(time -> time.minus(GRACE));
            again.add(again(end, end.name() + "-again", from, Optional.empty(), at.get()));
        }
    }

    private boolean isOdd(Instant at) {
        return rules.calendar().leastAt(at) != rules.calendar().usuallyAt(at);
    }

    private Optional<Instant> firstOdd(WindowEnd end, Optional<Instant> next) {
        Optional<Instant> at = rules.turns().isEmpty() ? Optional.empty() : next;
        for (int i = 0; i < AHEAD && at.isPresent(); i++) {
            if (isOdd(at.get())) {
                return at;
            }
            at = end.after(at.get());
        }
        return Optional.empty();
    }

    /**
     * @param from before which it does not happen
     * @param to after which it does not happen
     * @param at a time that stands for all of them
     */
    private Wanted again(WindowEnd end, String name, Optional<Instant> from, Optional<Instant> to, Instant at) {
        return new Wanted(
                action(
                        name,
                        ((Translated) AwsCron.translate(end.cron())).schedule(),
                        Optional.of(end.timeZone()),
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
