package dev.pilotlight.inventory;

import dev.pilotlight.domain.hosting.EndpointSnapshot;
import dev.pilotlight.domain.hosting.EndpointStatus;
import dev.pilotlight.domain.hosting.EndpointSummary;
import dev.pilotlight.domain.hosting.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is known of one endpoint name. Guarded by its {@link Shelf}. */
final class EndpointEntry {

    private String name;
    private boolean present;
    private boolean dirty;
    private long touched;
    private Optional<EndpointSummary> row = Optional.empty();
    private Optional<EndpointSnapshot> snapshot = Optional.empty();
    private Optional<Act> act = Optional.empty();
    private Optional<Tags> tags = Optional.empty();

    EndpointEntry(String name) {
        this.name = name;
    }

    /**
     * Something we did ourselves and that AWS may not show yet.
     *
     * @param before what AWS had before it
     * @param until from when on AWS is believed whatever it says
     */
    private record Act(EndpointStatus status, Optional<EndpointSnapshot> before, Instant until) {

        boolean unseenIn(Optional<EndpointSnapshot> answer, Instant now) {
            if (!now.isBefore(until)) {
                return false;
            }
            boolean creation = status == EndpointStatus.CREATING;
            return answer.isEmpty() ? creation : answer.equals(before);
        }
    }

    /** The tags of the endpoint, read from the one created at {@code creationTime}; empty right after our own creation. */
    private record Tags(Optional<Instant> creationTime, Map<String, String> all) {}

    String name() {
        return name;
    }

    boolean present() {
        return present;
    }

    /** The row of the last listing that had it. */
    Optional<EndpointSummary> row() {
        return row;
    }

    Optional<EndpointSnapshot> snapshot() {
        return snapshot;
    }

    boolean described() {
        return snapshot.isPresent();
    }

    /** Whether our own act came after {@code tick}, so that what was read since then may be older than it. */
    boolean touchedSince(long tick) {
        return touched > tick;
    }

    Optional<EndpointStatus> status() {
        return snapshot.map(EndpointSnapshot::status).or(() -> row.map(EndpointSummary::status));
    }

    /** What is known, where that is enough to answer with. */
    Optional<Sighting<EndpointSnapshot>> sighting() {
        if (!present) {
            return Optional.of(new Sighting.Absent<>());
        }
        if (dirty || tags.isEmpty()) {
            return Optional.empty();
        }
        return snapshot.map(seen -> new Sighting.Present<>(seen, tags.get().all()));
    }

    boolean tagsKnown(EndpointSnapshot seen) {
        return tags.filter(known ->
                        known.creationTime().map(seen.creationTime()::equals).orElse(true))
                .isPresent();
    }

    void soil() {
        dirty = true;
    }

    /** What is known may be untrue, tags included. */
    void doubt() {
        dirty = present;
        tags = Optional.empty();
    }

    void created(EndpointSnapshot provisional, Map<String, String> given, long tick, Instant until) {
        name = provisional.name();
        present = true;
        dirty = false;
        touched = tick;
        row = Optional.empty();
        act = Optional.of(new Act(EndpointStatus.CREATING, Optional.empty(), until));
        snapshot = Optional.of(provisional);
        tags = Optional.of(new Tags(Optional.empty(), given));
    }

    /** We set the endpoint in motion; where it was never described the next look has to. */
    void moving(EndpointStatus status, long tick, Instant until) {
        touched = tick;
        act = Optional.of(new Act(status, snapshot, until));
        dirty = snapshot.isEmpty();
        snapshot = snapshot.map(seen -> withStatus(seen, status));
    }

    /** We changed tags ourselves; where they were never read the next look reads them. */
    void retagged(UnaryOperator<Map<String, String>> change, long tick) {
        touched = tick;
        tags = tags.map(known -> new Tags(known.creationTime(), change.apply(known.all())));
    }

    void verified(EndpointSnapshot known, Map<String, String> given) {
        if (snapshot.isEmpty()) {
            snapshot = Optional.of(known);
            tags = Optional.of(new Tags(Optional.of(known.creationTime()), given));
            dirty = row.filter(seen -> !agree(seen, known)).isPresent();
        }
    }

    /**
     * Takes one row of a listing.
     *
     * @return whether it tells of a change
     */
    boolean listed(EndpointSummary seen) {
        name = seen.name();
        boolean appeared = !present;
        present = true;
        boolean changed = !row.map(seen::equals).orElse(false) && !agreesWithSnapshot(seen);
        if (changed && snapshot.isPresent()) {
            dirty = true;
        }
        boolean known = row.isPresent() || snapshot.isPresent();
        row = Optional.of(seen);
        return appeared || (changed && known);
    }

    private boolean agreesWithSnapshot(EndpointSummary seen) {
        if (act.isPresent()) {
            // Made by us, its times are not AWS's: only the status can be compared.
            return snapshot.filter(made -> made.status() == seen.status()).isPresent();
        }
        return snapshot.filter(known -> agree(seen, known)).isPresent();
    }

    private static boolean agree(EndpointSummary seen, EndpointSnapshot known) {
        return seen.status() == known.status()
                && seen.creationTime().equals(known.creationTime())
                && seen.lastModifiedTime().equals(known.lastModifiedTime());
    }

    /** Whether a listing that began after our last act may leave the name out without its being gone. */
    boolean maySettle(Instant now) {
        return act.filter(own -> own.unseenIn(Optional.empty(), now)).isPresent();
    }

    /** Takes the answer of a Describe; what our own act cannot have reached yet changes nothing. */
    void described(Optional<EndpointSnapshot> answer, Optional<TagRead> read, Instant now) {
        dirty = false;
        if (act.filter(own -> own.unseenIn(answer, now)).isPresent()) {
            answer.ifPresent(seen ->
                    snapshot = Optional.of(withStatus(seen, act.map(Act::status).orElseThrow())));
            read.ifPresent(
                    seen -> tags = Optional.of(new Tags(answer.map(EndpointSnapshot::creationTime), seen.tags())));
            return;
        }
        act = Optional.empty();
        if (answer.isEmpty()) {
            forget();
            return;
        }
        EndpointSnapshot seen = answer.get();
        name = seen.name();
        present = true;
        snapshot = answer;
        tags = read.or(() -> tags.map(known -> new TagRead(known.all())))
                .map(known -> new Tags(Optional.of(seen.creationTime()), known.tags()));
    }

    private void forget() {
        present = false;
        dirty = false;
        row = Optional.empty();
        snapshot = Optional.empty();
        act = Optional.empty();
        tags = Optional.empty();
    }

    /** Whether a listing shows another endpoint of this name than the one we know. */
    boolean replacedBy(EndpointSummary seen) {
        return act.isEmpty()
                && snapshot.filter(known -> !Objects.equals(known.creationTime(), seen.creationTime()))
                        .isPresent();
    }

    static EndpointSnapshot provisional(String name, String arn, Instant now) {
        return new EndpointSnapshot(name, arn, EndpointStatus.CREATING, now, now, "", Optional.empty(), List.of());
    }

    private static EndpointSnapshot withStatus(EndpointSnapshot seen, EndpointStatus status) {
        return new EndpointSnapshot(
                seen.name(),
                seen.arn(),
                status,
                seen.creationTime(),
                seen.lastModifiedTime(),
                seen.configName(),
                seen.failureReason(),
                seen.variants());
    }
}
