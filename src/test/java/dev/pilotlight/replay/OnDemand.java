package dev.pilotlight.replay;

import java.util.Arrays;

/**
 * What became of requests at containers on demand. The one that was idle for the shortest time is used first; when none is idle, one starts
 * cold. Cold starts are not billed here, their requests are.
 *
 * @param coldStarts requests that waited for one
 * @param addedSeconds what they waited, ascending
 * @param busySeconds billed, without pings
 * @param pingSeconds billed for pings
 */
record OnDemand(int coldStarts, double[] addedSeconds, double busySeconds, double pingSeconds) {

    /** Shares of the mean idle time that next to no container (one in a hundred thousand) is given up before, or kept beyond. */
    private static final double ALWAYS_KEPT = 0.4;

    private static final double NEVER_KEPT = 2.4;

    /**
     * Requests at an interval, each as long as the others are on average.
     *
     * @param atOnce how many, so that as many containers are kept
     */
    record Pings(int atOnce, double everySeconds, double lastingSeconds) {
        static final Pings NONE = new Pings(0, Double.POSITIVE_INFINITY, 0);
    }

    static OnDemand replay(Workload workload, int[] requests, ColdModel model, Pings pings, Dice dice) {
        return new Pool(workload, model, pings, dice).run(requests);
    }

    /** Added latency at a quantile of all requests of a replay. */
    double addedAt(double quantile, int requests) {
        int warm = requests - coldStarts;
        int rank = (int) Math.ceil(quantile * requests) - 1;
        return rank < warm || coldStarts == 0 ? 0 : addedSeconds[Math.min(rank - warm, coldStarts - 1)];
    }

    private static final class Pool {
        private final Workload workload;
        private final ColdModel model;
        private final Pings pings;
        private final Dice dice;
        private final Dice.LogNormal idleLaw;
        private final Busy busy = new Busy();
        /** Since when idle containers are; the one that was used last is at the end. */
        private double[] idle = new double[64];

        private int idles;
        private final Times added = new Times();
        private double pingSeconds;

        private Pool(Workload workload, ColdModel model, Pings pings, Dice dice) {
            this.workload = workload;
            this.model = model;
            this.pings = pings;
            this.dice = dice;
            this.idleLaw = model.idleLaw(dice);
        }

        private OnDemand run(int[] requests) {
            double nextPing = workload.start();
            double busySeconds = 0;
            int cold = 0;
            for (int request : requests) {
                double now = workload.arrivals()[request];
                for (; nextPing <= now; nextPing += pings.everySeconds()) {
                    for (int i = 0; i < pings.atOnce(); i++) {
                        serve(nextPing, pings.lastingSeconds());
                    }
                    pingSeconds += pings.atOnce() * pings.lastingSeconds();
                }
                double duration = workload.durations()[request];
                busySeconds += duration;
                double waited = serve(now, duration);
                if (waited > 0) {
                    cold++;
                    added.add(waited);
                }
            }
            return new OnDemand(cold, added.sorted(), busySeconds, pingSeconds);
        }

        /** How long it waits for a container. */
        private double serve(double now, double duration) {
            while (busy.first() <= now) {
                if (idles == idle.length) {
                    idle = Arrays.copyOf(idle, idles * 2);
                }
                idle[idles++] = busy.free();
            }
            while (idles > 0) {
                if (isKept(now - idle[--idles])) {
                    busy.add(now + duration);
                    return 0;
                }
            }
            double cold = model.drawCold(dice);
            busy.add(now + cold + duration);
            return cold;
        }

        /** How long it is kept is drawn when it matters only: most were at work seconds ago. */
        private boolean isKept(double idleSeconds) {
            return idleSeconds < ALWAYS_KEPT * model.idleSeconds()
                    || (idleSeconds < NEVER_KEPT * model.idleSeconds() && idleSeconds <= idleLaw.draw());
        }
    }
}
