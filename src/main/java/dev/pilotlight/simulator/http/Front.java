package dev.pilotlight.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.pilotlight.simulator.fault.Fault;
import dev.pilotlight.simulator.fault.FaultHook;
import dev.pilotlight.simulator.wire.AwsError;
import dev.pilotlight.simulator.wire.AwsRequest;
import dev.pilotlight.simulator.wire.AwsResponse;
import dev.pilotlight.simulator.wire.AwsService;
import dev.pilotlight.simulator.wire.Caller;
import dev.pilotlight.simulator.world.Accounts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes an AWS request off the wire, finds its service, account and fault, and writes the answer. */
public final class Front implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(Front.class.getName());
    private static final String DROPPED = "connection dropped";

    private final Router router;
    private final Accounts accounts;
    private final Supplier<FaultHook> faults;
    private final CallCounts counts;
    private final Caller anonymous;

    /** @param anonymous who calls without a signature, where a service allows that (STS web identities) */
    public Front(
            List<AwsService> services,
            Accounts accounts,
            Supplier<FaultHook> faults,
            CallCounts counts,
            Caller anonymous) {
        this.router = new Router(services);
        this.accounts = accounts;
        this.faults = faults;
        this.counts = counts;
        this.anonymous = anonymous;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            serve(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException, InterruptedException {
        Map<String, List<String>> headers = lowerCase(exchange.getRequestHeaders());
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (AwsChunked.applies(headers)) {
            body = AwsChunked.decode(body);
        }
        String path = exchange.getRequestURI().getRawPath();
        String rawQuery = exchange.getRequestURI().getRawQuery();
        Map<String, List<String>> query = Router.form(rawQuery == null ? "" : rawQuery);
        Optional<Signature> signature = Signature.of(headers, query);
        Router.Route route = router.route(path, headers, signature, body);
        String requestId = UUID.randomUUID().toString();

        Optional<AwsService> service = router.service(route.service());
        if (service.isEmpty()) {
            counts.called(route.service() + "." + route.operation());
            counts.ended(route.service() + "." + route.operation(), "UnknownOperationException");
            write(exchange, unknownService(route), requestId);
            return;
        }
        AwsRequest unnamed = new AwsRequest(
                exchange.getRequestMethod(),
                path,
                query,
                headers,
                body,
                route.service(),
                route.operation(),
                anonymous,
                requestId);
        answer(exchange, service.get(), unnamed, signature);
    }

    private void answer(HttpExchange exchange, AwsService service, AwsRequest unnamed, Optional<Signature> signature)
            throws IOException, InterruptedException {
        String operation = service.operationOf(unnamed);
        AwsRequest request = unnamed;
        String api = service.name() + "." + operation;
        long number = counts.called(api);
        Outcome outcome;
        try {
            request = signed(unnamed, operation, signature);
            Fault fault = faults.get()
                    .faultFor(new FaultHook.Call(service.name(), operation, request.caller(), number));
            switch (fault) {
                case Fault.DropBefore() -> {
                    counts.ended(api, DROPPED);
                    return;
                }
                case Fault.Refuse(int status, String code, String message) ->
                    throw new AwsError(status, code, message);
                case Fault.Delay(var duration) -> Thread.sleep(duration);
                case Fault.Duplicate() -> handle(service, request, operation);
                case Fault.LoseAnswer() -> {
                    handle(service, request, operation);
                    counts.ended(api, DROPPED);
                    return;
                }
                case Fault.None() -> {}
            }
            outcome = handle(service, request, operation);
        } catch (AwsError error) {
            outcome = new Outcome(service.errorAnswer(request, error), error.code());
        }
        counts.ended(api, outcome.code());
        write(exchange, outcome.response(), request.requestId());
    }

    private record Outcome(AwsResponse response, String code) {
        static Outcome of(AwsResponse response) {
            if (response.status() < 400) {
                return new Outcome(response, "ok");
            }
            String type = response.headers().get("x-amzn-ErrorType");
            return new Outcome(response, type == null ? "HTTP " + response.status() : type);
        }
    }

    private Outcome handle(AwsService service, AwsRequest request, String operation) {
        try {
            return Outcome.of(service.handle(request));
        } catch (AwsError error) {
            return new Outcome(service.errorAnswer(request, error), error.code());
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "simulator failed in " + service.name() + "." + operation, bug);
            AwsError failure = new AwsError(500, "InternalFailure", String.valueOf(bug.getMessage()));
            return new Outcome(service.errorAnswer(request, failure), failure.code());
        }
    }

    private AwsRequest signed(AwsRequest request, String operation, Optional<Signature> signature) {
        if (signature.isEmpty()) {
            if (operation.equals("AssumeRoleWithWebIdentity")) {
                return request;
            }
            throw new AwsError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        Caller caller = accounts.identify(
                signature.get().accessKeyId(), signature.get().region());
        return new AwsRequest(
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                request.body(),
                request.service(),
                operation,
                caller,
                request.requestId());
    }

    private static AwsResponse unknownService(Router.Route route) {
        String text = "{\"__type\":\"UnknownOperationException\",\"message\":\"no simulated service named "
                + route.service().replaceAll("[^A-Za-z0-9_.-]", "?") + "\"}";
        return new AwsResponse(
                404, Map.of("Content-Type", "application/x-amz-json-1.1"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpExchange exchange, AwsResponse response, String requestId) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
        response.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = response.body();
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head && !exchange.getResponseHeaders().containsKey("Content-Length")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
        }
        boolean silent = head || body.length == 0 || response.status() == 204 || response.status() == 304;
        exchange.sendResponseHeaders(response.status(), silent ? -1 : body.length);
        if (!silent) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        Map<String, List<String>> lower = new HashMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return lower;
    }
}
