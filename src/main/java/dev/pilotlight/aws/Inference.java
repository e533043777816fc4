package dev.pilotlight.aws;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** SageMaker Runtime in one account and Region. Slow by nature (a cold start may take minutes): never called inside a reconcile. */
public interface Inference {

    /**
     * Invokes the endpoint once. An answer of the model, good or bad, is a {@link Response}; everything else (throttled, unknown endpoint,
     * denied) is an {@link AwsException}.
     */
    Response invoke(Request request);

    /**
     * @param inferenceID marks the call in the endpoint's captured data and logs, so that dashboards can leave it out
     */
    record Request(String endpointName, String contentType, Optional<String> accept, byte[] body, String inferenceID) {}

    /**
     * @param status HTTP status of the container: 200, or what a ModelError reports as OriginalStatusCode
     * @param headers lower-case names: {@code content-type}, {@code x-amzn-invoked-production-variant}, ...
     * @param requestID AWS request id
     */
    record Response(int status, Map<String, String> headers, byte[] body, Duration latency, String requestID) {}
}
