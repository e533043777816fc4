package dev.pilotlight.faults;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Reads along what is logged: by the operator at every level, whatever is shown, and by the libraries at the level they are set to. Only lines
 * with something in them that must not be there are kept.
 */
final class Logs implements AutoCloseable {
    private static final int LONGEST = 200;

    private final Logger everybody = Logger.getLogger("");
    private final Logger operators = Logger.getLogger("dev.pilotlight");
    private final Level levelBefore = operators.getLevel();
    private final boolean handedOnBefore = operators.getUseParentHandlers();
    private final Handler onEverybody = new Reader(false);
    private final Handler onOperators = new Reader(true);
    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    Logs() {
        everybody.addHandler(onEverybody);
        operators.addHandler(onOperators);
        // What was not shown before is not shown now either.
        operators.setUseParentHandlers(false);
        operators.setLevel(Level.ALL);
    }

    /** A line with a secret in it, as {@link Secrets} says; each is told once. */
    Optional<String> found() {
        return Optional.ofNullable(found.poll());
    }

    @Override
    public void close() {
        operators.setLevel(levelBefore);
        operators.setUseParentHandlers(handedOnBefore);
        operators.removeHandler(onOperators);
        everybody.removeHandler(onEverybody);
    }

    private final class Reader extends Handler {
        private final boolean handsOn;

        Reader(boolean handsOn) {
            this.handsOn = handsOn;
        }

        @Override
        public void publish(LogRecord line) {
            String text = line.getMessage() + " " + Arrays.toString(line.getParameters()) + trace(line.getThrown());
            Secrets.in(text)
                    .ifPresent(secret -> found.add(secret + " in a log of " + line.getLoggerName() + ": "
                            + text.substring(0, Math.min(LONGEST, text.length()))));
            Level shown = levelBefore == null ? everybody.getLevel() : levelBefore;
            if (handsOn && line.getLevel().intValue() >= shown.intValue()) {
                Arrays.stream(everybody.getHandlers())
                        .filter(handler -> handler != onEverybody)
                        .forEach(handler -> handler.publish(line));
            }
        }

        private static String trace(Throwable thrown) {
            StringWriter text = new StringWriter();
            if (thrown != null) {
                thrown.printStackTrace(new PrintWriter(text, true));
            }
            return text.toString();
        }

        @Override
        public void flush() {
            // Nothing is written anywhere.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
