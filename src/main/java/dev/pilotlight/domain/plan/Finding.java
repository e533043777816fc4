package dev.pilotlight.domain.plan;

/**
 * Something a check found out about an endpoint before anything is created.
 *
 * @param code stable, one word in CamelCase
 * @param message the limit, the measured value and the way out
 */
public record Finding(String code, Severity severity, String message) {

    static Finding of(dev.pilotlight.domain.preflight.Finding finding, boolean onlyWarns) {
        return new Finding(
                finding.code(),
                switch (finding.severity()) {
                    case FAIL -> onlyWarns && !finding.check().alwaysHolds() ? Severity.WARNS : Severity.FAILS;
                    case WARN -> Severity.WARNS;
                    case NOT_CHECKED -> Severity.NOT_CHECKED;
                },
                finding.message());
    }

    /** What a finding means for the change. */
    public enum Severity {
        /** The operator would not go on. */
        FAILS,
        /** It would go on and say so. */
        WARNS,
        /** The check could not be made. */
        NOT_CHECKED
    }
}
