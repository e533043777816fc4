package dev.pilotlight.aws;

import java.util.function.Supplier;

/** Built when it is first needed: an SDK client costs tens of milliseconds, and most processes need few. */
final class Lazy<T> {

    private final Supplier<T> maker;
    private T made;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
