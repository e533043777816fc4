package dev.pilotlight.operator.endpoint;

import dev.pilotlight.api.v1alpha1.ModelSpec;
import dev.pilotlight.aws.AwsSession;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.Readings;
import dev.pilotlight.domain.hosting.Location;
import dev.pilotlight.domain.preflight.ArchiveFacts;
import dev.pilotlight.domain.preflight.Facts;
import dev.pilotlight.domain.preflight.Facts.Scope;
import dev.pilotlight.domain.preflight.ImageFacts;
import dev.pilotlight.domain.preflight.Quotas;
import dev.pilotlight.domain.preflight.Reading;
import dev.pilotlight.domain.preflight.RoleFacts;
import dev.pilotlight.operator.endpoint.Gathered.Access;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the checks before a change go by, outside of reconciling. A pass asks; the facts wait here for the pass that is woken when
 * they are there, and only for the revision they are about. What was read for one object serves the others of its namespace for a
 * minute, and an account's quotas serve everybody for an hour. All of it can be lost: it is read again.
 */
final class Inspector {
    private static final Logger log = LoggerFactory.getLogger(Inspector.class);
    private static final Duration SHARED = Duration.ofMinutes(1);
    private static final String TAG_ONLY = "tag of ";
    private static final Duration QUOTAS_SHARED = Duration.ofHours(1);

    /** What we did wrong we would do wrong again. */
    private static final Duration AFTER_ERROR = Duration.ofSeconds(30);

    private final NamespaceShares shares;
    private final AwsSessions sessions;
    private final Finished finished;
    private final Clock clock;
    private final FactsCache<Source, ImageFacts> images;
    private final FactsCache<Source, ArchiveFacts> archives;
    private final FactsCache<Source, RoleFacts> roles;
    private final FactsCache<Location, Quotas> quotas;
    private final Map<String, Result> results = new ConcurrentHashMap<>();
    private final Set<Key> started = new HashSet<>();
    private final Set<Key> forgotten = new HashSet<>();

    /** Wakes the object whose round has ended. */
    @FunctionalInterface
    interface Finished {

        /**
         * @param retry how long to wait before trying again; zero when there are facts
         */
        void finished(Round round, Duration retry);
    }

    /** Whose round it is; a result of another revision is stale. */
    record Key(String uid, String revision, Scope scope) {}

    /**
     * One round of reading for one revision.
     *
     * @param notBefore facts read earlier are not good enough
     */
    record Round(String namespace, String name, Key key, Instant notBefore, ModelSpec model, Access access) {}

    private record Result(String revision, Facts facts) {}

    /** A thing in AWS as one session sees it: nothing is shared between namespaces. */
    private record Source(Access access, String thing) {}

    Inspector(NamespaceShares shares, AwsSessions sessions, Finished finished, Clock clock) {
        this.shares = shares;
        this.sessions = sessions;
        this.finished = finished;
        this.clock = clock;
        this.images = new FactsCache<>(clock, SHARED);
        this.archives = new FactsCache<>(clock, SHARED);
        this.roles = new FactsCache<>(clock, SHARED);
        this.quotas = new FactsCache<>(clock, QUOTAS_SHARED);
    }

    /** Starts the round, unless one is under way or has ended since. */
    void start(Round round) {
        synchronized (this) {
            if (isAnswered(round) || !started.add(round.key())) {
                return;
            }
        }
        shares.execute(round.namespace(), () -> perform(round));
    }

    private boolean isAnswered(Round round) {
        return facts(round.key().uid(), round.key().revision())
                .filter(facts -> facts.covers(round.key().scope()))
                .filter(facts -> !facts.readAt().isBefore(round.notBefore()))
                .isPresent();
    }

    /** The last facts about a revision of an object. */
    Optional<Facts> facts(String uid, String revision) {
        return Optional.ofNullable(results.get(uid))
                .filter(result -> result.revision().equals(revision))
                .map(Result::facts);
    }

    /** The quotas of an account in a Region as last read; empty where nobody had to read them yet. */
    Optional<Quotas> quotas(Location location) {
        return quotas.last(location);
    }

