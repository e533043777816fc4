package dev.pilotlight.simulator.wire;

/** One AWS service: takes a request that was routed to it and answers in that service's wire format. */
public interface AwsService {

    /** Signing name, for example {@code sagemaker}. */
    String name();

    /**
     * Name of the API operation of a request, used for counting, faults and permission checks. Services whose clients
     * name the operation in a header or form field return {@link AwsRequest#operation()}; the others read the path.
     */
    default String operationOf(AwsRequest request) {
        return request.operation();
    }

    /** Answers the request; an {@link AwsError} is turned into an answer by {@link #errorAnswer}. */
    AwsResponse handle(AwsRequest request);

    /** The error in this service's wire format. */
    AwsResponse errorAnswer(AwsRequest request, AwsError error);
}
