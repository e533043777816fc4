package dev.pilotlight.replay;

/**
 * Target tracking as Application Auto Scaling does it: utilization of the slots as an average of every minute, an alarm after 3 minutes above
 * the target and one after 15 minutes below nine tenths of it, cooldowns of 300 seconds, whole slots in proportion. A minute without a request
 * has no point, so an alarm neither rises nor falls by it.
 */
final class Tracking {
    static final double TARGET = 0.7;
    private static final int MINUTES_HIGH = 3;
    private static final int MINUTES_LOW = 15;
    private static final double LOW = 0.9;
    private static final double COOLDOWN = 300;
    private static final int LEAST = 1;
    private static final int MOST = 200;

    private final Workload workload;
    private final double readiness;
    private final Schedule schedule = Schedule.empty();

    private int wanted = LEAST;
    private int capacity = LEAST;
    private double readyAt = Double.POSITIVE_INFINITY;
    private double lastChange = Double.NEGATIVE_INFINITY;
    private int high;
    private int low;

    Tracking(Workload workload, double readiness) {
        this.workload = workload;
        this.readiness = readiness;
    }

    /** What it would have done, given what came. */
    Schedule run() {
        double[] arrivals = workload.arrivals();
        double[] durations = workload.durations();
        Busy busy = new Busy();
        schedule.set(workload.start(), capacity);
        double minuteEnd = workload.start() + 60;
        double slotSeconds = 0;
        double lastLook = workload.start();
        int requests = 0;
        double end = workload.end();
        for (int i = workload.first(); minuteEnd <= end + 0.5; ) {
            boolean arrives = i < arrivals.length && arrivals[i] < minuteEnd;
            double now = arrives ? arrivals[i] : minuteEnd;
            while (busy.first() <= now) {
                double free = busy.first();
                slotSeconds += busy.size() * (free - lastLook);
                lastLook = free;
                busy.free();
            }
            slotSeconds += busy.size() * (now - lastLook);
            lastLook = now;
            if (readyAt <= now) {
                capacity = wanted;
                readyAt = Double.POSITIVE_INFINITY;
            }
            if (arrives) {
                requests++;
                if (busy.size() < capacity) {
                    busy.add(now + durations[i]);
                }
                i++;
            } else {
                schedule.pay(wanted * 60.0);
                look(minuteEnd, requests > 0 || slotSeconds > 0, slotSeconds / 60 / capacity);
                slotSeconds = 0;
                requests = 0;
                minuteEnd += 60;
            }
        }
        return schedule;
    }

    private void look(double now, boolean hasPoint, double utilization) {
        if (!hasPoint) {
            return;
        }
        high = utilization > TARGET ? high + 1 : 0;
        low = utilization < LOW * TARGET ? low + 1 : 0;
        boolean settled = readyAt == Double.POSITIVE_INFINITY && now - lastChange >= COOLDOWN;
        if (!settled) {
            return;
        }
        if (high >= MINUTES_HIGH) {
            change(now, Math.max(capacity + 1, (int) Math.ceil(capacity * utilization / TARGET)));
        } else if (low >= MINUTES_LOW && capacity > LEAST) {
            change(now, Math.min(capacity - 1, (int) Math.ceil(capacity * utilization / TARGET)));
        }
    }

    private void change(double now, int to) {
        int clamped = Math.clamp(to, LEAST, MOST);
        if (clamped == capacity) {
            return;
        }
        wanted = clamped;
        lastChange = now;
        high = 0;
        low = 0;
        if (clamped < capacity) {
            capacity = clamped;
            schedule.set(now, clamped);
        } else {
            readyAt = now + readiness;
            schedule.set(readyAt, clamped);
        }
    }
}
