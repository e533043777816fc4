package dev.pilotlight.operator.leader;

/** For one replica and for development: there is nobody else. */
public final class AlwaysLeading implements Leadership {

    @Override
    public boolean leading() {
        return true;
    }

    @Override
    public void assertLeading() {
        // Nobody to ask.
    }
}
