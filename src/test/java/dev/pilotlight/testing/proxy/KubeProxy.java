package dev.pilotlight.testing.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A reverse proxy in front of the API server, for one client. It passes everything on as it is, watches event by event, until a test
 * orders otherwise. Orders take effect before the methods return. Everything happens on one thread.
 */
public final class KubeProxy implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_MESSAGE = 64 << 20;
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "upgrade", "content-length", "transfer-encoding", "accept-encoding");

    private final Vertx vertx;
    private final Context loop;
    private final URI target;
    private final HttpServer server;
    private final HttpClient requests;
    private final WebSocketClient watches;
    private final ShownCluster received = new ShownCluster();
    private final ShownCluster shown = new ShownCluster();
    private final Map<String, JsonNode> lists = new ConcurrentHashMap<>();
    private final AtomicLong met = new AtomicLong();

    // Only touched on the loop.
    private final List<Rule> rules = new ArrayList<>();
    private final List<WatchStream> streams = new ArrayList<>();
    private final Map<String, Supplier<WatchDisturbance>> disturbances = new HashMap<>();
    private final Runnable written;
    private volatile Consumer<KubeWrite> witness = write -> {};
    private boolean away;

    private KubeProxy(URI target, Runnable written) {
        this.target = target;
        this.written = written;
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        loop = vertx.getOrCreateContext();
        requests = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setMaxPoolSize(64));
        watches = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setMaxConnections(64)
                .setMaxFrameSize(LARGEST_MESSAGE)
                .setMaxMessageSize(LARGEST_MESSAGE));
        server = vertx.createHttpServer(new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(LARGEST_MESSAGE)
                .setMaxWebSocketMessageSize(LARGEST_MESSAGE));
    }

    /**
     * Starts one on a free local port.
     *
     * @param written told of every write, before the API server gets it and when it has answered: whoever sent it may be gone by then
     */
    public static KubeProxy to(URI apiServer, Runnable written) {
        KubeProxy proxy = new KubeProxy(apiServer, written);
        proxy.server.requestHandler(proxy::accept);
        proxy.server
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return proxy;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    // ---- what a test orders

    /** Every such request has that fate until {@link #forgive()}. */
    public void meet(Predicate<KubeRequest> which, Fault fault) {
        meet(which, 0, Integer.MAX_VALUE, fault);
    }

    /**
     * Some such requests have that fate, counted from now.
     *
     * @param after so many that go well
     * @param times so many then that do not
     */
    public void meet(Predicate<KubeRequest> which, int after, int times, Fault fault) {
        onLoop(() -> rules.add(new Rule(which, after, times, fault)));
    }

    /** Requests have no fate any more. */
    public void forgive() {
        onLoop(rules::clear);
    }

    /** Requests that met a fault so far. */
    public long met() {
        return met.get();
    }

    /** Disturbs every watch of a kind, those that begin later too, until {@link #calm}. */
    public void disturb(String resource, Supplier<WatchDisturbance> disturbance) {
        onLoop(() -> {
            disturbances.put(resource, disturbance);
            streams.stream().filter(stream -> stream.of(resource)).forEach(stream -> stream.disturb(disturbance.get()));
        });
    }

    /** What was held back arrives, and watches of that kind are what they should be. */
    public void calm(String resource) {
        onLoop(() -> {
            disturbances.remove(resource);
            streams.stream().filter(stream -> stream.of(resource)).forEach(WatchStream::calm);
        });
    }

    /** Every watch ends, and may begin again. */
    public void cutWatches() {
        onLoop(() -> List.copyOf(streams).forEach(WatchStream::cut));
    }

    /** Every watch of that kind is told that its version is too old, so that it has to list anew. */
    public void expireWatches(String resource) {
        onLoop(() -> List.copyOf(streams).stream()
                .filter(stream -> stream.of(resource))
                .forEach(WatchStream::expire));
    }

    /** The API server is not there until {@link #back()}. */
    public void leave() {
        onLoop(() -> {
            away = true;
            List.copyOf(streams).forEach(WatchStream::cut);
        });
    }

    public void back() {
        onLoop(() -> away = false);
    }

    /** Sees every write just before the API server does, and holds it up for as long as it looks. */
    public void witness(Consumer<KubeWrite> seeing) {
        witness = seeing;
    }

    // ---- what a test sees

    /** What the client must believe. */
    public ShownCluster shown() {
        return shown;
    }

    /** What the client would believe if nothing were disturbed. */
    public ShownCluster received() {
        return received;
    }

    /** The last list of a kind as the API server gave it, to show again when it is old. */
    public JsonNode lastList(String resource) {
        return Optional.ofNullable(lists.get(resource))
                .orElseThrow(() -> new AssertionError("nobody listed " + resource));
    }

    /** Watches of a kind that are open. */
    public int watches(String resource) {
        return call(() ->
                (int) streams.stream().filter(stream -> stream.of(resource)).count());
    }

    /** Whether the client may believe something else than what is. */
    public boolean disturbing() {
        return call(() -> away || !rules.isEmpty() || !disturbances.isEmpty());
    }

    // ---- requests

    private void accept(HttpServerRequest request) {
        KubeRequest what = KubeRequest.of(request.method().name(), request.path(), request.query());
        Optional<Fault> fault =
                rules.stream().filter(rule -> rule.applies(what)).findFirst().map(Rule::fault);
        fault.ifPresent(f -> met.incrementAndGet());
        if (away || fault.filter(Fault.RequestLost.class::isInstance).isPresent()) {
            request.connection().close();
        } else if (fault.isPresent() && fault.get() instanceof Fault.Refused refused) {
            request.response()
                    .setStatusCode(refused.code())
                    .putHeader("Content-Type", "application/json")
                    .end(failure(refused.code(), refused.reason()).toString());
        } else if (what.verb().equals("watch")) {
            watch(request, what);
        } else {
            forward(request, what, fault);
        }
    }

    private void forward(HttpServerRequest request, KubeRequest what, Optional<Fault> fault) {
        request.body()
                .onSuccess(body -> witness(what, body))
                .compose(body -> requests.request(new RequestOptions()
                                .setMethod(request.method())
                                .setHost(target.getHost())
                                .setPort(target.getPort())
                                .setURI(request.uri()))
                        .compose(onward -> {
                            copy(request.headers(), onward.headers());
                            return onward.send(body);
                        }))
                .compose(answer -> answer.body().map(body -> new Answer(answer.statusCode(), answer.headers(), body)))
                .onComplete(end -> tellOfWrite(what))
                .onSuccess(answer -> answer(request, what, fault, answer))
                .onFailure(e -> request.connection().close());
    }

    private void tellOfWrite(KubeRequest what) {
        if (what.writes()) {
            written.run();
        }
    }

    private void witness(KubeRequest what, Buffer body) {
        tellOfWrite(what);
        if (what.writes() && body.length() > 0) {
            witness.accept(KubeWrite.of(what, body.toString()));
        }
    }

    private record Answer(int code, MultiMap headers, Buffer body) {}

    private void answer(HttpServerRequest request, KubeRequest what, Optional<Fault> fault, Answer answer) {
        if (away || fault.filter(Fault.AnswerLost.class::isInstance).isPresent()) {
            request.connection().close();
            return;
        }
        Buffer body = answer.body();
        if (answer.code() == 200 && what.isWholeList()) {
            JsonNode list = parse(body);
            lists.put(what.resource(), list);
            received.list(what.resource(), list);
        }
        if (answer.code() < 300 && fault.isPresent() && fault.get() instanceof Fault.Falsified falsified) {
            body = Buffer.buffer(
                    falsified.change().apply((ObjectNode) parse(body)).toString());
        }
        if (answer.code() == 200 && what.isWholeList()) {
            shown.list(what.resource(), parse(body));
        }
        request.response().setStatusCode(answer.code());
        copy(answer.headers(), request.response().headers());
        request.response().end(body);
    }

    // ---- watches

    private void watch(HttpServerRequest request, KubeRequest what) {
        var options = new WebSocketConnectOptions()
                .setHost(target.getHost())
                .setPort(target.getPort())
                .setURI(request.uri());
        Optional.ofNullable(request.getHeader("Authorization"))
                .ifPresent(value -> options.putHeader("Authorization", value));
        request.pause();
        watches.connect(options)
                .onSuccess(upstream -> {
                    upstream.pause();
                    request.toWebSocket().onFailure(e -> upstream.close()).onSuccess(downstream -> {
                        WatchStream stream = new WatchStream(what.resource(), upstream, downstream, received, shown);
                        Optional.ofNullable(disturbances.get(what.resource()))
                                .ifPresent(disturbance -> stream.disturb(disturbance.get()));
                        streams.add(stream);
                        stream.run(() -> streams.remove(stream));
                    });
                })
                .onFailure(e -> refuse(request, e));
    }

    private static void refuse(HttpServerRequest request, Throwable failure) {
        if (failure instanceof UpgradeRejectedException rejected) {
            request.response()
                    .setStatusCode(rejected.getStatus())
                    .end(Optional.ofNullable(rejected.getBody()).orElseGet(Buffer::buffer));
        } else {
            request.connection().close();
        }
    }

    // ---- ends

    private static ObjectNode failure(int code, String reason) {
        return JSON.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("reason", reason)
                .put("message", "the proxy says " + reason)
                .put("code", code);
    }

    static String expired() {
        ObjectNode event = JSON.createObjectNode().put("type", "ERROR");
        event.set("object", failure(410, "Expired"));
        return event.toString();
    }

    static JsonNode parse(Buffer body) {
        try {
            return JSON.readTree(body.getBytes());
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(MultiMap from, MultiMap to) {
        from.forEach((name, value) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                to.add(name, value);
            }
        });
    }

    private void onLoop(Runnable order) {
        call(Executors.callable(order));
    }

    private <T> T call(java.util.concurrent.Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.runOnContext(nothing -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** One order about requests. */
    private static final class Rule {
        private final Predicate<KubeRequest> which;
        private final Fault fault;
        private int after;
        private int times;

        Rule(Predicate<KubeRequest> which, int after, int times, Fault fault) {
            this.which = which;
            this.after = after;
            this.times = times;
            this.fault = fault;
        }

        boolean applies(KubeRequest request) {
            if (times == 0 || !which.test(request)) {
                return false;
            }
            if (after > 0) {
                after--;
                return false;
            }
            times--;
            return true;
        }

        Fault fault() {
            return fault;
        }
    }
}
