package dev.pilotlight.aws;

/**
 * The answer to a mutating call.
 *
 * @param operation API operation with its service, for example {@code sagemaker:CreateEndpoint}
 * @param arn ARN that AWS answered with; empty where the operation answers with none
 * @param requestId AWS request id, for the event that records the call
 */
public record Receipt(String operation, String arn, String requestId) {}
