package dev.pilotlight.simulator.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.simulator.sagemaker.Hosted;
import dev.pilotlight.simulator.sagemaker.HostedEndpoints;
import dev.pilotlight.simulator.sagemaker.Scenario;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.Scope;
import dev.pilotlight.simulator.world.HostingLimits;
import dev.pilotlight.simulator.world.Measurements;
import dev.pilotlight.simulator.world.Permissions;
import dev.pilotlight.simulator.world.SimulatorClock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SageMaker Runtime: InvokeEndpoint, rest-json.
 *
 * <p>A request takes its time on the simulator's clock. On a clock that is turned by hand the answer comes at once and
 * the time is only metered.
 */
public final class RuntimeService implements AwsService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH = Pattern.compile("/endpoints/([^/]+)/invocations");
    private static final Pattern NEEDS = Pattern.compile("needs-(\\d+)mb");
    /** AWS docs: request and response of serverless endpoints are limited to 4 MB. */
    private static final int MAX_BODY = 4 * 1024 * 1024;
    /** AWS docs: a container answers within 60 s, and starts within 3 minutes. */
    private static final Duration MAX_HANDLING = Duration.ofSeconds(60);

    private static final Duration MAX_START = Duration.ofMinutes(3);
    private static final Duration SLOW_START = Duration.ofSeconds(30);
    private static final double MB_PER_VCPU = 1769;

    private final HostedEndpoints endpoints;
    private final Fleets fleets;
    private final Measurements measurements;
    private final SimulatorClock clock;
    private final InvocationSettings settings;
    private final HostingLimits limits;
    private final Permissions permissions;
    private final SimulatedModel sentiment = new SentimentModel();
    private final SimulatedModel echo = new EchoModel();

    public RuntimeService(
            HostedEndpoints endpoints,
            Fleets fleets,
            Measurements measurements,
            SimulatorClock clock,
            InvocationSettings settings,
            HostingLimits limits,
            Permissions permissions) {
        this.endpoints = endpoints;
        this.fleets = fleets;
        this.measurements = measurements;
        this.clock = clock;
        this.settings = settings;
        this.limits = limits;
        this.permissions = permissions;
    }

    @Override
    public String name() {
        return "sagemaker-runtime";
    }

    @Override
    public String operationOf(AwsRequest request) {
        return PATH.matcher(request.path()).matches() ? "InvokeEndpoint" : "InvokeEndpointWithResponseStream";
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            throw new AwsError(400, "ValidationError", "Response streams are not simulated.");
        }
        String name = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
        Scope scope = request.scope();
        if (request.body().length > MAX_BODY) {
            throw new AwsError(400, "ValidationError", "Request " + request.requestId() + " has oversize body.");
        }
        Optional<Hosted> found = endpoints.serving(scope, name);
        permissions.require(
                request.caller(),
                "sagemaker:InvokeEndpoint",
                found.map(Hosted::endpointArn)
                        .orElse("arn:aws:sagemaker:" + scope.region() + ":" + scope.accountId() + ":endpoint/" + name),
                Map.of());
        Hosted hosted = found.orElseThrow(() -> new AwsError(
                400, "ValidationError", "Endpoint " + name + " of account " + scope.accountId() + " not found."));
        return invoke(request, scope, hosted);
    }

    @Override
    public AwsResponse errorAnswer(AwsRequest request, AwsError error) {
        ObjectNode body = JSON.createObjectNode();
        // Errors the service model declares carry Message; throttling is not declared and its message is null.
        boolean modelled = !error.code().equals("ThrottlingException");
        body.put(modelled ? "Message" : "message", error.getMessage());
        return answer(error.httpStatus(), "application/json", bytes(body)).with("x-amzn-ErrorType", error.code());
    }

    private AwsResponse invoke(AwsRequest request, Scope scope, Hosted hosted) {
        Fleet fleet = fleets.of(scope, hosted.endpointName());
        AtomicInteger running = fleets.running(scope);
        boolean accountHasRoom =
                running.incrementAndGet() <= limits.of(scope).totalConcurrency() || !hosted.serverless();
        try {
            Optional<Lease> lease = accountHasRoom ? fleet.lease(hosted, clock.now()) : Optional.empty();
            if (lease.isEmpty()) {
                fleet.throttled();
                new Measured(measurements, scope, hosted, clock.now()).throttled();
                throw new AwsError(400, "ThrottlingException", null);
            }
            Measured measured = new Measured(measurements, scope, hosted, clock.now());
            try {
                return answer(request, hosted, fleet, lease.get(), measured);
            } finally {
                fleet.giveBack(lease.get(), hosted, clock.now());
            }
        } finally {
            running.decrementAndGet();
        }
    }

    private AwsResponse answer(AwsRequest request, Hosted hosted, Fleet fleet, Lease lease, Measured measured) {
        if (lease.cold() && hosted.scenario() == Scenario.NOT_READY) {
            // AWS docs: resources of a serverless variant are still being provisioned. The text is assumed.
            throw new AwsError(429, "ModelNotReadyException", "The model is not ready to serve requests. Try again.");
        }
        Duration start = lease.cold() ? coldStart(hosted) : Duration.ZERO;
        Duration handling = handling(hosted);
        measured.begun(lease, fleet.executions(lease, hosted, clock.now(), start.plus(handling)));
        boolean late = start.compareTo(MAX_START) > 0 || handling.compareTo(MAX_HANDLING) > 0;
        pass(start.plus(late ? MAX_HANDLING : handling));
        boolean memory = hosted.serverless() && hosted.memory() < memoryNeeded(hosted);
        String contentType = request.header("content-type").orElse("");
        SimulatedModel.Answer answer = memory || late ? null : model(hosted).answer(contentType, request.body());
        int status = late || memory ? 500 : answer.status();
        measured.answered(lease, start, late ? MAX_HANDLING : handling, status);
        Duration billed = settings.billsColdStart() ? start.plus(handling) : handling;
        fleet.served(lease, hosted, billed, request.body().length, answer == null ? 0 : answer.body().length);
        if (late) {
            return modelError(
                    request,
                    hosted,
                    fleet,
                    0,
                    "Your invocation timed out while waiting for a response from container primary. Review the latency"
                            + " metrics for each container in Amazon CloudWatch, resolve the issue, and try again.");
        }
        if (memory) {
            return modelError(request, hosted, fleet, 0, "insufficient memory");
        }
        if (answer.status() >= 400) {
            return modelError(
                    request, hosted, fleet, answer.status(), new String(answer.body(), StandardCharsets.UTF_8));
        }
        AwsResponse response = answer(200, answer.contentType(), answer.body())
                .with("x-Amzn-Invoked-Production-Variant", hosted.variant());
        Optional<String> attributes = request.header("x-amzn-sagemaker-custom-attributes");
        return attributes.isEmpty() ? response : response.with("X-Amzn-SageMaker-Custom-Attributes", attributes.get());
    }

    /** Observed text; of the original status 0 and of {@code insufficient memory} only the words themselves. */
    private AwsResponse modelError(AwsRequest request, Hosted hosted, Fleet fleet, int status, String message) {
        fleet.modelError();
        Scope scope = request.scope();
        String group = "/aws/sagemaker/Endpoints/" + hosted.endpointName();
        String side = status >= 400 && status < 500 ? "client" : "server";
        ObjectNode body = JSON.createObjectNode();
        body.put(
                "ErrorCode", status >= 400 && status < 500 ? "CLIENT_ERROR_FROM_MODEL" : "INTERNAL_FAILURE_FROM_MODEL");
        body.put("OriginalStatusCode", status);
        body.put("OriginalMessage", message);
        body.put("LogStreamArn", "arn:aws:logs:" + scope.region() + ":" + scope.accountId() + ":log-group:" + group);
        body.put(
                "Message",
                "Received " + side + " error (" + status + ") from primary with message \"" + message
                        + "\". See https://"
                        + scope.region() + ".console.aws.amazon.com/cloudwatch/home?region=" + scope.region()
                        + "#logEventViewer:group=" + group + " in account " + scope.accountId()
                        + " for more information.");
        return answer(424, "application/json", bytes(body)).with("x-amzn-ErrorType", "ModelError");
    }

    private SimulatedModel model(Hosted hosted) {
        return hosted.imageNames().stream().anyMatch(name -> name.contains("echo")) ? echo : sentiment;
    }

    private Duration coldStart(Hosted hosted) {
        double gib = hosted.imageSizeInBytes() / (double) (1L << 30);
        Duration start = settings.coldStartBase()
                .plusMillis(Math.round(settings.coldStartPerGiB().toMillis() * gib));
        return hosted.scenario() == Scenario.SLOW_START ? start.plus(SLOW_START) : start;
    }

    private Duration handling(Hosted hosted) {
        double share = hosted.serverless() ? Math.min(1, hosted.memory() / MB_PER_VCPU) : 1;
        return Duration.ofMillis(Math.round(settings.handling().toMillis() / share));
    }

    private int memoryNeeded(Hosted hosted) {
        int asked = hosted.imageNames().stream()
                .map(NEEDS::matcher)
                .filter(Matcher::find)
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElse(0);
        int configured = settings.memoryNeeds().entrySet().stream()
                .filter(need -> hosted.image().contains("/" + need.getKey()))
                .mapToInt(Map.Entry::getValue)
                .max()
                .orElse(0);
        return Math.max(asked, configured);
    }

    private void pass(Duration duration) {
        try {
            clock.pass(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsError(503, "ServiceUnavailable", "The simulator stops.");
        }
    }

    private static AwsResponse answer(int status, String contentType, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType);
        return new AwsResponse(status, headers, body);
    }

    private static byte[] bytes(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
