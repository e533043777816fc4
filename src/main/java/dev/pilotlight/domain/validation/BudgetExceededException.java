package dev.pilotlight.domain.validation;

/** Ends an evaluation that costs too much. */
final class BudgetExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BudgetExceededException() {
        super("evaluation budget exceeded", null, false, false);
    }
}
