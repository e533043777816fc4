package dev.pilotlight.replay;

import java.util.Arrays;

/** A list of seconds that grows. Millions of them are too many for boxes. */
final class Times {
    private double[] seconds = new double[1 << 12];
    private int size;

    void add(double second) {
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, size * 2);
        }
        seconds[size++] = second;
    }

    double[] toArray() {
        return Arrays.copyOf(seconds, size);
    }

    double[] sorted() {
        double[] all = toArray();
        Arrays.sort(all);
        return all;
    }
}
