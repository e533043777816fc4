package dev.pilotlight.simulator.world;

import dev.pilotlight.simulator.wire.Scope;
import java.util.Map;

/** A part of the world that shows what exists in it, for {@code GET /_pilotlight/state}. Looking changes nothing. */
public interface Inspectable {

    /** The key under which the content is shown, for example {@code images}. */
    String section();

    /** What exists, by account and Region, as values that Jackson can write. */
    Map<Scope, Object> inspect();
}
