package dev.pilotlight.operator.endpoint;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Gives each namespace its share of the threads for slow calls, so that what hangs harms only its own. The first task of a namespace never
 * waits for another namespace, however many of them hang; what a namespace has beyond that comes out of what all share, in turns.
 */
public final class NamespaceShares {
    private final Executor executor;
    private final int perNamespace;
    private final int shared;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();
    private int beyondFirst;

    private record Start(String namespace, Runnable task) {}

    /**
     * @param executor must have a thread for whatever is handed to it: never more than {@code shared} and one for each namespace at a time
     * @param perNamespace the most tasks of one namespace at a time
     * @param shared the most tasks at a time that are not their namespace's only one
     */
    public NamespaceShares(Executor executor, int perNamespace, int shared) {
        this.executor = executor;
        this.perNamespace = perNamespace;
        this.shared = shared;
    }

    /** Runs the task as soon as the namespace's share has room; it must not throw. */
    public void execute(String namespace, Runnable task) {
        synchronized (this) {
            waiting.computeIfAbsent(namespace, key -> new ArrayDeque<>()).add(task);
        }
        startWhatMay();
    }

    private void startWhatMay() {
        for (Optional<Start> next = next(); next.isPresent(); next = next()) {
            Start start = next.get();
            executor.execute(() -> run(start));
        }
    }

    private void run(Start start) {
        try {
            start.task().run();
        } finally {
            ended(start.namespace());
            startWhatMay();
        }
    }

    private synchronized Optional<Start> next() {
        Optional<String> turn = waiting.keySet().stream().filter(this::mayStart).findFirst();
        return turn.map(namespace -> {
            if (running.merge(namespace, 1, Integer::sum) > 1) {
                beyondFirst++;
            }
            Queue<Runnable> tasks = waiting.remove(namespace);
            Runnable task = tasks.remove();
            if (!tasks.isEmpty()) {
                // Behind the others: what is shared goes round.
                waiting.put(namespace, tasks);
            }
            return new Start(namespace, task);
        });
    }

    private boolean mayStart(String namespace) {
        int count = running.getOrDefault(namespace, 0);
        return count == 0 || (count < perNamespace && beyondFirst < shared);
    }

    private synchronized void ended(String namespace) {
        if (running.merge(namespace, -1, Integer::sum) == 0) {
            running.remove(namespace);
        } else {
            beyondFirst--;
        }
    }
}
