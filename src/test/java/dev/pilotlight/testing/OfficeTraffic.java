package dev.pilotlight.testing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/**
 * Requests of an office: about 300 a minute from 8 to 18 o'clock of working days, universal time, and 30 otherwise. Days are busier and quieter,
 * so that a week ago says little about today; all of it is the same in every run.
 */
public final class OfficeTraffic {
    private OfficeTraffic() {}

    /** Requests of the minute that begins at {@code at}, {@code times} as many as usual. */
    public static double inMinute(Instant at, double times) {
        LocalDateTime local = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        boolean open = local.getDayOfWeek().getValue() <= 5 && local.getHour() >= 8 && local.getHour() < 18;
        double day = Math.exp(0.3 * new SplittableRandom(local.toLocalDate().toEpochDay()).nextGaussian());
        double mean = times * day * (open ? 300 : 30);
        SplittableRandom random = new SplittableRandom(at.getEpochSecond());
        return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
}
