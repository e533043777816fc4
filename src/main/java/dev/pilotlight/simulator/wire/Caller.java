package dev.pilotlight.simulator.wire;

/**
 * Who signed a request.
 *
 * @param accountId 12 digits
 * @param arn ARN of the principal, an assumed-role session or the account root
 * @param accessKeyId access key id of the signature
 * @param region Region of the credential scope
 */
public record Caller(String accountId, String arn, String accessKeyId, String region) {}
