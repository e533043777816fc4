package dev.pilotlight.simulator.wire;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request as an AWS client sent it, already told apart by service, operation, account and Region.
 *
 * @param method HTTP method in upper case
 * @param path raw path, still percent-encoded, starting with {@code /}
 * @param query decoded query parameters; a parameter without a value maps to the empty string
 * @param headers header names in lower case
 * @param body the whole body, with {@code aws-chunked} framing already taken off
 * @param service signing name from the credential scope ({@code sagemaker}, {@code sts}, {@code s3}, ...)
 * @param operation API operation, for example {@code CreateEndpoint}; empty where the service finds it in the path
 * @param caller who signed the request
 * @param requestId the id that goes back as {@code x-amzn-requestid}
 */
public record AwsRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        byte[] body,
        String service,
        String operation,
        Caller caller,
        String requestId) {

    /** First value of a header, by name without regard to case. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** First value of a query parameter. */
    public Optional<String> parameter(String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** Account and Region that this request reads and writes. */
    public Scope scope() {
        return new Scope(caller.accountId(), caller.region());
    }
}
