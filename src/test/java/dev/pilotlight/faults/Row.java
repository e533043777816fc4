package dev.pilotlight.faults;

import java.util.function.Consumer;

/**
 * One kind of fault, and the experiments made with it.
 *
 * @param id such as F1
 */
record Row(String id, String title, Consumer<Lab> experiments) {

    void run(Lab lab) {
        lab.tally().row(id, title);
        experiments.accept(lab);
    }
}
