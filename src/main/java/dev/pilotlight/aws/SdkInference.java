package dev.pilotlight.aws;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;

/** SageMaker Runtime on the AWS SDK. */
final class SdkInference implements Inference {

    private final SessionCalls calls;

    SdkInference(SessionCalls calls) {
        this.calls = calls;
    }

    @Override
    public Response invoke(Request request) {
        InvokeEndpointRequest invoke = InvokeEndpointRequest.builder()
                .overrideConfiguration(calls.credentials())
                .endpointName(request.endpointName())
                .contentType(request.contentType())
                .accept(request.accept().orElse(null))
                .inferenceId(request.inferenceID())
                .body(SdkBytes.fromByteArray(request.body()))
                .build();
        return calls.invoke("sagemaker:InvokeEndpoint", () -> answer(invoke));
    }

    private Response answer(InvokeEndpointRequest invoke) {
        long begun = System.nanoTime();
        try {
            InvokeEndpointResponse answer = calls.clients().runtime().invokeEndpoint(invoke);
            return new Response(
                    answer.sdkHttpResponse().statusCode(),
                    headers(answer.sdkHttpResponse()),
                    answer.body().asByteArray(),
                    since(begun),
                    SessionCalls.requestId(answer));
        } catch (ModelErrorException e) {
            return new Response(
                    Optional.ofNullable(e.originalStatusCode()).orElse(e.statusCode()),
                    Optional.ofNullable(e.awsErrorDetails())
                            .map(AwsErrorDetails::sdkHttpResponse)
                            .map(SdkInference::headers)
                            .orElse(Map.of()),
                    Optional.ofNullable(e.originalMessage()).orElse("").getBytes(StandardCharsets.UTF_8),
                    since(begun),
                    Optional.ofNullable(e.requestId()).orElse(""));
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Map<String, String> headers(SdkHttpResponse http) {
        Map<String, String> headers = new TreeMap<>();
        http.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), first(values)));
        return headers;
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? "" : values.getFirst();
    }
}
