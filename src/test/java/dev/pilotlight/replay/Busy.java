package dev.pilotlight.replay;

import java.util.Arrays;

/** When busy containers will be free again: a heap of seconds, without a box for each of millions. */
final class Busy {
    private double[] heap = new double[64];
    private int size;

    int size() {
        return size;
    }

    /** The first to be free; infinite when none is busy. */
    double first() {
        return size == 0 ? Double.POSITIVE_INFINITY : heap[0];
    }

    void add(double until) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        int at = size++;
        while (at > 0 && heap[(at - 1) / 2] > until) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = until;
    }

    /** Takes out the first. */
    double free() {
        double first = heap[0];
        double last = heap[--size];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        return first;
    }

    void freeUntil(double second) {
        while (size > 0 && heap[0] <= second) {
            free();
        }
    }
}
