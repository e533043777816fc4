package dev.pilotlight.faults;

import java.util.List;

/** What goes wrong in an experiment, and when. */
interface Trouble {

    /** For reports: enough to tell it from its neighbours. */
    String label();

    /** Before the user asks. */
    default void place(Scene scene) {}

    /** After the user asked, before anybody waits for the end. */
    default void meanwhile(Scene scene) {}

    /** Whether it happened at all; where it cannot any more, a sweep has come to its end. */
    default boolean met() {
        return true;
    }

    /** When the user has what was asked for. */
    default void lift(Scene scene) {}

    /** Whether everything has to be made exactly once, as without the trouble. */
    default boolean isExact() {
        return false;
    }

    /** Whether it is the trouble of one team, of which others notice nothing, whatever they ask for meanwhile. */
    default boolean isOneTeams() {
        return false;
    }

    /** Calls that AWS carried out and whose outcome nobody learned, by the name the simulator counts them under. */
    default List<String> unheard() {
        return List.of();
    }

    /** Nothing goes wrong but what the team does itself. */
    static Trouble none() {
        return new Trouble() {
            @Override
            public String label() {
                return "undisturbed";
            }

            @Override
            public boolean isOneTeams() {
                return true;
            }
        };
    }
}
