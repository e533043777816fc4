package dev.pilotlight.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How AWS is reached.
 *
 * @param endpointOverride one URL for all services, for the simulator; empty for AWS itself
 * @param accessKey static credentials of the pod, for development; empty for the SDK's default chain
 * @param controlPlaneTimeout for one SageMaker or ECR call
 * @param stsTimeout for one STS call
 * @param invokeTimeout for one InvokeEndpoint: a cold start may take three minutes, the answer one more (AWS docs: serverless
 *     endpoints, troubleshooting)
 * @param sessionDuration of an assumed role; AWS allows 15 minutes to 12 hours, one hour where roles are chained
 * @param rates our own limit of calls
 */
public record AwsSettings(
        Optional<URI> endpointOverride,
        Optional<AccessKey> accessKey,
        Duration controlPlaneTimeout,
        Duration stsTimeout,
        Duration invokeTimeout,
        Duration sessionDuration,
        RateSettings rates) {

    /** A static key pair. */
    public record AccessKey(String id, String secret) {
        @Override
        public String toString() {
            return "AccessKey[" + id + "]";
        }
    }

    /** 10 s, 10 s, 270 s, 1 h; AWS itself, or what {@code AWS_ENDPOINT_URL} says. */
    public static AwsSettings defaults() {
        return defaults(System.getenv());
    }

    /** Not left to the SDK: what a single URL for all services means has to be known here too. */
    static AwsSettings defaults(Map<String, String> environment) {
        return new AwsSettings(
                Optional.ofNullable(environment.get("AWS_ENDPOINT_URL"))
                        .filter(url -> !url.isBlank())
                        .map(URI::create),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(270),
                Duration.ofHours(1),
                RateSettings.defaults());
    }

    public AwsSettings withEndpointOverride(URI url) {
        return new AwsSettings(
                Optional.of(url), accessKey, controlPlaneTimeout, stsTimeout, invokeTimeout, sessionDuration, rates);
    }

    public AwsSettings withAccessKey(String id, String secret) {
        return new AwsSettings(
                endpointOverride,
                Optional.of(new AccessKey(id, secret)),
                controlPlaneTimeout,
                stsTimeout,
                invokeTimeout,
                sessionDuration,
                rates);
    }

    public AwsSettings withRates(RateSettings changed) {
        return new AwsSettings(
                endpointOverride, accessKey, controlPlaneTimeout, stsTimeout, invokeTimeout, sessionDuration, changed);
    }
}
