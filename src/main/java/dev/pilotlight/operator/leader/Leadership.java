package dev.pilotlight.operator.leader;

/** Whether this process may change AWS. */
public interface Leadership {

    /** Whether this process believes it leads; cheap, for polling and readiness, never a licence to mutate. */
    boolean leading();

    /**
     * Called directly before each mutating AWS call.
     *
     * @throws NotLeading when this process does not lead, or cannot find out
     */
    void assertLeading();
}
