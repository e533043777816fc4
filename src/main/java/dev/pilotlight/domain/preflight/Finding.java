package dev.pilotlight.domain.preflight;

/**
 * What a check has to say.
 *
 * @param message names the limit, the measured value and the fix, and ends with a full stop
 */
public record Finding(Check check, String message) {

    public String code() {
        return check.code();
    }

    public Check.Severity severity() {
        return check.severity();
    }

    /** With its code, as conditions and events show it. */
    public String describe() {
        return "[" + code() + "] " + message;
    }
}
