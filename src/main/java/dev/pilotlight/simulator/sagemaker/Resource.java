package dev.pilotlight.simulator.sagemaker;

import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A record with a name, an ARN and tags. Guarded by the lock of its {@link Hosting}. */
abstract class Resource {
    private static final int MAX_TAGS = 50;

    private final Kind kind;
    private final String name;
    private final String arn;
    private final long order;
    private final Instant created;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private int hiddenReads;
    private Instant hiddenUntil;
    private Runnable onChange = () -> {};

    /** @param order counts up with every record, so that equal creation times stay apart */
    Resource(Kind kind, Scope scope, String name, long order, Instant created) {
        this.kind = kind;
        this.name = name;
        this.arn = kind.arn(scope, name);
        this.order = order;
        this.created = created;
        this.hiddenUntil = created;
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    long order() {
        return order;
    }

    Instant created() {
        return created;
    }

    Instant lastModified() {
        return created;
    }

    void hide(HostingSettings.Consistency consistency) {
        hiddenReads = consistency.hiddenReads();
        hiddenUntil = created.plus(consistency.hiddenFor());
    }

    /** Looks for the record as an eventually consistent read does: the first looks may miss it. */
    boolean seenAt(Instant now) {
        if (hiddenReads > 0) {
            hiddenReads--;
            return false;
        }
        return !now.isBefore(hiddenUntil);
    }

    Map<String, String> tags() {
        return Collections.unmodifiableMap(tags);
    }

    /** Adds tags or overwrites their values. */
    void tag(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(tags);
        all.putAll(more);
        if (all.size() > MAX_TAGS) {
            throw tooMany();
        }
        tags.putAll(more);
        changed();
    }

    void untag(Collection<String> keys) {
        tags.keySet().removeAll(List.copyOf(keys));
        changed();
    }

    /** Who wants to know of every change. */
    void onChange(Runnable told) {
        onChange = told;
    }

    /** The record is not what it was. */
    final void changed() {
        onChange.run();
    }

    private AwsError tooMany() {
        return Errors.tooManyTags(arn);
    }
}
