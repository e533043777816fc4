package dev.pilotlight.domain.hosting;

/** SageMaker's EndpointStatus (source: SageMaker API reference, DescribeEndpoint). */
public enum EndpointStatus {
    OUT_OF_SERVICE("OutOfService"),
    CREATING("Creating"),
    UPDATING("Updating"),
    SYSTEM_UPDATING("SystemUpdating"),
    ROLLING_BACK("RollingBack"),
    IN_SERVICE("InService"),
    DELETING("Deleting"),
    FAILED("Failed"),
    UPDATE_ROLLBACK_FAILED("UpdateRollbackFailed"),
    /** A value this version does not know: treated as moving, never acted on. */
    UNKNOWN("Unknown");

    private final String awsName;

    EndpointStatus(String awsName) {
        this.awsName = awsName;
    }

    /** The word AWS uses. */
    public String awsName() {
        return awsName;
    }

    /** Whether SageMaker refuses updates and deletion until the state has passed by itself. */
    public boolean isMoving() {
        return switch (this) {
            case CREATING, UPDATING, SYSTEM_UPDATING, ROLLING_BACK, DELETING, UNKNOWN -> true;
            case OUT_OF_SERVICE, IN_SERVICE, FAILED, UPDATE_ROLLBACK_FAILED -> false;
        };
    }

    /** Whether invocations are answered in this state. */
    public boolean serves() {
        return switch (this) {
            case IN_SERVICE, UPDATING, SYSTEM_UPDATING, ROLLING_BACK -> true;
            case OUT_OF_SERVICE, CREATING, DELETING, FAILED, UPDATE_ROLLBACK_FAILED, UNKNOWN -> false;
        };
    }

    /** Reads AWS's word; an unknown one becomes {@link #UNKNOWN}. */
    public static EndpointStatus ofAwsName(String name) {
        for (EndpointStatus status : values()) {
            if (status.awsName.equals(name)) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
