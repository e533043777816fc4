package dev.pilotlight.domain.endpoint;

/** Whether one more preview endpoint may be made in this account and Region now. */
public sealed interface PreviewSlot {

    /** Nobody asked, because no preview was about to begin when the pass looked. */
    record NotAsked() implements PreviewSlot {}

    /** It is this object's turn. */
    record Free() implements PreviewSlot {}

    /** Others have the slots, or wait longer; {@code why} stays the same while the queue moves. */
    record Taken(String why) implements PreviewSlot {}
}
