package dev.pilotlight.faults;

/**
 * Something that must not happen, and did.
 *
 * @param invariant such as I1
 * @param object namespace and name, or what else it is about
 * @param seen what was found instead
 */
record Violation(String invariant, String object, String seen) {
    @Override
    public String toString() {
        return invariant + " " + object + ": " + seen;
    }
}
