package dev.pilotlight.simulator.wire;

/** An error that AWS would answer; the service that handles the request writes it in its own wire format. */
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final String code;

    /**
     * @param httpStatus HTTP status, for example 400
     * @param code AWS error code, for example {@code ValidationException}
     * @param message error text; null is a legal answer (SageMaker Runtime throttles with a null message)
     */
    public AwsError(int httpStatus, String code, String message) {
        super(message, null, false, false);
        this.httpStatus = httpStatus;
        this.code = code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public String code() {
        return code;
    }
}
