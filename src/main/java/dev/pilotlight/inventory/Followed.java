package dev.pilotlight.inventory;

import dev.pilotlight.domain.hosting.EndpointStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoints of one location that are between states, by key, and how soon they are worth a look. Guarded by its {@link Shelf}.
 *
 * <p>A state that takes minutes is not looked at every second of them. It is looked at closely in its first seconds, ever more seldom
 * while it goes on, and closely again around the time such states have usually ended here, so that the end is noticed at once when it
 * comes as expected, and within {@link #SELDOM} when it does not.
 */
final class Followed {

    /** A quarter of the time gone by may be added to it by not looking. */
    private static final int SHARE = 4;

    private static final Duration SELDOM = Duration.ofSeconds(10);

    /** How many of the latest ends say what is usual. */
    private static final int REMEMBERED = 5;

    /** What counts as the usual time while none was seen: one public measurement of a serverless create took 2 min 45 s. */
    private static final Duration CREATING_BEFORE_ANY_WAS_SEEN = Duration.ofSeconds(165);

    private static final double USUAL_FROM = 0.85;
    private static final double USUAL_UNTIL = 1.25;

    private final Duration closely;
    private final Map<String, Flight> flights = new LinkedHashMap<>();
    private final Map<EndpointStatus, Deque<Duration>> lasted = new EnumMap<>(EndpointStatus.class);

    /**
     * @param closely time between two looks that follow closely
     */
    Followed(Duration closely) {
        this.closely = closely;
    }

    /**
     * @param state empty when nobody knows yet
     * @param left when a listing no longer showed the state; a Describe has yet to say what came after it
     */
    private record Flight(Optional<EndpointStatus> state, Instant since, Optional<Instant> left) {}

    /** Somebody wants it followed, or we set it in motion ourselves: its time begins now. */
    void begin(String key, Optional<EndpointStatus> state, Instant now) {
        flights.put(key, new Flight(state, now, Optional.empty()));
    }

    /** AWS shows it in a state that passes; it may have been known to be in it. */
    void seen(String key, EndpointStatus state, Instant since) {
        Flight known = flights.get(key);
        boolean same = known != null && known.state().equals(Optional.of(state));
        flights.put(key, new Flight(Optional.of(state), same ? known.since() : since, Optional.empty()));
    }

    /** A listing shows it in its state no more. */
    void left(String key, Instant now) {
        flights.computeIfPresent(key, (same, flight) -> new Flight(flight.state(), flight.since(), Optional.of(now)));
    }

    /** It is at rest, or gone. */
    void landed(String key, Optional<EndpointStatus> rest, Instant now) {
        Flight flight = flights.remove(key);
        if (flight != null && flight.state().isPresent() && rest.equals(Optional.of(EndpointStatus.IN_SERVICE))) {
            Deque<Duration> times = lasted.computeIfAbsent(flight.state().get(), state -> new ArrayDeque<>());
            times.addLast(Duration.between(flight.since(), flight.left().orElse(now)));
            if (times.size() > REMEMBERED) {
                times.removeFirst();
            }
        }
    }

    boolean contains(String key) {
        Flight flight = flights.get(key);
        return flight != null && flight.left().isEmpty();
    }

    List<String> keys() {
        return flights.entrySet().stream()
                .filter(flight -> flight.getValue().left().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** When the next look is worth its call; empty when nothing is followed. */
    Optional<Instant> nextLook(Instant now) {
        return flights.values().stream()
                .filter(flight -> flight.left().isEmpty())
                .map(flight -> nextLook(flight, now))
                .min(Comparator.naturalOrder());
    }

    private Instant nextLook(Flight flight, Instant now) {
        Duration seldom = between(closely, Duration.between(flight.since(), now).dividedBy(SHARE), SELDOM);
        Deque<Duration> usual = flight.state().map(this::usual).orElseGet(ArrayDeque::new);
        if (usual.isEmpty()) {
            return now.plus(seldom);
        }
        Instant from = after(flight.since(), usual.stream().min(Comparator.naturalOrder()), USUAL_FROM);
        Instant until = after(flight.since(), usual.stream().max(Comparator.naturalOrder()), USUAL_UNTIL);
        if (!now.isBefore(from)) {
            return now.plus(now.isBefore(until) ? closely : seldom);
        }
        return now.plus(seldom).isBefore(from) ? now.plus(seldom) : latest(from, now.plus(closely));
    }

    private Deque<Duration> usual(EndpointStatus state) {
        Deque<Duration> seen = lasted.get(state);
        if (seen == null && state == EndpointStatus.CREATING) {
            return new ArrayDeque<>(List.of(CREATING_BEFORE_ANY_WAS_SEEN));
        }
        return seen == null ? new ArrayDeque<>() : seen;
    }

    private static Instant after(Instant since, Optional<Duration> usual, double share) {
        return since.plusMillis(Math.round(usual.orElse(Duration.ZERO).toMillis() * share));
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        if (wanted.compareTo(least) < 0) {
            return least;
        }
        return wanted.compareTo(most) > 0 ? most : wanted;
    }
}
