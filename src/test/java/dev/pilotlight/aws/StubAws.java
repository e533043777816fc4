package dev.pilotlight.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One port that answers what a test laid ready, in order, and keeps what it was asked. */
final class StubAws implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param about the operation: what X-Amz-Target or Action says, else the path
     * @param body as text, form bodies decoded
     */
    record Asked(String about, String body, String authorization, Map<String, List<String>> headers) {}

    private sealed interface Answer {
        record Full(int status, Map<String, String> headers, String body) implements Answer {}

        record HangUp() implements Answer {}

        record Silence() implements Answer {}
    }

    StubAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    StubAws json(String body) {
        return answer(200, Map.of("x-amzn-requestid", "r-1"), body);
    }

    StubAws error(int status, String code, String message) {
        String text = message == null ? "null" : "\"" + message.replace("\"", "\\\"") + "\"";
        return answer(
                status,
                Map.of("x-amzn-requestid", "r-err", "x-amzn-errortype", code),
                "{\"__type\":\"" + code + "\",\"message\":" + text + "}");
    }

    /** AssumeRole's answer. */
    StubAws role(String accessKey, String expires) {
        return xml("""
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
                <AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId>
                <Arn>arn:aws:sts::111122223333:assumed-role/ml/s</Arn></AssumedRoleUser>
                <Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
                <SessionToken>t</SessionToken><Expiration>%s</Expiration></Credentials>
                </AssumeRoleResult></AssumeRoleResponse>""".formatted(accessKey, expires));
    }

    StubAws xml(String body) {
        return answer(200, Map.of("Content-Type", "text/xml"), body);
    }

    synchronized StubAws answer(int status, Map<String, String> headers, String body) {
        answers.add(new Answer.Full(status, headers, body));
        return this;
    }

    /** Closes the connection without an answer. */
    synchronized StubAws hangUp() {
        answers.add(new Answer.HangUp());
        return this;
    }

    /** Never answers. */
    synchronized StubAws silence() {
        answers.add(new Answer.Silence());
        return this;
    }

    synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    synchronized Asked last() {
        return asked.getLast();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Answer answer = note(exchange);
        switch (answer) {
            case Answer.HangUp() -> exchange.close();
            case Answer.Silence() -> {
                await();
                exchange.close();
            }
            case Answer.Full(int status, Map<String, String> headers, String body) -> {
                headers.forEach(exchange.getResponseHeaders()::set);
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            }
        }
    }

    private synchronized Answer note(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Optional<String> target =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        boolean form = body.startsWith("Action=");
        String about = target.orElseGet(() -> form
                ? body.substring("Action=".length(), body.indexOf('&'))
                : exchange.getRequestURI().getPath());
        asked.add(new Asked(
                about,
                form ? URLDecoder.decode(body, StandardCharsets.UTF_8) : body,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .orElse(""),
                Map.copyOf(exchange.getRequestHeaders())));
        Answer answer = answers.poll();
        return answer == null ? new Answer.Full(500, Map.of(), "{}") : answer;
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
