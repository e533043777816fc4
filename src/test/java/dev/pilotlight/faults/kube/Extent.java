package dev.pilotlight.faults.kube;

import java.util.List;
import java.util.stream.IntStream;

/** How much of a row is run: all of it with {@code -Dpilotlight.faults.full=true}, otherwise enough to notice when it breaks. */
final class Extent {
    private static final boolean FULL = Boolean.getBoolean("pilotlight.faults.full");

    private Extent() {}

    static <T> List<T> of(List<T> all, int few) {
        return FULL ? all : all.subList(0, Math.min(few, all.size()));
    }

    /** The numbers of the calls at which something happens: every one, or every third from the second on. */
    static IntStream calls(int most) {
        return IntStream.rangeClosed(1, most).filter(number -> FULL || number % 3 == 2);
    }
}
