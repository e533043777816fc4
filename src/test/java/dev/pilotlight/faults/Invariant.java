package dev.pilotlight.faults;

import dev.pilotlight.testing.proxy.KubeWrite;

/** Something that holds whatever goes wrong. It looks at a scene whenever something may have happened to it. */
abstract class Invariant {
    private final String id;
    private final String title;

    /**
     * @param id such as I1
     * @param title what has to hold, for people
     */
    Invariant(String id, String title) {
        this.id = id;
        this.title = title;
    }

    final String id() {
        return id;
    }

    final String title() {
        return title;
    }

    /** The operator is about to write; it waits meanwhile. */
    void onWrite(Scene scene, KubeWrite write, Findings findings) {}

    /** Everything that was due has been done. */
    void onStep(Scene scene, Findings findings) {}

    /** The user has what was asked for, and nothing is wrong any more. */
    void onDone(Scene scene, Findings findings) {}

    /** The object was deleted and is gone. */
    void onGone(Scene scene, Findings findings) {}
}
