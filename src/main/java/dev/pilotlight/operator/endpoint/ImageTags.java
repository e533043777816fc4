package dev.pilotlight.operator.endpoint;

import dev.pilotlight.aws.AwsException;
import dev.pilotlight.aws.AwsSessions;
import dev.pilotlight.aws.SessionRequest;
import dev.pilotlight.domain.endpoint.Observed.ImageTag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the image tags in specs mean today. The slow tier's look at a registry: one call for each distinct image, session and period, however
 * many endpoints use it; spread over the period, so that a restart asks for none of them at once.
 */
final class ImageTags {
    private static final Logger log = LoggerFactory.getLogger(ImageTags.class);
    private static final Duration ANSWER_COMES = Duration.ofSeconds(15);

    private final AwsSessions sessions;
    private final Duration period;
    private final Clock clock;
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

    private record Key(SessionRequest session, String reference) {}

    /** What is known of one image; the digest is empty where the registry could not be read. */
    private record Entry(Optional<String> digest, Instant due) {}

    /**
     * @param period between two looks at one image
     */
    ImageTags(AwsSessions sessions, Duration period, Clock clock) {
        this.sessions = sessions;
        this.period = period;
        this.clock = clock;
    }

    /** What the tag means as far as is known; asks the registry if that is due. */
    ImageTag look(SessionRequest session, String reference) {
        Key key = new Key(session, reference);
        Instant now = clock.instant();
        Entry known = entries.computeIfAbsent(key, first -> new Entry(Optional.empty(), firstLook(first, now)));
        boolean setBack = known.due().isAfter(now.plus(period));
        if (now.isBefore(known.due()) && !setBack) {
            return new ImageTag(known.digest(), known.due());
        }
        Entry asking = new Entry(known.digest(), now.plus(ANSWER_COMES));
        if (!entries.replace(key, known, asking)) {
            return new ImageTag(known.digest(), asking.due());
        }
        Entry answered = new Entry(ask(session, reference), now.plus(period));
        entries.put(key, answered);
        entries.values().removeIf(entry -> entry.due().plus(period).isBefore(now));
        return new ImageTag(answered.digest(), answered.due());
    }

    private Instant firstLook(Key key, Instant now) {
        long spread = Math.floorMod((key.hashCode() * 0x9E3779B97F4A7C15L) >>> 20, period.toMillis());
        return now.plusMillis(spread);
    }

    private Optional<String> ask(SessionRequest session, String reference) {
        try {
            return sessions.open(session)
                    .images()
                    .resolve(reference)
                    .map(image -> image.reference().substring(image.reference().indexOf('@') + 1));
        } catch (AwsException e) {
            log.debug("cannot look at image {}: {}", reference, e.getMessage());
            return Optional.empty();
        }
    }
}