    /** What is known about an object, or is being read, is read again before it is next used. */
    synchronized void forget(String uid) {
        results.remove(uid);
        started.stream().filter(key -> key.uid().equals(uid)).forEach(forgotten::add);
    }

    /** As {@link #forget(String)}, together with what other objects shared. */
    void forget(String uid, ModelSpec model, Access access) {
        forget(uid);
        images.forget(new Source(access, model.image()));
        images.forget(new Source(access, TAG_ONLY + model.image()));
        archives.forget(new Source(access, String.valueOf(model.modelDataURL())));
        roles.forget(new Source(access, model.executionRoleARN()));
        quotas.forget(access.location());
    }

    /** No round is under way or waiting. */
    synchronized boolean idle() {
        return started.isEmpty();
    }

    private void perform(Round round) {
        Optional<Facts> facts = Optional.empty();
        try {
            facts = Optional.of(read(round));
        } catch (RuntimeException e) {
            log.error("inspection of {}/{} ended in an error of ours", round.namespace(), round.name(), e);
        } finally {
            ended(round.key(), facts);
            finished.finished(round, facts.isPresent() ? Duration.ZERO : AFTER_ERROR);
        }
    }

    private synchronized void ended(Key key, Optional<Facts> facts) {
        started.remove(key);
        if (!forgotten.remove(key)) {
            facts.ifPresent(read -> results.put(key.uid(), new Result(key.revision(), read)));
        }
    }

    /** Reads what the scope asks; where AWS could not answer all of it the last time, only the rest. */
    private Facts read(Round round) {
        Scope scope = round.key().scope();
        Optional<Facts> before =
                facts(round.key().uid(), round.key().revision()).filter(facts -> facts.covers(scope));
        Optional<Facts> partial = before.filter(facts -> facts.unavailable().isPresent());
        boolean again = before.isPresent();
        ModelSpec model = round.model();
        Access access = round.access();
        Optional<Reading<ImageFacts>> image = scope == Scope.QUOTAS
                ? Optional.empty()
                : answered(partial.flatMap(Facts::image))
                        .or(() -> Optional.of(image(scope, access, model.image(), again)));
        Optional<Reading<ArchiveFacts>> archive = scope != Scope.REVISION || model.modelDataURL() == null
                ? Optional.empty()
                : answered(partial.flatMap(Facts::archive))
                        .or(() -> Optional.of(archives.get(
                                new Source(access, model.modelDataURL()),
                                again,
                                () -> look(access, session -> session.archives().look(model.modelDataURL())))));
        Optional<Reading<RoleFacts>> role = scope != Scope.REVISION
                ? Optional.empty()
                : answered(partial.flatMap(Facts::role))
                        .or(() -> Optional.of(roles.get(
                                new Source(access, model.executionRoleARN()),
                                again,
                                () -> look(access, session -> session.roles().look(model.executionRoleARN())))));
        Optional<Reading<Quotas>> account = scope == Scope.IMAGE
                ? Optional.empty()
                : answered(partial.flatMap(Facts::quotas))
                        .or(() -> Optional.of(quotas.get(
                                access.location(),
                                again,
                                () -> look(
                                        access,
                                        session -> Optional.of(session.quotas().read())))));
        Instant now = clock.instant();
        Facts facts = new Facts(now, now, image, archive, role, account);
        return partial.isPresent() && facts.unavailable().isPresent()
                ? facts.since(partial.get().since())
                : facts;
    }

    /** What asks only for the digest spares itself the rest, and is no answer for those who ask for all. */
    private Reading<ImageFacts> image(Scope scope, Access access, String image, boolean again) {
        return scope == Scope.IMAGE
                ? images.get(
                        new Source(access, TAG_ONLY + image),
                        again,
                        () -> look(access, session -> session.images().resolve(image)))
                : images.get(
                        new Source(access, image),
                        again,
                        () -> look(access, session -> session.images().look(image)));
    }

    private static <T> Optional<Reading<T>> answered(Optional<Reading<T>> reading) {
        return reading.filter(read -> read.unavailable().isEmpty());
    }

    private <T> Reading<T> look(Access access, Function<AwsSession, Optional<T>> read) {
        return Readings.of(() -> read.apply(sessions.open(access.session())));
    }
}
