package dev.pilotlight.simulator.sagemaker;

/** EndpointStatus of the service model. */
enum EndpointStatus {
    OUT_OF_SERVICE("OutOfService"),
    CREATING("Creating"),
    UPDATING("Updating"),
    SYSTEM_UPDATING("SystemUpdating"),
    ROLLING_BACK("RollingBack"),
    IN_SERVICE("InService"),
    DELETING("Deleting"),
    FAILED("Failed"),
    UPDATE_ROLLBACK_FAILED("UpdateRollbackFailed");

    private final String text;

    EndpointStatus(String text) {
        this.text = text;
    }

    /** Whether no update and no delete is taken now. */
    boolean inProgress() {
        return switch (this) {
            case CREATING, UPDATING, SYSTEM_UPDATING, ROLLING_BACK, DELETING -> true;
            case OUT_OF_SERVICE, IN_SERVICE, FAILED, UPDATE_ROLLBACK_FAILED -> false;
        };
    }

    /** Whether InvokeEndpoint finds it. */
    boolean serves() {
        return switch (this) {
            case IN_SERVICE, UPDATING, SYSTEM_UPDATING, ROLLING_BACK -> true;
            case OUT_OF_SERVICE, CREATING, DELETING, FAILED, UPDATE_ROLLBACK_FAILED -> false;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
