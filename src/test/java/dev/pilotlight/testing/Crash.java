package dev.pilotlight.testing;

/**
 * The operator's process ends here. Thrown by a {@link dev.pilotlight.aws.CallBoundary} that a story placed; {@link World} then lets the
 * dead operator make no call any more, and starts another one as a kubelet would. An {@link Error}, because nothing in the operator may
 * catch it.
 */
public final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    public Crash(String where) {
        super(where, null, false, false);
    }
}
