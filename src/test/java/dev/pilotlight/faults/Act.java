package dev.pilotlight.faults;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a user does, and how one sees that it has come to its end. */
interface Act {

    /** Whatever has to be there before. */
    void prepare(Scene scene);

    void ask(Scene scene);

    default boolean isDone(Scene scene) {
        return scene.isConverged();
    }

    /** Asks for the second half, where there is one; the answer is whether there was. */
    default boolean next(Scene scene) {
        return false;
    }

    /** An endpoint serves and something is done to it, at the end of which it has to be as its spec says. */
    static Act onServing(String name, Consumer<Scene> done) {
        return of(name, Flow.PREVIEW::prepare, done, Scene::isConverged);
    }

    static Act of(String name, Consumer<Scene> prepare, Consumer<Scene> ask, Predicate<Scene> isDone) {
        return new Act() {
            @Override
            public void prepare(Scene scene) {
                prepare.accept(scene);
            }

            @Override
            public void ask(Scene scene) {
                ask.accept(scene);
            }

            @Override
            public boolean isDone(Scene scene) {
                return isDone.test(scene);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
