package dev.pilotlight.testing;

import java.time.Duration;
import java.time.Instant;

/**
 * What the operator's clock shows, which may be wrong and may be slow, against AWS's.
 *
 * @param since AWS's time from which on the pace counts
 * @param shown what the operator's clock showed then
 * @param seconds of the operator's clock
 * @param inSeconds that pass meanwhile
 */
record OperatorTime(Instant since, Instant shown, long seconds, long inSeconds) {

    static OperatorTime right(Instant now) {
        return new OperatorTime(now, now, 1, 1);
    }

    /** The operator's clock at a time of AWS. */
    Instant at(Instant aws) {
        return shown.plus(Duration.between(since, aws).multipliedBy(seconds).dividedBy(inSeconds));
    }

    /** When AWS has it that the operator's clock shows this; never a moment too early. */
    Instant whenItShows(Instant operators) {
        Duration passes = Duration.between(shown, operators).multipliedBy(inSeconds);
        Duration whole = passes.dividedBy(seconds);
        boolean exact = whole.multipliedBy(seconds).equals(passes);
        return since.plus(exact ? whole : whole.plusNanos(1));
    }

    OperatorTime set(Instant now, Duration later) {
        return new OperatorTime(now, at(now).plus(later), seconds, inSeconds);
    }

    OperatorTime paced(Instant now, long ofTheOperator, long ofAws) {
        return new OperatorTime(now, at(now), ofTheOperator, ofAws);
    }
}
